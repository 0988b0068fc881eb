/**
 * What makes figures of a run worth less, seen from the figures themselves: each with what would mend it. What is known of
 * the machine beforehand is in the record's header (environment/warnings.ts); here is what happened while it was measured.
 */

import type { CellSummary } from '../../harness/measure/summary.ts'
import type { Run, Warning } from '../../harness/model.ts'
import { rowName } from './figures.ts'
import { measuredOf } from './measured.ts'
import { bytes, percent, significant } from './numbers.ts'
import { countOf } from './words.ts'

interface Caution {
  readonly id: string
  /** Behind the figure, where one sign is enough. */
  readonly mark?: string
  concerns(row: CellSummary): boolean
  /** One sentence about all the rows that it concerns, of which there is at least one. */
  says(rows: readonly CellSummary[]): string
  readonly remedy: string
}

const noisyFrom = 0.1
const fewestForSpread = 3
const stolenFrom = 0.01
/** A clock that costs so much of what it measures is part of the figure. */
const coarseFrom = 0.1
/** A process that has a core to itself is pushed out by the kernel's own work some tens of times a second. */
const crowdedFrom = 250

const pinned = ({ cell }: CellSummary): boolean => cell.placement !== 'unpinned'
const most = (rows: readonly CellSummary[], of: (row: CellSummary) => number): number =>
  rows.reduce((so, row) => Math.max(so, of(row)), 0)

/** `udp 64 B` and the like, the first few of them. */
function named(rows: readonly CellSummary[]): string {
  const names = [...new Set(rows.map(({ cell }) => `${rowName(cell)}${cell.size === 0 ? '' : ` ${bytes(cell.size)}`}`))]
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
}

const cautions: readonly Caution[] = [
  {
    id: 'messages-lost',
    mark: '*',
    concerns: ({ loss = 0 }) => loss > 0,
    says: (rows) =>
      `* Messages were lost, up to ${percent(most(rows, ({ loss = 0 }) => loss))} of those that were sent (${named(rows)}): the rate is of those that came.`,
    remedy:
      'Give the receiver a larger buffer (see `ipcmark list --benchmarks`, --buffer), or a sender that is slower.',
  },
  {
    id: 'rate-not-sustained',
    mark: '†',
    concerns: ({ pace }) => pace?.sustained === false,
    says: (rows) =>
      `† The rate was not sustained (${named(rows)}): messages queued up before they left, and the latency holds their wait.`,
    remedy: 'Read it as overload, or ask for a lower rate.',
  },
  {
    id: 'noisy-cell',
    mark: '~',
    concerns: (row) => pinned(row) && row.launches >= fewestForSpread && row.spread > noisyFrom,
    says: (rows) =>
      `~ ${countOf(rows.length, 'figure')} spread by more than ${percent(noisyFrom)} from launch to launch, up to ${percent(most(rows, (row) => row.spread))} (${named(rows)}).`,
    remedy: 'Measure on a quiet machine (`ipcmark doctor`), or more often (--rounds 15).',
  },
  {
    id: 'stolen-time',
    concerns: ({ steal = 0 }) => steal > stolenFrom,
    says: (rows) =>
      `The hypervisor took up to ${percent(most(rows, ({ steal = 0 }) => steal))} of the processors' time away during launches of ${countOf(rows.length, 'cell')}.`,
    remedy: 'Use a dedicated host, or measure more often: the median leaves single launches out.',
  },
  {
    id: 'noisy-neighbour',
    concerns: ({ cell, pushedOut }) =>
      cell.placement !== 'unpinned' &&
      cell.placement !== 'same-core' &&
      cell.peers === undefined &&
      pushedOut > crowdedFrom,
    says: (rows) =>
      `Other processes ran on the cores that were measured: processes were pushed out up to ${significant(most(rows, (row) => row.pushedOut))} times a second (${named(rows)}).`,
    remedy: 'See with `top` what runs, stop it, or keep it off these cores (isolcpus=, cpusets).',
  },
  {
    id: 'not-pinned',
    concerns: (row) => !pinned(row),
    says: (rows) =>
      `${countOf(rows.length, 'figure')} of processes that were not pinned: the system may have moved them between cores at any moment.`,
    remedy: 'Compare figures of pinned processes (--placement same-core, cross-core).',
  },
  {
    id: 'coarse-timer',
    concerns: ({ figure, cell, clock, value }) =>
      figure === 'latency' && cell.workload !== 'baseline' && clock > coarseFrom * value,
    says: (rows) =>
      `Reading the clock costs ${significant(most(rows, ({ clock }) => clock))} ns, more than ${percent(coarseFrom)} of what it measured (${named(rows)}); it is in the figure, and never subtracted.`,
    remedy: 'Read such a figure as an upper bound; a clock source of tsc costs least.',
  },
]

/** The signs behind a figure. */
export const marksOf = (row: CellSummary): string =>
  cautions.flatMap(({ mark, concerns }) => (mark !== undefined && concerns(row) ? mark : [])).join('')

/** What it is that makes a figure worth less. */
export const cautionIdsOf = (row: CellSummary): string[] =>
  cautions.flatMap(({ id, concerns }) => (concerns(row) ? id : []))

export function cautionsOf(run: Run): Warning[] {
  const { rows } = measuredOf(run)
  return cautions.flatMap(({ id, concerns, says, remedy }) => {
    const own = rows.filter(concerns)
    return own.length === 0 ? [] : [{ id, says: says(own), remedy }]
  })
}
