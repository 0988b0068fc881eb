/** A call that is to kill the process that makes it. */

import type { Bytes, Exit } from '../../../harness/model.ts'
import type { End } from '../../../harness/pair/stage.ts'

/**
 * Sends what nobody can receive any more, and answers how the sender ended. One that survives leaves with 0: a signal that
 * was lost is news at once, and not after a deadline.
 */
export function fatalSend(end: End, data: Bytes): Promise<Exit> {
  void end.send(data)
  void end.call('exit', 0)
  return end.peer.exit()
}
