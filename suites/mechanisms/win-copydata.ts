/**
 * WM_COPYDATA: bytes sent to a window of another process. SendMessage comes back when the window has dealt with them, and
 * not before, so that this is a call and no channel: nothing is ever under way that somebody could receive later. The
 * answer comes the same way, to a window of the caller, whose thread takes it while it waits. All windows are
 * message-only, and are found by their titles, which are no names: two may have the same.
 */

import type { Outcome } from '../../harness/model.ts'
import { callerOf, linkOf } from '../../harness/pair/link.ts'
import type { Call, CallIo, Peer } from '../../harness/pair/stage.ts'

/** Long enough on a busy machine; no call here takes more than a few milliseconds. */
const patience = 3_000

/** Each call names the server's window, which is the handle, and the caller's own. */
const ioOf = (title: string, own: number): CallIo => ({
  echo: (server, data) => ['SendMessageTimeout-WM_COPYDATA', server, own, data, patience],
  timedEcho: (server, data, milliseconds) => ['SendMessageTimeout-WM_COPYDATA', server, own, data, milliseconds],
  executions: (peer) => askAnew(peer, title),
})

async function askAnew(peer: Peer, title: string): Promise<Outcome> {
  const found = await peer.call('FindWindowEx-HWND_MESSAGE', title)
  return found.error === undefined ? peer.call('SendMessageTimeout', found.ret, 'WM_APP', patience) : found
}

export const winCopydata: Call = {
  id: 'win-copydata',
  title: 'Window message with data (WM_COPYDATA)',
  kind: 'call',
  family: 'rpc',
  os: 'windows',
  cites: ['MS:WM_COPYDATA', 'MS:SendMessageTimeoutW', 'MS "Window Features" Message-Only Windows'],
  traits: {
    // Whether a message that nobody waits for any more is still delivered is not documented.
    execution: 'at-most-once',
    serverGone: { error: 'ERROR_INVALID_WINDOW_HANDLE' },
    // FindWindowEx says so, or finds nothing without a word.
    serverMissing: { error: ['ERROR_FILE_NOT_FOUND', 'ERROR_INVALID_WINDOW_HANDLE'] },
    timedCall: { is: 'argument', says: { error: 'ERROR_TIMEOUT' } },
    maxArgument: { is: 'unlimited' },
    persistence: 'nothing',
    naming: 'none',
    inheritance: 'system-wide',
    interrupted: 'no-signals',
  },
  async open({ start, names }) {
    const title = names.object('window')
    const consumer = await start('consumer')
    const served = await consumer.must('CreateWindowEx-HWND_MESSAGE', title)
    void consumer.call('serve-messages')
    await consumer.blocked()
    const producer = await start('producer')
    const own = await producer.must('CreateWindowEx-HWND_MESSAGE', `${title} caller`)
    const server = await producer.must('FindWindowEx-HWND_MESSAGE', title)
    const io = ioOf(title, own)
    return linkOf(callerOf(producer, server, io), callerOf(consumer, served, io))
  },
}
