/** Slowing B down on purpose, to see whether a gate sees it: by a number of nanoseconds, or by the effect that it has to have. */

import { suite } from '../../suites/index.ts'
import type { GatedCell } from '../gate/conduct.ts'
import { calibrated, InjectionError, injectable, usualLaunches } from '../gate/inject.ts'
import { cellName } from '../measure/schedule.ts'
import { type Cell, exitCodes, type Injection } from '../model.ts'
import type { HeldUp } from './arms.ts'
import { Ending, usage } from './failures.ts'
import type { Launching } from './gate-launches.ts'
import { shareOf } from './gate-rules.ts'
import { cellSelection } from './select-cells.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

export const injectionOptions: Options = {
  'inject-ns': { says: 'hold every message of arm B up by so many nanoseconds', value: 'N' },
  inject: {
    says: 'slow arm B down by so much; how long messages have to wait for that is measured first',
    value: 'SHARE',
  },
  'inject-into': { says: 'only in these of the cells that are gated', value: 'SELECTOR', many: true },
}

/** What is to be injected, before it is known what is gated. */
export interface Wanted {
  readonly ns?: number
  readonly share?: number
  readonly into: readonly string[]
}

const mostNs = 1_000_000_000

export function injectionOf(words: Words): Wanted | undefined {
  const ns = words.whole('inject-ns', 0, mostNs)
  const share = shareOf(words, 'inject', 10)
  const into = words.texts('inject-into')
  if (ns !== undefined && share !== undefined) {
    throw usage('--inject-ns and --inject both say how much B is slowed down: give one of them.')
  }
  if (ns === undefined && share === undefined) {
    if (into.length > 0) throw usage('--inject-into needs --inject or --inject-ns: nothing is slowed down without.')
    return undefined
  }
  if (words.flag('self-test')) throw usage('--self-test slows arms down by itself, and takes no injection.')
  return { ...(ns === undefined ? {} : { ns }), ...(share === undefined ? {} : { share }), into }
}

/** As it is said of arm B; nothing where nothing is injected. */
export function injectionWords({ ns, share, into }: Wanted): string[] {
  if (ns === 0) return []
  const where = into.length === 0 ? '' : ` in ${into.join(' ')}`
  return [
    ns === undefined
      ? `slowed down by ${Number((100 * (share ?? 0)).toPrecision(4))} %${where}`
      : `${ns} ns more for each message${where}`,
  ]
}

/** The cells that get it; refused where that is none, or one in which no message can be held up. */
export function injectedCells(cells: readonly GatedCell[], wanted: Wanted | undefined): Cell[] {
  if (wanted === undefined || wanted.ns === 0) return []
  const { into } = wanted
  const fits = cellSelection(
    into.map((text) => ({ text })),
    suite,
  )
  const chosen = cells.map(({ cell }) => cell).filter(fits)
  if (chosen.length === 0) throw usage(`--inject-into ${into.join(' ')} fits none of the cells that are gated.`)
  const unheard = chosen.find(({ workload }) => !injectable.includes(workload))
  if (unheard === undefined) return chosen
  throw usage(`messages can be held up in ${injectable.join(', ')}, and not in ${cellName(unheard)}.`)
}

export interface Injected {
  readonly heldUp: HeldUp
  /** As the record has it; with what was measured, where it was to have an effect of a certain size. */
  readonly injected?: readonly Injection[]
}

/** How long messages of each of these cells are held up; measured in A, where an effect is asked for. */
export async function injectedBy(
  wanted: Wanted | undefined,
  cells: readonly Cell[],
  { onStage, cost }: Calibrating,
  signal: AbortSignal,
): Promise<Injected> {
  const { ns, share } = wanted ?? {}
  if (ns !== undefined && cells.length > 0) return asInjected(cells.map((cell) => ({ cell: cellName(cell), ns })))
  if (share === undefined) return { heldUp: new Map() }
  onStage(usualLaunches * cells.length)
  const injected: Injection[] = []
  for (const cell of cells) {
    try {
      injected.push(await calibrated(cell, share, cost))
    } catch (error) {
      // What a launch did not measure since it was interrupted is no fault of the cell.
      if (signal.aborted) break
      throw endingOf(error)
    }
  }
  return asInjected(injected)
}

const asInjected = (injected: readonly Injection[]): Injected => ({
  heldUp: new Map(injected.map(({ cell, ns }) => [cell, ns])),
  injected,
})

/** What makes no sense in a cell is one thing, a machine that does not keep still another. */
export const endingOf = (error: unknown): unknown =>
  error instanceof InjectionError
    ? new Ending(`${error.message}.`, error.unsteady ? exitCodes.inconclusive : exitCodes.usage)
    : error

export type Calibrating = Launching['calibrating']
