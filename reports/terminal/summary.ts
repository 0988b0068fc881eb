/**
 * What a run says at its end, or several say beside each other: the sentence that sums it up, the verdict of a gate, how
 * many claims hold and the matrix of them, what a reader must act on, the figures, and what is not there.
 */

import type { CaseRecord, Cell, Run, Runs, Warning } from '../../harness/model.ts'
import { gateText } from '../gate/terminal.ts'
import { cautionsOf } from '../view/cautions.ts'
import { rowName } from '../view/figures.ts'
import { headlineOf } from '../view/headline.ts'
import { absenceOf, mechanismsIn } from '../view/lost.ts'
import { isMishap, type Lost, launchesOf, measuredOf } from '../view/measured.ts'
import { bytes } from '../view/numbers.ts'
import { bySides, sidesOf } from '../view/sides.ts'
import { groupBy, isNews, letterOf, placesOf, sortedById } from '../view/tally.ts'
import { visibleLine } from '../view/visible.ts'
import { standingWords } from '../view/vocabulary.ts'
import { countOf } from '../view/words.ts'
import { figures } from './figures.ts'
import { type Format, type Ink, inkOf, span, verdictShapes, verdictSpan } from './ink.ts'
import type { TerminalOptions } from './ladder.ts'
import { brief, paragraph } from './layout.ts'
import { legend } from './legend.ts'
import { matrices } from './matrix.ts'
import { fitted, widthOf } from './width.ts'

/** A run, and what tells it from those beside it: nothing, where it is the only one. */
interface Lettered {
  readonly run: Run
  readonly prefix: string
}

export function summary(runs: Runs, options: TerminalOptions): string {
  const { columns, colour } = options
  const ink = inkOf(colour)
  const { mood, says } = headlineOf(...runs)
  const sides = bySides(runs)
  const lettered = sides.map((run, at): Lettered => ({ run, prefix: prefixOf([letterOf(at, sides)]) }))
  const wholes = runs.map((run): Lettered => {
    const own = sidesOf(run).map((side) => letterOf(sides.indexOf(side), sides))
    return { run, prefix: runs.length === 1 ? '' : prefixOf(own) }
  })
  const blocks = [
    paragraph(ink, [span(says, moods[mood])], columns),
    wholes.flatMap(({ run: { partial }, prefix }) =>
      partial === undefined
        ? []
        : brief(ink, `${prefix}Not whole: ${visibleLine(partial)}`, columns, 0, recorded, 'yellow'),
    ),
    runs.length === 1 ? [] : legend(ink, sides, columns),
    ...wholes.map(({ run: { gate }, prefix }) =>
      gate === undefined ? [] : `${prefix}${gateText(gate, options)}`.trimEnd().split('\n'),
    ),
    ...matrices(ink, placesOf(...sides), columns),
    news(ink, lettered, columns),
    ...figures(ink, sides, columns),
    sameForAll(lettered, notHere, (prefix, one) => absent(ink, `${prefix}${one}`, columns)),
    sameForAll(lettered, notMeasured, (prefix, one) => absent(ink, `${prefix}${one}`, columns)),
    sameForAll(lettered, warnings, (prefix, one) => warned(ink, prefix, one, columns)),
  ]
  return `${blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`
}

const moods: Readonly<Record<ReturnType<typeof headlineOf>['mood'], Format>> = {
  good: ['bold', 'green'],
  bad: ['bold', 'red'],
  unsure: ['bold', 'yellow'],
  none: 'bold',
}

/** `A: `, or nothing of a run that stands alone. */
function prefixOf(letters: readonly (string | undefined)[]): string {
  const told = letters.filter((letter) => letter !== undefined)
  return told.length === 0 ? '' : `${told.join(', ')}: `
}

/** What several runs say alike is told once, behind the letters of all of them. */
function sameForAll<T>(
  lettered: readonly Lettered[],
  of: (run: Run) => readonly T[],
  tell: (prefix: string, one: T) => string[],
): string[] {
  const told = lettered.flatMap(({ run, prefix }) => of(run).map((one) => ({ one, letter: prefix.slice(0, 1) })))
  return [...groupBy(told, ({ one }) => JSON.stringify(one)).values()].flatMap((alike) => {
    const letters = alike.map(({ letter }) => letter)
    const all = letters.length === lettered.length
    return alike.slice(0, 1).flatMap(({ one }) => tell(all ? '' : `${letters.join(', ')}: `, one))
  })
}

function news(ink: Ink, lettered: readonly Lettered[], columns: number): string[] {
  const told = lettered.flatMap((own) => [
    ...sortedById(own.run.cases.filter(isNews)).flatMap((one) => newsOfCase(ink, own, one, columns)),
    ...measuredOf(own.run)
      .lost.filter(isMishap)
      .flatMap((lost) => newsOfLaunches(ink, own, lost, columns)),
  ])
  return told.length === 0 ? [] : [ink(span('What to look at', 'bold')), ...told]
}

function newsOfCase(ink: Ink, { run, prefix }: Lettered, one: CaseRecord, columns: number): string[] {
  const verdict = verdictSpan(one.verdict)
  const standing = `  ${standingWords[one.standing]}`
  const room = columns - 4 - widthOf(`${prefix}${verdict.text}${standing}`)
  const name = span(`  ${prefix}${fitted(visibleLine(one.id), room)}`, 'bold')
  const title = `  ${ink(verdict, name, span(standing, 'dim'))}`
  return [title, ...brief(ink, visibleLine(one.message ?? one.says), columns, 4, explained(run, one))]
}

/** With the run's fault, where it had one: without it the case would come out well. */
function explained({ header }: Run, { id }: CaseRecord): string {
  const faults = header.command.match(/ --fault[ =](?:'[^']*'|\S+)/g) ?? []
  return `(ipcmark explain ${visibleLine([id, ...faults].join(''))} shows all)`
}

const recorded = '(results.jsonl has all)'

function newsOfLaunches(ink: Ink, { prefix }: Lettered, lost: Lost, columns: number): string[] {
  const { verdict, message, cells } = lost
  const launches = launchesOf(lost)
  const count = launches === 1 ? `${verdict} launch` : `${launches} ${verdict} launches`
  const head = `${verdictShapes.fail} ${count}`
  const what = `${prefix}${cells.length === 1 ? cells.map(({ cell }) => cellWords(cell)).join() : mechanismsOf(lost)}`
  const title = `  ${ink(span(head, 'red'), span(`  ${fitted(what, columns - 4 - widthOf(head))}`, 'bold'))}`
  return [title, ...(message === undefined ? [] : brief(ink, visibleLine(message), columns, 4, recorded))]
}

const cellWords = (cell: Cell): string =>
  `${visibleLine(rowName(cell))}, ${cell.workload}, ${bytes(cell.size)}, ${cell.placement}`

const mechanismsOf = ({ cells }: Lost): string => visibleLine(mechanismsIn(cells))
const absencesOf = (lost: readonly Lost[]): string => [...new Set(lost.map(absenceOf))].join(' or ')

/** How many reasons are told why cases are not here: the others are in the report. */
const reasonsTold = 3

/** What a reader would look for in vain, and why: nothing is wrong with it, so it comes after the others. */
function notHere(run: Run): string[] {
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
  ]
}

const noReason = 'No reason was recorded.'

function notMeasured(run: Run): string[] {
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
        `${countOf(launchesOf(one), 'launch', 'es')} ${absenceOf(one)} (${mechanismsOf(one)}): ${visibleLine(one.message ?? noReason)}`,
    ),
    ...(others.length === 0 ? [] : [`${more} ${absencesOf(others)}, for ${countOf(others.length, 'other reason')}`]),
  ]
}

function absent(ink: Ink, says: string, columns: number): string[] {
  const [first = '', ...rest] = brief(ink, says, columns, 2, recorded)
  return [ink(span(`${verdictShapes.unsupported} `, 'dim')) + first.slice(2), ...rest]
}

const warnings = (run: Run): Warning[] => [...cautionsOf(run), ...run.header.environment.warnings]

function warned(ink: Ink, prefix: string, { says, remedy }: Warning, columns: number): string[] {
  const words = [span(`${prefix}${visibleLine(says)} `), span(visibleLine(remedy), 'dim')]
  const [first = '', ...rest] = paragraph(ink, words, columns, 2)
  return [ink(span('! ', 'yellow')) + first.slice(2), ...rest]
}
