/**
 * Fragments of URLs, the same in every report of one run: `#pipe.shell-pipeline` for a case, `#x.order-fifo@pipe` for a
 * generic one, `#pipe/eof` for a cell of the matrix, `#pipe/all` for a
 * mechanism. Where two targets have the same case, the second one's says so:
 * `#pipe.shell-pipeline~wine`.
 */

import type { CaseRecord, Run, TargetId } from '../../harness/model.ts'

export interface Anchors {
  ofCase(record: CaseRecord): string
  ofCell(target: TargetId, mechanism: string, theme: string): string
  ofMechanism(target: TargetId, mechanism: string): string
}

/** What may stand in a fragment, an attribute and a selector without being escaped. */
const plain = (text: string): string => text.replace(/[^A-Za-z0-9._@~/-]+/g, '-')

export function anchorsOf(run: Run): Anchors {
  const taken = new Set<string>()
  const ofCase = new Map<CaseRecord, string>()
  for (const record of run.cases) {
    const name = plain(record.id)
    const anchor = firstFree([name, `${name}~${plain(record.target)}`], taken)
    taken.add(anchor)
    ofCase.set(record, anchor)
  }
  const firstTarget = new Map<string, TargetId>()
  for (const { mechanism, target } of run.cases) if (!firstTarget.has(mechanism)) firstTarget.set(mechanism, target)
  const ofCell = (target: TargetId, mechanism: string, theme: string) =>
    `${plain(mechanism)}/${theme}${firstTarget.get(mechanism) === target ? '' : `~${plain(target)}`}`
  return {
    ofCase: (record) => ofCase.get(record) ?? plain(record.id),
    ofCell,
    ofMechanism: (target, mechanism) => ofCell(target, mechanism, 'all'),
  }
}

function firstFree(candidates: readonly string[], taken: ReadonlySet<string>): string {
  const free = candidates.find((candidate) => !taken.has(candidate))
  if (free !== undefined) return free
  const last = candidates.at(-1) ?? ''
  for (let copy = 2; ; copy++) if (!taken.has(`${last}~${copy}`)) return `${last}~${copy}`
}
