/**
 * What a run says at its end: the sentence that sums it up, how many claims hold per system and mechanism, what a reader
 * must act on, and the figures.
 */

import { type CaseRecord, type Cell, type Run, type Verdict, verdicts } from '../../harness/model.ts'
import { cautionsOf } from '../view/cautions.ts'
import { byFamily, type Kinship } from '../view/families.ts'
import { rowName } from '../view/figures.ts'
import { headlineOf } from '../view/headline.ts'
import { isMishap, type Lost, launchesOf, measuredOf } from '../view/measured.ts'
import { bytes } from '../view/numbers.ts'
import { groupBy, isNews, type MatrixRow, matrixOf, type Place, placesOf, sortedById, tallyOf } from '../view/tally.ts'
import { shorten, visibleLine } from '../view/visible.ts'
import { standingWords } from '../view/vocabulary.ts'
import { countOf } from '../view/words.ts'
import { figures } from './figures.ts'
import { type Ink, inkOf, type Span, span, verdictColours, verdictShapes, verdictSpan } from './ink.ts'
import type { TerminalOptions } from './ladder.ts'
import { brief, paragraph, table } from './layout.ts'

export function summary(run: Run, { columns, colour }: TerminalOptions): string {
  const ink = inkOf(colour)
  const { mood, says } = headlineOf(run)
  const blocks = [
    [ink(span(says, mood === 'bad' ? ['bold', 'red'] : mood === 'good' ? ['bold', 'green'] : 'bold'))],
    run.partial === undefined ? [] : paragraph(ink, [span(`Not whole: ${run.partial}`, 'yellow')], columns),
    ...placesOf(run).map((place) => conformance(ink, run, place, columns)),
    news(ink, run, columns),
    ...figures(ink, run, columns),
    notHere(ink, run, columns),
    notMeasured(ink, run, columns),
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
  const body =
    rows.length <= fewMechanisms
      ? rows.map(({ mechanism, cases }) => counted(visibleLine(mechanism), cases, shown))
      : byFamily(rows, ({ mechanism }) => mechanism).flatMap(([family, own]) => familyRows(family, own, shown))
  return [title, ...table(ink, [head, ...body], columns)]
}

/** So many mechanisms have a line each. Of more, it takes a line for each family, and those with more than passes. */
const fewMechanisms = 16

function familyRows(family: Kinship, rows: readonly MatrixRow[], shown: readonly Verdict[]): Span[][] {
  const told = rows.filter(({ cases }) => cases.some(({ verdict }) => verdict !== 'pass'))
  const whole = counted(
    `${family}, ${countOf(rows.length, 'mechanism')}`,
    rows.flatMap(({ cases }) => cases),
    shown,
  )
  return [whole, ...told.map(({ mechanism, cases }) => counted(`  ${visibleLine(mechanism)}`, cases, shown, 'dim'))]
}

function counted(name: string, cases: readonly CaseRecord[], shown: readonly Verdict[], format?: 'dim'): Span[] {
  const { verdicts: counts } = tallyOf(cases)
  return [
    span(name, format),
    ...shown.map((verdict) =>
      span(
        counts[verdict] === 0 ? '·' : String(counts[verdict]),
        counts[verdict] === 0 ? 'dim' : verdictColours[verdict],
      ),
    ),
  ]
}

function news(ink: Ink, run: Run, columns: number): string[] {
  const cases = sortedById(run.cases.filter(isNews)).flatMap((one) => newsOfCase(ink, run, one, columns))
  const launches = measuredOf(run)
    .lost.filter(isMishap)
    .flatMap((own) => newsOfLaunches(ink, own, columns))
  return cases.length + launches.length === 0 ? [] : [ink(span('What to look at', 'bold')), ...cases, ...launches]
}

function newsOfCase(ink: Ink, run: Run, one: CaseRecord, columns: number): string[] {
  const title = `  ${ink(verdictSpan(one.verdict), span(`  ${visibleLine(one.id)}`, 'bold'), span(`  ${standingWords[one.standing]}`, 'dim'))}`
  return [title, ...brief(ink, visibleLine(one.message ?? one.says), columns, 4, explained(run, one))]
}

/** With the run's fault, where it had one: without it the case would come out well. */
function explained({ header }: Run, { id }: CaseRecord): string {
  const faults = header.command.match(/ --fault[ =](?:'[^']*'|\S+)/g) ?? []
  return `(ipcmark explain ${visibleLine([id, ...faults].join(''))} shows all)`
}

const recorded = '(results.jsonl has all)'

function newsOfLaunches(ink: Ink, lost: Lost, columns: number): string[] {
  const { verdict, message, cells } = lost
  const launches = launchesOf(lost)
  const count = launches === 1 ? `${verdict} launch` : `${launches} ${verdict} launches`
  const head = `${verdictShapes.fail} ${count}`
  const what = cells.length === 1 ? cells.map(({ cell }) => cellWords(cell)).join() : mechanismsOf(lost)
  const title = `  ${ink(span(head, 'red'), span(`  ${shorten(what, Math.max(20, columns - head.length - 4))}`, 'bold'))}`
  return [title, ...(message === undefined ? [] : brief(ink, visibleLine(message), columns, 4, recorded))]
}

const cellWords = (cell: Cell): string =>
  `${visibleLine(rowName(cell))}, ${cell.workload}, ${bytes(cell.size)}, ${cell.placement}`

const mechanismsOf = ({ cells }: Lost): string =>
  [...new Set(cells.map(({ cell }) => visibleLine(cell.mechanism)))].join(', ')

/** How many reasons are told why cases are not here: the others are in the report. */
const reasonsTold = 3

/** What a reader would look for in vain, and why: nothing is wrong with it, so it comes after the others. */
function notHere(ink: Ink, run: Run, columns: number): string[] {
  const unsupported = sortedById(run.cases).filter(({ verdict }) => verdict === 'unsupported')
  const reasons = [...groupBy(unsupported, ({ message = noReason }) => message)].sort(
    ([, a], [, b]) => b.length - a.length,
  )
  const told = reasons.slice(0, reasonsTold)
  const others = reasons.slice(reasonsTold)
  const more = countOf(others.flatMap(([, own]) => own).length, 'more case')
  return [
    ...told.map(([why, own]) => `${countOf(own.length, 'case')} not here: ${visibleLine(why)}`),
    ...(others.length === 0 ? [] : [`${more} not here, for ${countOf(others.length, 'other reason')}`]),
  ].flatMap((says) => absent(ink, says, columns))
}

const noReason = 'No reason was recorded.'

function notMeasured(ink: Ink, run: Run, columns: number): string[] {
  const absentees = measuredOf(run).lost.filter((one) => !isMishap(one))
  const told = absentees.slice(0, reasonsTold)
  const others = absentees.slice(reasonsTold)
  const more = countOf(
    others.reduce((sum, one) => sum + launchesOf(one), 0),
    'more launch',
    'es',
  )
  return [
    ...told.map(
      (one) =>
        `${countOf(launchesOf(one), 'launch', 'es')} not here (${mechanismsOf(one)}): ${visibleLine(one.message ?? noReason)}`,
    ),
    ...(others.length === 0 ? [] : [`${more} not here, for ${countOf(others.length, 'other reason')}`]),
  ].flatMap((says) => absent(ink, says, columns))
}

function absent(ink: Ink, says: string, columns: number): string[] {
  const [first = '', ...rest] = brief(ink, says, columns, 2, recorded)
  return [ink(span(`${verdictShapes.unsupported} `, 'dim')) + first.slice(2), ...rest]
}

function warnings(ink: Ink, run: Run, columns: number): string[] {
  return [...cautionsOf(run), ...run.header.environment.warnings].flatMap(({ says, remedy }) => {
    const [first = '', ...rest] = paragraph(
      ink,
      [span(`${visibleLine(says)} `), span(visibleLine(remedy), 'dim')],
      columns,
      2,
    )
    return [ink(span('! ', 'yellow')) + first.slice(2), ...rest]
  })
}
