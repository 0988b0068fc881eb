/**
 * What a run says at its end: the sentence that sums it up, how many claims hold per system and mechanism, what a reader
 * must act on, and the figures.
 */

import { type CaseRecord, type LaunchRecord, type Run, verdicts } from '../../harness/model.ts'
import { headlineOf } from '../view/headline.ts'
import { bytes } from '../view/numbers.ts'
import { isNews, matrixOf, type Place, placesOf, sortedById, tallyOf } from '../view/tally.ts'
import { visibleLine } from '../view/visible.ts'
import { standingWords } from '../view/vocabulary.ts'
import { figures } from './figures.ts'
import { type Ink, inkOf, type Span, span, verdictColours, verdictShapes, verdictSpan } from './ink.ts'
import type { TerminalOptions } from './ladder.ts'
import { paragraph, table } from './layout.ts'

export function summary(run: Run, { columns, colour }: TerminalOptions): string {
  const ink = inkOf(colour)
  const { mood, says } = headlineOf(run)
  const blocks = [
    [ink(span(says, mood === 'bad' ? ['bold', 'red'] : mood === 'good' ? ['bold', 'green'] : 'bold'))],
    run.partial === undefined ? [] : paragraph(ink, [span(`Not whole: ${run.partial}`, 'yellow')], columns),
    ...placesOf(run).map((place) => conformance(ink, run, place, columns)),
    news(ink, run, columns),
    ...figures(ink, run, columns),
    warnings(ink, run, columns),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

function conformance(ink: Ink, run: Run, place: Place, columns: number): string[] {
  const rows = matrixOf(run.cases.filter(({ target }) => target === place.target))
  if (rows.length === 0) return []
  const all = tallyOf(rows.flatMap(({ cases }) => cases))
  const shown = verdicts.filter((verdict) => all.verdicts[verdict] > 0)
  const title = ink(span(place.title, 'bold'), span(`  ${all.held} of ${all.judged} claims hold`))
  const head = [span(''), ...shown.map((verdict) => span(verdict, 'dim'))]
  const body = rows.map(({ mechanism, cases }): Span[] => {
    const { verdicts: counts } = tallyOf(cases)
    return [
      span(visibleLine(mechanism)),
      ...shown.map((verdict) =>
        span(
          counts[verdict] === 0 ? '·' : String(counts[verdict]),
          counts[verdict] === 0 ? 'dim' : verdictColours[verdict],
        ),
      ),
    ]
  })
  return [title, ...table(ink, [head, ...body], columns)]
}

function news(ink: Ink, run: Run, columns: number): string[] {
  const cases = sortedById(run.cases.filter(isNews)).flatMap((one) => newsOfCase(ink, one, columns))
  const failed = run.launches.filter(({ verdict }) => verdict !== 'ok' && verdict !== 'unsupported')
  const launches = failed.flatMap((one) => newsOfLaunch(ink, one, columns))
  return cases.length + launches.length === 0 ? [] : [ink(span('What to look at', 'bold')), ...cases, ...launches]
}

function newsOfCase(ink: Ink, one: CaseRecord, columns: number): string[] {
  const title = `  ${ink(verdictSpan(one.verdict), span(`  ${visibleLine(one.id)}`, 'bold'), span(`  ${standingWords[one.standing]}`, 'dim'))}`
  return [title, ...paragraph(ink, [span(visibleLine(one.message ?? one.says))], columns, 4)]
}

function newsOfLaunch(ink: Ink, { cell, verdict, message }: LaunchRecord, columns: number): string[] {
  const what = `${visibleLine(cell.mechanism)}, ${cell.workload}, ${bytes(cell.size)}, ${cell.placement}`
  const title = `  ${ink(span(`${verdictShapes.fail} ${verdict} launch`, 'red'), span(`  ${what}`, 'bold'))}`
  return [title, ...(message === undefined ? [] : paragraph(ink, [span(visibleLine(message))], columns, 4))]
}

function warnings(ink: Ink, run: Run, columns: number): string[] {
  return run.header.environment.warnings.flatMap(({ says, remedy }) => {
    const [first = '', ...rest] = paragraph(
      ink,
      [span(`${visibleLine(says)} `), span(visibleLine(remedy), 'dim')],
      columns,
      2,
    )
    return [ink(span('! ', 'yellow')) + first.slice(2), ...rest]
  })
}
