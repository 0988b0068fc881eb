/** A comparison in Markdown: everything, in tables. */

import type { Comparison } from '../../harness/gate/compare.ts'
import { markdownText as plain, markdownRow as row } from '../markdown-text.ts'
import {
  beforeWords,
  caseNews,
  caution,
  cellNews,
  figuresOf,
  groupedCases,
  groupedCells,
  nameOf,
  nothingShared,
  ratioWords,
} from './words.ts'

export function comparisonMarkdown(comparison: Comparison): string {
  const { before, after, common, environment } = comparison
  const table = (heads: readonly string[], rows: readonly string[][]) => [
    row(heads),
    row(heads.map(() => '---')),
    ...rows.map(row),
    '',
  ]
  return [
    `## ipcmark: ${plain(before)} against ${plain(after)}`,
    '',
    `${common.cells} cells and ${common.cases} cases that both have; ${comparison.onlyBefore.length} only in the first, ${comparison.onlyAfter.length} only in the second.`,
    '',
    ...comparison.notes.flatMap((note) => [`- ${plain(note)}`]),
    ...(comparison.notes.length > 0 ? [''] : []),
    ...(environment.length === 0
      ? ['The same machine and the same ipcmark.', '']
      : table(
          ['environment', 'before', 'after'],
          environment.map(({ what, matters, ...one }) => [
            matters ? `**${plain(what)}**` : plain(what),
            plain(one.before),
            plain(one.after),
          ]),
        )),
    ...groupedCases(comparison).flatMap(({ news, all }) => [
      `### ${all.length} ${caseNews[news]}`,
      '',
      ...table(
        ['case', 'where', 'before', 'after', ''],
        all.map((one) => [plain(one.id), plain(one.place), beforeWords(one), one.after, plain(one.message ?? '')]),
      ),
    ]),
    ...groupedCells(comparison).flatMap(({ news, all }) => [
      `### ${all.length} ${cellNews[news].title}`,
      '',
      ...table(
        ['cell', 'before → after', 'times the cost', 'launches'],
        all.map((change) => [
          plain(nameOf(change)),
          figuresOf(change),
          ratioWords(change),
          change.launches.join(' and '),
        ]),
      ),
    ]),
    common.cells + common.cases === 0 ? nothingShared : caution,
    '',
  ].join('\n')
}
