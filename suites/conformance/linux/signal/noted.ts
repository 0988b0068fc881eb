/** What handlers noted, in the order in which they ran. */

import type { Peer } from '../../../../harness/pair/stage.ts'
import { listOut } from '../../../../harness/pair/wire.ts'

export interface Noted {
  readonly signal: string
  readonly code: string | number
  readonly pid?: number
  readonly uid?: number
  readonly value?: number
}

export const notedBy = async (peer: Pick<Peer, 'call'>): Promise<readonly Noted[]> =>
  listOut(await peer.call('noted-signals'), 'signals') as unknown as readonly Noted[]

export const namesNotedBy = async (peer: Pick<Peer, 'call'>): Promise<string[]> =>
  (await notedBy(peer)).map(({ signal }) => signal)
