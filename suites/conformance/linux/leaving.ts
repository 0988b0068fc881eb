/** A process that ends by itself. */

import type { Peer } from '../../../harness/pair/stage.ts'

export async function leave(peer: Peer, code: number): Promise<void> {
  void peer.call('exit', code)
  await peer.exit()
}
