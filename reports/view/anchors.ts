/**
 * Fragments of URLs, the same in every report of one run: `#pipe.shell-pipeline` for a case, `#x.order-fifo@pipe` for a
 * generic one, `#pipe/eof` for a cell of the matrix, `#pipe/all` for a
 * mechanism, `#cell-pipe-pingpong-64-same-core-awake` for a row of figures. Where two places have the same case, the second one's says so: `#pipe.shell-pipeline~wine`, or
 * `#pipe.shell-pipeline~b-native` in the second of several runs.
 */

import { cellName } from '../../harness/measure/schedule.ts'
import type { CellSummary } from '../../harness/measure/summary.ts'
import type { CaseRecord, Run } from '../../harness/model.ts'
import { casesAt, type Place, placesOf, rowsAt } from './tally.ts'

export interface Anchors {
  ofCase(record: CaseRecord): string
  ofCell(place: Place, mechanism: string, theme: string): string
  ofMechanism(place: Place, mechanism: string): string
  /** Of a cell that was measured: `#cell-pipe-pingpong-64-same-core-awake`. */
  ofRow(place: Place, row: Pick<CellSummary, 'cell' | 'arm'>): string
  /** Of a claim that is made of many mechanisms: `#x.order-fifo`. */
  ofClaim(claim: string): string
}

/** What may stand in a fragment, an attribute and a selector without being escaped. */
const plain = (text: string): string => text.replace(/[^A-Za-z0-9._@~/-]+/g, '-')

/** What is added where another place has the same name already. */
const suffixOf = ({ letter, target }: Place): string =>
  `~${letter === undefined ? '' : `${letter.toLowerCase()}-`}${plain(target)}`

export function anchorsOf(...runs: readonly Run[]): Anchors {
  const taken = new Set<string>()
  const ofCase = new Map<CaseRecord, string>()
  const firstWith = new Map<string, string>()
  for (const place of placesOf(...runs)) {
    const suffix = suffixOf(place)
    for (const record of casesAt(place)) {
      const name = plain(record.id)
      const anchor = firstFree([name, `${name}${suffix}`], taken)
      taken.add(anchor)
      ofCase.set(record, anchor)
      if (!firstWith.has(record.mechanism)) firstWith.set(record.mechanism, suffix)
    }
  }
  const ofRow = rowAnchors(placesOf(...runs), taken)
  const ofCell = (place: Place, mechanism: string, theme: string) => {
    const suffix = suffixOf(place)
    return `${plain(mechanism)}/${theme}${firstWith.get(mechanism) === suffix ? '' : suffix}`
  }
  return {
    ofCase: (record) => ofCase.get(record) ?? plain(record.id),
    ofCell,
    ofMechanism: (place, mechanism) => ofCell(place, mechanism, 'all'),
    ofRow: (place, row) => ofRow.get(rowKey(place, row)) ?? plain(cellName(row.cell)),
    ofClaim: (claim) => (taken.has(plain(claim)) ? `${plain(claim)}~claim` : plain(claim)),
  }
}

const rowKey = (place: Place, { cell, arm }: Pick<CellSummary, 'cell' | 'arm'>): string =>
  `${suffixOf(place)} ${arm} ${cellName(cell)}`

function rowAnchors(places: readonly Place[], taken: Set<string>): Map<string, string> {
  const anchors = new Map<string, string>()
  for (const place of places) {
    for (const row of rowsAt(place)) {
      const name = `cell-${plain(cellName(row.cell))}`
      const anchor = firstFree([name, `${name}${suffixOf(place)}`], taken)
      taken.add(anchor)
      anchors.set(rowKey(place, row), anchor)
    }
  }
  return anchors
}

function firstFree(candidates: readonly string[], taken: ReadonlySet<string>): string {
  const free = candidates.find((candidate) => !taken.has(candidate))
  if (free !== undefined) return free
  const last = candidates.at(-1) ?? ''
  for (let copy = 2; ; copy++) if (!taken.has(`${last}~${copy}`)) return `${last}~${copy}`
}
