/** What a ring answers: the completions that a wait brought, by the user data of their requests. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Arg, Outcome } from '../../../../harness/model.ts'
import type { Peer } from '../../../../harness/pair/stage.ts'
import { listOut } from '../../../../harness/pair/wire.ts'

/** A result below zero is an error's number, and has its name beside it. */
interface Completion {
  readonly userData: number
  readonly res: number
  readonly error?: string
  readonly hex?: string
}

/** One request: its opcode, its user data, its flags, and what else belongs to it. */
export type Request = readonly [opcode: string, userData: number, flags: string | number, ...fields: readonly Arg[]]

export const newRing = (peer: Peer, entries = 8): Promise<number> => peer.must('io_uring_setup', entries, 0)

/** Hands requests over, all of which must be taken. */
export async function submit(peer: Peer, ring: number, ...requests: readonly Request[]): Promise<void> {
  expectOutcome(await peer.call('io_uring_submit', ring, requests), 'io_uring_enter').toReturn(requests.length)
}

/** Waits for so many completions. */
export const waitFor = (peer: Peer, ring: number, count: number): Promise<Outcome> =>
  peer.call('io_uring_wait', ring, count)

/** A completion in words: `5: ECANCELED`, `7: 4 data`, `9: 0`. */
const describe = ({ userData, res, error, hex }: Completion): string =>
  `${userData}: ${error ?? res}${hex === undefined ? '' : ` ${Buffer.from(hex, 'hex').toString('latin1')}`}`

/** The wait brought these, whichever of them came first. */
export function expectCompletions(waited: Outcome, ...wanted: readonly string[]): void {
  expectOutcome(waited, 'the wait for completions').toSucceed()
  const came = listOut(waited, 'completions') as unknown as readonly Completion[]
  const inOrder = came.toSorted((a, b) => a.userData - b.userData)
  expectValue(inOrder.map(describe), 'the completions').toEqual([...wanted])
}
