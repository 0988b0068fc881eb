/** What a launch is made from. Each workload has a launcher, which opens what it needs and has it measured. */

import type { Cell, Kind, Measures } from '../model.ts'
import type { Mechanism, MechanismOf, Stage } from '../pair/stage.ts'
import type { Budget } from './budget.ts'

export interface Launching {
  readonly stage: Stage
  readonly cell: Cell
  readonly budget: Budget
  /** Those that a cell may name, as what it is about or as what wakes it. */
  readonly mechanisms: readonly Mechanism[]
  /** Nanoseconds that every message is held up by, where that is asked for. */
  readonly injectNs?: number
}

export type Launcher = (launching: Launching) => Promise<Measures>

/** The mechanism of that name on the stage's system. A cell that names none is a mistake of the table of benchmarks. */
export function mechanismCalled(id: string, { mechanisms, stage }: Launching): Mechanism {
  const mechanism = mechanisms.find((one) => one.id === id && one.os === stage.os)
  if (mechanism === undefined) throw new Error(`no mechanism of ${stage.os} is called '${id}'`)
  return mechanism
}

/** What is done for each kind of mechanism, where it is done at all. */
export type ByKind<T> = { readonly [K in Kind]?: (launching: Launching, mechanism: MechanismOf<K>) => T }

export function forKind<T>(rows: ByKind<T>, launching: Launching, mechanism: Mechanism): T {
  const row = rows[mechanism.kind] as ((launching: Launching, mechanism: Mechanism) => T) | undefined
  if (row === undefined) {
    throw new Error(`${launching.cell.workload} cannot be measured on ${mechanism.id}, which is a ${mechanism.kind}`)
  }
  return row(launching, mechanism)
}
