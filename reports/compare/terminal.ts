/** A comparison for the terminal: where the environments differ, what broke, what got slower, and how sure that is. */

import type { Comparison } from '../../harness/gate/compare.ts'
import { type Format, inkOf, type Span, span } from '../terminal/ink.ts'
import type { TerminalOptions } from '../terminal/ladder.ts'
import { paragraph, table } from '../terminal/layout.ts'
import { visibleLine } from '../view/visible.ts'
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

const colours: Readonly<Record<string, Format>> = {
  slower: 'red',
  faster: 'green',
  broke: 'red',
  mended: 'green',
  'cannot-tell': 'yellow',
}
const mostShown = 20

/** On a narrower terminal names would be cut, which say what it is all about. */
const roomForRows = 100

const inTwoLines = (ink: ReturnType<typeof inkOf>, [name, ...rest]: readonly Span[]): string[] => [
  `  ${name === undefined ? '' : ink(name)}`,
  `      ${rest.map((one) => ink(one)).join('  ')}`,
]

export function comparisonText(comparison: Comparison, { columns, colour }: TerminalOptions): string {
  const ink = inkOf(colour)
  const { common } = comparison
  const heading = (text: string) => ['', ink(span(text, 'bold'))]
  const shown = (rows: readonly (readonly Span[])[]) => {
    const more = rows.length - mostShown
    const kept = rows.slice(0, mostShown)
    const lines = columns < roomForRows ? kept.flatMap((row) => inTwoLines(ink, row)) : table(ink, kept, columns)
    return more > 0 ? [...lines, ink(span(`  and ${more} more: --format markdown has them all`, 'dim'))] : lines
  }
  const cases = groupedCases(comparison).flatMap(({ news, all }) => [
    ...heading(`${all.length} ${caseNews[news]}`),
    ...shown(
      all.map((one) => [
        span(visibleLine(one.place === 'native' ? one.id : `${one.id} (${one.place})`), colours[news]),
        span(`${beforeWords(one)} → ${one.after}`),
      ]),
    ),
  ])
  const cells = groupedCells(comparison).flatMap(({ news, all }) => [
    ...heading(`${all.length} ${cellNews[news].title}`),
    ...(news === 'same'
      ? []
      : shown(
          all.map((change) => [
            span(`${cellNews[news].sign} ${visibleLine(nameOf(change))}`, colours[news]),
            span(figuresOf(change)),
            span(ratioWords(change)),
            span(`${change.launches.join(' and ')} launches`, 'dim'),
          ]),
        )),
  ])
  const only = (names: readonly string[], where: string) =>
    names.length === 0
      ? []
      : [ink(span(`  ${names.length} only in the ${where}, such as ${visibleLine(names[0] ?? '')}`, 'dim'))]
  return [
    `${ink(span('compared', 'bold'))}  ${common.cells} cells and ${common.cases} cases that both have`,
    ...only(comparison.onlyBefore, 'first'),
    ...only(comparison.onlyAfter, 'second'),
    ...comparison.notes.flatMap((note) => paragraph(ink, [span(visibleLine(note), 'yellow')], columns, 2)),
    ...environmentLines(comparison, ink, columns),
    ...cases,
    ...(common.cases > 0 && comparison.cases.length === 0 ? heading('no case changed its verdict') : []),
    ...cells,
    ...(common.cells > 0 ? ['', ...paragraph(ink, [span(caution, 'dim')], columns)] : []),
    ...(common.cells + common.cases === 0 ? ['', nothingShared] : []),
    '',
  ].join('\n')
}

function environmentLines({ environment }: Comparison, ink: ReturnType<typeof inkOf>, columns: number): string[] {
  if (environment.length === 0) return ['', '  the same machine and the same ipcmark']
  return [
    '',
    ink(span('environments', 'bold')),
    ...environment.flatMap(({ what, matters, before, after }) =>
      paragraph(
        ink,
        [span(`${visibleLine(what)}: `, matters ? 'yellow' : 'dim'), span(visibleLine(`${before} → ${after}`))],
        columns,
        2,
      ),
    ),
  ]
}
