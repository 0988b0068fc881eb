/** The bells of timed loops, as a loop is told of them: by name, and what they stand on. */

import type { Arg } from '../model.ts'
import type { CounterEnd, EventEnd } from '../pair/stage.ts'

export interface Bell {
  readonly name: string
  readonly handles: readonly number[]
}

export function bellOf({ handle, io }: CounterEnd | EventEnd): Bell {
  if (io.bell === undefined) throw new Error('what was opened is no bell')
  return { name: io.bell, handles: io.bellHandles?.(handle) ?? [handle] }
}

/** The bell that wakes a side, and the one by which it wakes the other. */
export const bellOptions = (rungBy: CounterEnd | EventEnd, rings: CounterEnd | EventEnd): Arg[] => [
  ['rung-by', words(bellOf(rungBy))],
  ['rings', words(bellOf(rings))],
]
const words = ({ name, handles }: Bell): Arg => [name, ...handles]
