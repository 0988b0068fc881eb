/** Objects as cases make and wait for them, one call each. */

import type { Arg, Outcome } from '../../../../harness/model.ts'
import type { Peer } from '../../../../harness/pair/stage.ts'

export const autoReset = 'FALSE'
export const manualReset = 'TRUE'

/** WaitForSingleObject, however it ends. */
export const wait = (peer: Pick<Peer, 'call'>, object: number, milliseconds: number | 'INFINITE' = 'INFINITE') =>
  peer.call('WaitForSingleObject', object, milliseconds)

/** An event that is not set. */
export const newEvent = (peer: Peer, reset: Arg, name = ''): Promise<number> =>
  peer.must('CreateEvent', reset, 'FALSE', name)

export const openEvent = (peer: Peer, name: string): Promise<Outcome> =>
  peer.call('OpenEvent', 'EVENT_ALL_ACCESS', 'FALSE', name)
