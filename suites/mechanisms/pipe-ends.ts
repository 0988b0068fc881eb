/** The two ends of a new pipe, both in the process that made it. */

import type { Peer } from '../../harness/pair/stage.ts'
import { numbersOut } from '../../harness/pair/wire.ts'

export async function makePipe(peer: Pick<Peer, 'call'>, flags?: string): Promise<readonly [r: number, w: number]> {
  const made = flags === undefined ? await peer.call('pipe') : await peer.call('pipe2', flags)
  return numbersOut(made, 'fds') as [number, number]
}
