/** A call that is to kill the process that makes it. */

import type { Bytes, Exit } from '../../../harness/model.ts'
import type { End, Peer, Words } from '../../../harness/pair/stage.ts'

/**
 * Makes a call that nobody survives, and answers how the process ended. One that does survive leaves with 0: a signal that
 * was lost is news at once, and not after a deadline.
 */
export function fatalCall(peer: Peer, ...words: Words): Promise<Exit> {
  void peer.call(...words)
  void peer.call('exit', 0)
  return peer.exit()
}

/** A send of what nobody can receive any more. */
export const fatalSend = (end: End, data: Bytes): Promise<Exit> =>
  fatalCall(end.peer, ...end.io.send(end.handle, data, true))
