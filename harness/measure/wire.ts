/** What a timed loop runs on, as it is told: a transport, its handles, and options. */

import type { Arg, Cell } from '../model.ts'
import type { Peer } from '../pair/stage.ts'

/** What one side runs on. */
export interface Wire {
  readonly peer: Peer
  readonly transport: string
  /** `[SEND RECEIVE]`, or the one of the two that it needs. */
  readonly handles: readonly number[]
  readonly options: readonly Arg[]
}
export interface Wiring {
  readonly producer: Wire
  readonly consumer: Wire
}

/** Whether messages go from the producer to the consumer only, or come back too. */
export type Ways = 'one' | 'both'

/** What a variant asks of the transport itself. */
export const transportOptions = ({ wait, method }: Cell): Arg[] => [
  ...(wait === undefined || wait === 'block' ? [] : [['wait', wait]]),
  ...(method === undefined ? [] : [['method', method]]),
]
