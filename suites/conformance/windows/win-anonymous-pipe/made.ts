/** The two ends of a new anonymous pipe, both in the process that made it. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer } from '../../../../harness/pair/stage.ts'
import { numbersOut } from '../../../../harness/pair/wire.ts'

export async function makePipe(
  peer: Pick<Peer, 'call'>,
  security = 'inherit',
): Promise<readonly [r: number, w: number]> {
  const made = await peer.call('CreatePipe', 0, security)
  expectOutcome(made, 'CreatePipe').toSucceed()
  return numbersOut(made, 'handles') as [number, number]
}
