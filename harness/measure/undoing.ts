/**
 * What undoes each call that makes something, so that a link which a script has opened can be closed again, wholly, and
 * opened anew by the same script.
 */

import type { Arg, Os, Outcome } from '../model.ts'
import type { Words } from '../pair/stage.ts'
import { numbersOut } from '../pair/wire.ts'

/** A call that was made: what it was asked, and what it said. */
export interface Made {
  readonly name: string
  readonly args: readonly Arg[]
  readonly outcome: Outcome
}

type Undoing = (made: Made) => readonly Words[]

const creates = (flags: Arg | undefined): boolean => /O_CREAT|IPC_CREAT/.test(String(flags))
const isPath = (address: Arg | undefined): boolean => typeof address === 'string' && address.startsWith('/')

const nothing: Undoing = () => []
const closed: Undoing = ({ outcome }) => [['close', outcome.ret]]
const bothClosed: Undoing = ({ outcome }) => numbersOut(outcome, 'fds').map((fd) => ['close', fd] as const)
/** A handle is closed, and a name goes with whoever made it. */
const named =
  (close: string, unlink: string): Undoing =>
  ({ args: [name, flags = 0], outcome }) => [
    [close, outcome.ret],
    ...(creates(flags) ? [[unlink, name as string] as const] : []),
  ]
const systemV =
  (removal: string): Undoing =>
  ({ args, outcome }) =>
    args.some(creates) ? [[removal, outcome.ret]] : []
const handleClosed: Undoing = ({ outcome }) => [['CloseHandle', outcome.ret]]

const linux: Readonly<Record<string, Undoing>> = {
  open: named('close', 'unlink'),
  shm_open: named('close', 'shm_unlink'),
  sem_open: named('sem_close', 'sem_unlink'),
  mq_open: named('mq_close', 'mq_unlink'),
  mkfifo: ({ args: [path] }) => [['unlink', path as string]],
  bind: ({ args: [, address] }) => (isPath(address) ? [['unlink', address as string]] : []),
  socket: closed,
  accept: closed,
  eventfd: closed,
  memfd_create: closed,
  epoll_create1: closed,
  pipe: bothClosed,
  pipe2: bothClosed,
  socketpair: bothClosed,
  mmap: ({ args: [, length], outcome }) => [['munmap', outcome.ret, length as Arg]],
  shmat: ({ outcome }) => [['shmdt', outcome.ret]],
  msgget: systemV('msgctl-IPC_RMID'),
  semget: systemV('semctl-IPC_RMID'),
  shmget: systemV('shmctl-IPC_RMID'),
  ...Object.fromEntries(
    ['connect', 'listen', 'setsockopt', 'fcntl', 'ftruncate', 'fallocate', 'mprotect', 'sem_init'].map((name) => [
      name,
      nothing,
    ]),
  ),
}

const windows: Readonly<Record<string, Undoing>> = {
  CreatePipe: ({ outcome }) => numbersOut(outcome, 'handles').map((handle) => ['CloseHandle', handle] as const),
  CreateNamedPipe: handleClosed,
  CreateFile: ({ args, outcome }) => [
    ['CloseHandle', outcome.ret],
    ...(args.includes('CREATE_NEW') ? [['DeleteFile', args[0] as string] as const] : []),
  ],
  CreateMailslot: handleClosed,
  CreateEvent: handleClosed,
  OpenEvent: handleClosed,
  CreateSemaphore: handleClosed,
  OpenSemaphore: handleClosed,
  CreateFileMapping: handleClosed,
  OpenFileMapping: handleClosed,
  MapViewOfFile: ({ outcome }) => [['UnmapViewOfFile', outcome.ret]],
  socket: ({ outcome }) => [['closesocket', outcome.ret]],
  accept: ({ outcome }) => [['closesocket', outcome.ret]],
  WSAStartup: ({ outcome: _ }) => [['WSACleanup']],
  ...Object.fromEntries(
    [
      'bind',
      'connect',
      'listen',
      'setsockopt',
      'ConnectNamedPipe',
      'SetNamedPipeHandleState',
      'SetEndOfFile',
      'SetFilePointerEx',
    ].map((name) => [name, nothing]),
  ),
}

const tables: Readonly<Record<Os, Readonly<Record<string, Undoing>>>> = { linux, windows }

/** The calls that undo something, by which a script may have undone it itself. */
export const releases: ReadonlySet<string> = new Set([
  ...['close', 'mq_close', 'sem_close', 'munmap', 'shmdt', 'CloseHandle', 'UnmapViewOfFile', 'closesocket'],
  ...['unlink', 'shm_unlink', 'sem_unlink', 'mq_unlink', 'msgctl-IPC_RMID', 'semctl-IPC_RMID', 'shmctl-IPC_RMID'],
])

/** What cannot be undone before both sides have let go of it. */
export const undoneLast: ReadonlySet<string> = new Set(['DeleteFile'])

/** What undoes a call; nothing when nobody has said what does. */
export const undoing = (os: Os, made: Made): readonly Words[] | undefined =>
  releases.has(made.name) ? [] : tables[os][made.name]?.(made)
