/** What a gate measures: what is selected, what the policy says, or else the nine. */

import { gatedCells } from '../../suites/benchmarks/gate.ts'
import { cellsFor, measuredOn } from '../../suites/benchmarks/index.ts'
import { suite } from '../../suites/index.ts'
import type { GatedCell } from '../gate/conduct.ts'
import type { CellPolicy, Policy } from '../gate/policy.ts'
import { cellName } from '../measure/schedule.ts'
import type { Cell, Os } from '../model.ts'
import { Ending, nothingRan, usage } from './failures.ts'
import { askedCells, cellSelection } from './select-cells.ts'
import type { Words } from './words.ts'

/** Everything that is pinned and ours; what is left to the scheduler, or to V8, spreads by more than what a gate looks for. */
const gateable = (os: Os): Cell[] =>
  cellsFor('default', measuredOn(os, suite.mechanisms)).filter(
    ({ placement, runtime, workload }) => placement !== 'unpinned' && runtime === 'native' && workload !== 'baseline',
  )

function selectedBy({ select }: CellPolicy) {
  try {
    return cellSelection(
      select.map((text) => ({ text })),
      suite,
    )
  } catch (error) {
    throw error instanceof Ending ? usage(`in the cells [${select.join(', ')}] of the policy ${error.message}`) : error
  }
}

export function cellsOf(words: Words, policy: Policy, os: Os): GatedCell[] {
  const asked = askedCells(words)
  if (asked.length > 0) {
    const cells = orNothing(gateable(os).filter(cellSelection(asked, suite)), 'the selectors')
    return cells.map((cell) => withOwnEffect(cell, policy))
  }
  const chosen = policy.cells.flatMap((limit) =>
    orNothing(gateable(os).filter(selectedBy(limit)), `[${limit.select.join(', ')}] of the policy`),
  )
  const all = [...namedBy(policy, os), ...(policy.cells.length === 0 ? gatedCells[os] : chosen)]
  const onceEach = new Map(all.map((cell) => [cellName(cell), cell])).values()
  return [...onceEach].map((cell) => withOwnEffect(cell, policy))
}

/** With the least effect that the policy has for a cell: the first that it says of it. */
function withOwnEffect(cell: Cell, { cells }: Policy): GatedCell {
  const minEffect = cells.find((limit) => limit.minEffect !== undefined && selectedBy(limit)(cell))?.minEffect
  return minEffect === undefined ? { cell } : { cell, minEffect }
}

/** Of the policy's ratios those that a gate of chosen cells can tell; all of them, where none were chosen. */
export function tellable(words: Words, policy: Policy, cells: readonly GatedCell[]): Policy {
  if (askedCells(words).length === 0) return policy
  const names = new Set(cells.map(({ cell }) => cellName(cell)))
  return { ...policy, ratios: policy.ratios.filter(({ cell, against }) => names.has(cell) && names.has(against)) }
}

function orNothing(cells: readonly Cell[], what: string): readonly Cell[] {
  if (cells.length > 0) return cells
  throw nothingRan(`nothing to gate: no pinned cell of the default budget fits ${what}.`)
}

/** The cells that ratios speak of. */
function namedBy({ ratios }: Policy, os: Os): Cell[] {
  const all = new Map(gateable(os).map((cell) => [cellName(cell), cell]))
  return [...new Set(ratios.flatMap(({ cell, against }) => [cell, against]))].map((name) => {
    const found = all.get(name)
    if (found !== undefined) return found
    throw usage(`the policy speaks of a cell '${name}', and the default budget has no pinned one of that name.`)
  })
}

/** Whether limits for a message speak of a cell. */
export function limitsOf(os: Os): (limit: CellPolicy, cell: string) => boolean {
  const all = new Map(gateable(os).map((cell) => [cellName(cell), cell]))
  return (limit, name) => {
    const cell = all.get(name)
    return cell !== undefined && selectedBy(limit)(cell)
  }
}
