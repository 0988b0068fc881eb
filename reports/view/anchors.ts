/**
 * Fragments of URLs, the same in every report of one run: `#pipe.shell-pipeline` for a case, `#x.order-fifo@pipe` for a
 * generic one, `#pipe/eof` for a cell of the matrix, `#pipe/all` for a
 * mechanism. Where two places have the same case, the second one's says so: `#pipe.shell-pipeline~wine`, or
 * `#pipe.shell-pipeline~b-native` in the second of several runs.
 */

import type { CaseRecord, Run } from '../../harness/model.ts'
import { casesAt, type Place, placesOf } from './tally.ts'

export interface Anchors {
  ofCase(record: CaseRecord): string
  ofCell(place: Place, mechanism: string, theme: string): string
  ofMechanism(place: Place, mechanism: string): string
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
  const ofCell = (place: Place, mechanism: string, theme: string) => {
    const suffix = suffixOf(place)
    return `${plain(mechanism)}/${theme}${firstWith.get(mechanism) === suffix ? '' : suffix}`
  }
  return {
    ofCase: (record) => ofCase.get(record) ?? plain(record.id),
    ofCell,
    ofMechanism: (place, mechanism) => ofCell(place, mechanism, 'all'),
  }
}

function firstFree(candidates: readonly string[], taken: ReadonlySet<string>): string {
  const free = candidates.find((candidate) => !taken.has(candidate))
  if (free !== undefined) return free
  const last = candidates.at(-1) ?? ''
  for (let copy = 2; ; copy++) if (!taken.has(`${last}~${copy}`)) return `${last}~${copy}`
}
