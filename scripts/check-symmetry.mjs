// The two systems are two sides of one thing. A file on one side has its namesake on the other, or a reason here; and
// what differs between systems is in the folder of the system, nowhere else.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { Failure, isMain, main, root } from './steps.mjs'

/** Folders with a linux/ and a windows/ side. */
const paired = ['native/system', 'native/agent', 'native/calls', 'native/transports']

/** Files that exist on one side only: path without ending → why the other system has nothing like it. */
const oneSided = {
  'native/system/windows/windows': 'tames <windows.h>, which Linux does not have',
  'native/system/windows/handle': 'closes a handle with its owner; few descriptors have an owner on Linux',
  'native/system/windows/text': 'UTF-16, which only Windows speaks',
  'native/system/windows/start_process': 'CreateProcess and its attribute lists; Linux forks',
  'native/agent/windows/deposit':
    'handles given to another process and taken back; on Linux descriptors travel with the line',
  'native/agent/windows/job': 'a scope is a job; on Linux a process group and a lifeline, in crew',
  'native/agent/windows/peer_process': 'peers are started anew; on Linux they are forked',
  'native/agent/windows/port': 'a completion port; on Linux one call of poll',
  'native/calls/linux/process_memory':
    'copies out of another process by a list of pieces; Windows has ReadProcessMemory',
  'native/calls/linux/splice': 'moves pages between descriptors, which Windows does not do',
  'native/calls/linux/io_uring': 'io_uring, which only Linux has',
  'native/calls/linux/ring': 'the queues of an io_uring, which only Linux has',
  'native/calls/linux/uring_request': 'what an io_uring is asked for, which only Linux has',
  'native/calls/linux/rpc/library': 'libtirpc, which Windows does not have',
  'native/calls/windows/rpc/program': 'an interface that stubs are made of; ONC RPC is called without any',
  'native/calls/windows/rpc/try_call': 'stubs of Windows raise exceptions; ONC RPC returns its statuses',
  'native/calls/windows/mailslots': 'Linux has no mailslots',
  'native/calls/linux/rpc/xdr': 'how ONC RPC encodes; Windows has an RPC of its own',
  'native/calls/windows/overlapped': 'a call that goes on after it has returned: Linux pipes have none',
  'native/calls/windows/winsock': 'how Winsock says that it failed; sockets of Linux say it as every call does',
  'native/calls/linux/socket_messages':
    'descriptors and credentials travel over Unix sockets; those of Windows carry none',
  'native/calls/linux/namespaces': 'Windows has no namespaces',
  'native/calls/linux/netlink': 'Windows has no netlink',
  'native/calls/linux/raw_sockets': 'raw and packet sockets; no mechanism of Windows is one',
  'native/calls/linux/network': 'families of sockets that Windows has not',
  'native/calls/linux/threads': 'a call in another thread, for what close does to a thread that waits in Linux',
  'native/calls/windows/synchronisation':
    'objects with names and handles, all waited for alike; on Linux each sort has a file of its own',
  'native/calls/windows/window_messages': 'messages to windows, which only Windows has',
  'native/calls/linux/signal_info': 'Windows has no signals',
  'native/calls/linux/signal_waits': 'Windows has no signals',
  'native/calls/windows/libraries':
    'variables of a library that its users share; on Linux each process has its own, and none is shared',
  'native/calls/linux/pidfd': 'a handle of Windows is a process by descriptor from the start',
  'native/calls/linux/pthread_objects': 'Windows has no pthreads',
  'native/calls/linux/futex': 'WaitOnAddress reaches no other process',
  'native/calls/linux/eventfd': 'no object of Windows is added to and taken from through a descriptor',
  'native/calls/linux/deadline': 'Windows takes its deadlines as durations',
  'native/calls/linux/open_socket': 'two probes of Linux open sockets; that of Windows stands by itself',
  'native/calls/linux/posix_objects': 'POSIX names of semaphores and shared memory; Windows has none',
  'native/calls/linux/system_v': 'Windows has nothing of System V',
  'native/calls/linux/system_v_queues': 'Windows has nothing of System V',
  'native/calls/linux/system_v_semaphores': 'Windows has nothing of System V',
  'native/calls/linux/system_v_memory': 'Windows has nothing of System V',
  'native/system/linux/system_v': 'Windows has nothing of System V',
  'native/system/linux/folders':
    'runs leave things in folders of Linux; named objects of Windows go with their last handle',
  'native/system/linux/posix_names': 'POSIX names outlive their makers; those of Windows do not',
  'native/calls/linux/posix_queues': 'Windows has no message queues of POSIX',
  'native/transports/linux/descriptor':
    'what transports over descriptors share; each of Windows has a kind of handle of its own',
  'native/transports/linux/io_uring': 'io_uring, which only Linux has',
  'native/transports/linux/packet': 'raw and packet sockets; no mechanism of Windows is one',
  'native/transports/linux/raw_ip': 'raw and packet sockets; no mechanism of Windows is one',
  'native/transports/linux/posix_mq': 'Windows has no message queues of POSIX',
  'native/transports/linux/rds': 'families of sockets that Windows has not',
  'native/transports/linux/sysv_msg': 'Windows has nothing of System V',
  'native/transports/linux/vmsplice': 'moves pages between descriptors, which Windows does not do',
  'native/transports/linux/zerocopy': 'MSG_ZEROCOPY, which only Linux has',
  'native/transports/windows/socket':
    'a socket of Winsock is no file; one of Linux is read and written as any descriptor',
  'native/transports/linux/bells_eventfd': 'no object of Windows is added to and taken from through a descriptor',
  'native/transports/linux/bells_futex': 'WaitOnAddress reaches no other process',
  'native/transports/linux/bells_pthread': 'Windows has no pthreads',
  'native/transports/linux/bells_signal': 'Windows has no signals',
}

/** `#if` on a system, outside that system's folder: path → why it cannot be avoided. */
const mayAskForTheSystem = {}

/** Every breach of the rules in the tree below `top`, as sentences.
 * @param {string} top
 * @param {{ oneSided?: Record<string, string>, mayAskForTheSystem?: Record<string, string> }} [exceptions]
 * @returns {string[]} */
export function findAsymmetries(top, exceptions = {}) {
  const allowed = { oneSided, mayAskForTheSystem, ...exceptions }
  return [
    ...paired.flatMap((folder) => missingNamesakes(top, folder, allowed.oneSided)),
    ...questionsInNative(top, allowed.mayAskForTheSystem),
    ...questionsInHarness(top),
  ]
}

/** @param {string} top @param {string} folder @param {Record<string, string>} excused */
function missingNamesakes(top, folder, excused) {
  const linux = stems(top, `${folder}/linux`)
  const windows = stems(top, `${folder}/windows`)
  const alone = [
    ...[...linux].filter((stem) => !windows.has(stem)).map((stem) => `${folder}/linux/${stem}`),
    ...[...windows].filter((stem) => !linux.has(stem)).map((stem) => `${folder}/windows/${stem}`),
  ]
  const missing = alone
    .filter((path) => !(path in excused))
    .map((path) => `${path} has no namesake on the other system`)
  // An excuse that excuses nothing is wrong. (While a side is empty, nothing can be said yet.)
  const stale =
    linux.size === 0 || windows.size === 0
      ? []
      : Object.keys(excused)
          .filter((path) => path.startsWith(`${folder}/`) && !alone.includes(path))
          .map((path) => `${path} needs no excuse any more`)
  return [...missing, ...stale]
}

/** The names of a folder's files, without their endings.
 * @param {string} top @param {string} folder */
function stems(top, folder) {
  return new Set(filesBelow(top, folder).map((file) => file.slice(folder.length + 1, -extname(file).length)))
}

/** @param {string} top @param {Record<string, string>} excused */
function questionsInNative(top, excused) {
  const question = /^\s*#.*\b(_WIN32|_WIN64|WIN32|__linux__|__linux|__unix__|_MSC_VER|__MINGW32__|__MINGW64__)\b/
  return filesBelow(top, 'native')
    .filter((file) => /\.(cc|c|h)$/.test(file) && !/\/(linux|windows)\//.test(file) && !(file in excused))
    .flatMap((file) => linesThat(top, file, question))
    .map((place) => `${place} asks which system this is: move it to the folder of that system`)
}

/** @param {string} top */
function questionsInHarness(top) {
  return filesBelow(top, 'harness')
    .filter((file) => file.endsWith('.ts') && !file.startsWith('harness/environment/'))
    .flatMap((file) => linesThat(top, file, /\bprocess\.platform\b|\bos\.platform\(/))
    .map((place) => `${place} asks which system this is: only harness/environment does`)
}

/** @param {string} top @param {string} file @param {RegExp} pattern */
function linesThat(top, file, pattern) {
  const lines = readFileSync(join(top, file), 'utf8').split('\n')
  return lines.flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}`] : []))
}

/** @param {string} top @param {string} folder @returns {string[]} */
export function filesBelow(top, folder) {
  if (!existsSync(join(top, folder))) return []
  return readdirSync(join(top, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesBelow(top, path) : [path]
  })
}

/** Throws what is wrong with this tree, and says what to do. */
export function checkSymmetry() {
  const found = findAsymmetries(root)
  if (found.length === 0) return
  throw new Failure(
    `${found.join('\n')}\nPut it right, or give the reason in the tables of scripts/check-symmetry.mjs.`,
  )
}

if (isMain(import.meta.url)) await main(async () => checkSymmetry())
