/**
 * The named pipe of Windows: the consumer creates an instance, the producer opens it. What is the same for byte and for
 * message mode stands here; the two mechanisms are in files of their own.
 */

import { expectOutcome } from '../../harness/conformance/expect.ts'
import { endOf, linkOf, pipeHandleIo } from '../../harness/pair/link.ts'
import type { Link, Naming, Opening, Peer, Stage } from '../../harness/pair/stage.ts'
import { actRestricted, userOf } from './win-user.ts'

/** `BYTE` or `MESSAGE`: how the pipe carries data, and how both ends read it. */
export type PipeMode = 'BYTE' | 'MESSAGE'

const bothWays = 'GENERIC_READ|GENERIC_WRITE'
/** Room for each direction: enough for both ends to send before either receives. */
const room = 65_536

const modeFlags = (mode: PipeMode) => `PIPE_TYPE_${mode}|PIPE_READMODE_${mode}|PIPE_WAIT`

const createInstance = (server: Peer, name: string, mode: PipeMode, flags: string, security: string) =>
  server.call('CreateNamedPipe', name, `PIPE_ACCESS_DUPLEX${flags}`, modeFlags(mode), 1, room, room, 0, security)

export async function openNamedPipe(stage: Stage, mode: PipeMode, how: Opening = 'plain'): Promise<Link> {
  const io = pipeHandleIo(`PIPE_READMODE_${mode}`)
  const name = stage.names.pipe('pipe')
  const producer = await stage.start('producer')
  const consumer = await stage.start('consumer')
  const overlapped = how === 'overlapped'
  const created = await createInstance(consumer, name, mode, overlapped ? '|FILE_FLAG_OVERLAPPED' : '', 'inherit')
  expectOutcome(created, 'CreateNamedPipe').toSucceed()
  const w = await producer.must('CreateFile', name, bothWays, 0, 'OPEN_EXISTING', 0, 'inherit')
  // The client came first, which is the good connection that this error tells of.
  const connected = await consumer.call('ConnectNamedPipe', created.ret, ...(overlapped ? ['overlapped'] : []))
  expectOutcome(connected, 'ConnectNamedPipe').toFail('ERROR_PIPE_CONNECTED')
  // An end that was opened by its name reads bytes until it is told otherwise.
  if (mode === 'MESSAGE') await producer.must('SetNamedPipeHandleState', w, 'PIPE_READMODE_MESSAGE')
  return linkOf(endOf(producer, w, io), endOf(consumer, created.ret, io), name)
}

export const namedPipeNaming = (mode: PipeMode): Naming => {
  const exclusively = '|FILE_FLAG_FIRST_PIPE_INSTANCE'
  return {
    name: (names) => names.pipe('pipe'),
    create: (peer, name) => createInstance(peer, name, mode, exclusively, 'inherit'),
    async createPrivate(peer, name) {
      const { sid } = await userOf(peer)
      return createInstance(peer, name, mode, exclusively, `D:(A;;GA;;;${sid})`)
    },
    open: (peer, name) => peer.call('CreateFile', name, bothWays, 0, 'OPEN_EXISTING', 0),
    dropRights: actRestricted,
    collision: { error: 'ERROR_ACCESS_DENIED' },
    missing: { error: 'ERROR_FILE_NOT_FOUND' },
    denied: { error: 'ERROR_ACCESS_DENIED' },
    orphaned: { error: 'ERROR_FILE_NOT_FOUND' },
  }
}
