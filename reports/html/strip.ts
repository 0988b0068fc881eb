/**
 * The top of the page: what came out, per system, before anything else; then what a reader must act on, what is excused,
 * what is not here and why, and what makes the figures worth less.
 */

import { type CaseRecord, type Run, type Runs, type Verdict, verdicts, type Warning } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { cautionsOf } from '../view/cautions.ts'
import { headlineOf } from '../view/headline.ts'
import { absenceOf, launchesAt, mechanismsIn } from '../view/lost.ts'
import { isMishap, launchesOf, measuredOf } from '../view/measured.ts'
import { type Whole, wholesOf } from '../view/sides.ts'
import { casesAt, casesOf, groupBy, letterOf, type Place, sortedById, type Tally, tallyOf } from '../view/tally.ts'
import { countOf } from '../view/words.ts'
import type { Book } from './book.ts'
import { type Html, html, nothing, trusted, withCode } from './escape.ts'
import { gateCards } from './gate.ts'
import { mark } from './marks.ts'
import { news } from './news.ts'

export function strip(book: Book): Html {
  const { runs, places, anchors } = book
  const wholes = wholesOf(runs)
  const { mood, says } = headlineOf(...runs)
  return html`
    <header class=top id=top>
      <h1 class=${trusted(mood)}>${says}</h1>
      ${wholes.map((whole) => html`<p class=when>Run ${lettersOf(whole, wholes, runs)}<code>${whole.run.header.run}</code>, ${when(whole.run)}${wholes.length === 1 ? nothing : machineOf(whole.run)}</p>`)}
    </header>
    ${wholes.map((whole) => partial(whole.run, lettersOf(whole, wholes, runs)))}
    <div class=cards>${gateCards(book)}${places.map(card)}</div>
    ${news(book)}
    <div class=asides>${excused(casesOf(runs), anchors)}${notHere(runs, places, anchors)}${wholes.map((whole) => warnings(cautionsIn(whole, runs), lettersOf(whole, wholes, runs)))}</div>`
}

/** `A: ` where there are several; `A and B: ` for the two arms of a gate beside other runs. */
const lettersOf = ({ sides }: Whole, wholes: readonly Whole[], runs: readonly Run[]): string =>
  wholes.length === 1 ? '' : `${sides.map(({ at }) => letterOf(at, runs)).join(' and ')}: `

const cautionsIn = ({ run, sides }: Whole, runs: readonly Run[]): Warning[] => [
  ...sides.flatMap((side) =>
    cautionsOf(side.run).map((one) =>
      sides.length === 1 ? one : { ...one, says: `${letterOf(side.at, runs)}: ${one.says}` },
    ),
  ),
  ...run.header.environment.warnings,
]

function when(run: Run): Html {
  const started = readableTime(run.header.started)
  const seconds = run.end && (Date.parse(run.end.finished) - Date.parse(run.header.started)) / 1000
  const lasted = seconds !== undefined && seconds >= 0 ? `, ${countOf(Math.round(seconds), 'second')}` : ''
  return html`<time datetime="${run.header.started}">${started}</time>${lasted}`
}

/** What tells runs apart that stand side by side. */
const machineOf = ({ header: { environment } }: Run): Html => html` · ${environment.cpu}, ${environment.kernel}`

const readableTime = (iso: string): string => {
  const found = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)/.exec(iso)
  return found === null ? iso : `${found[1]} ${found[2]} UTC`
}

function partial(run: Run, letter: string): Html {
  const sentences = [run.end?.interrupted && 'The run was interrupted: what ended before that is here.', run.partial]
  const said = sentences.filter((sentence) => typeof sentence === 'string')
  if (said.length === 0) return nothing
  return html`<p class="note caution"><strong>${letter}This record is not whole.</strong> ${said.join(' ')}</p>`
}

function card(place: Place): Html {
  const { run } = place
  const cases = casesAt(place)
  const tally = tallyOf(cases)
  const { measured, lost } = launchesAt(place)
  const cost =
    measured + lost === 0
      ? nothing
      : html`<p>${countOf(measured, 'launch', 'es')} measured${lost > 0 ? html`, ${lost} without a figure` : nothing}</p>`
  const visited = run.cases.filter((one) => one.with?.target === place.target).length
  return html`
    <section class=card>
      <h2>${place.title}</h2>
      <p class=system>${systemOf(place)}</p>
      ${cases.length === 0 ? nothing : score(tally)}
      ${visited === 0 ? nothing : html`<p>takes part in ${countOf(visited, 'case')} of another target</p>`}
      ${cost}
    </section>`
}

const systemOf = (place: Place): string => place.info?.system ?? place.target

function score(tally: Tally): Html {
  const counted = verdicts.filter((verdict) => tally.verdicts[verdict] > 0)
  return html`
    <p class=score><strong>${tally.held}<span>/${tally.judged}</span></strong> claims hold</p>
    ${proportions(tally, counted)}
    <ul class=counts>${counted.map((verdict) => html`<li class="v ${verdict}">${tally.verdicts[verdict]} ${verdict}`)}</ul>`
}

/** A bar of all cases; a picture of the counts below it, so that it says nothing new to who cannot see it. */
function proportions(tally: Tally, counted: readonly Verdict[]): Html {
  let left = 0
  const pieces = counted.map((verdict) => {
    const width = (100 * tally.verdicts[verdict]) / tally.all
    const piece = `<rect class="${verdict}" x="${left.toFixed(2)}" width="${Math.max(width, 0.8).toFixed(2)}" height="4"/>`
    left += width
    return piece
  })
  return trusted(
    `<svg class=bar viewBox="0 0 100 4" preserveAspectRatio=none aria-hidden=true>${pieces.join('')}</svg>`,
  )
}

function excused(cases: readonly CaseRecord[], anchors: Anchors): Html {
  const known = sortedById(cases.filter(({ standing }) => standing === 'known'))
  if (known.length === 0) return nothing
  return html`
    <details class=aside>
      <summary><h2>${countOf(known.length, 'known deviation')}</h2></summary>
      <ul>${known.map((one) => html`<li>${mark(one.verdict)} <a href="#${anchors.ofCase(one)}">${one.id}</a><span class=why>${one.deviation?.reason ?? one.message}</span>`)}</ul>
    </details>`
}

function notHere(runs: Runs, places: readonly Place[], anchors: Anchors): Html {
  const missing = places.flatMap((place) =>
    sortedById(casesAt(place).filter(({ verdict }) => verdict === 'unsupported')).map((one) => ({ place, one })),
  )
  const unmeasured = runs.flatMap((run) => measuredOf(run).lost.filter((one) => !isMishap(one)))
  const launches = unmeasured.reduce((sum, one) => sum + launchesOf(one), 0)
  if (missing.length + launches === 0) return nothing
  const reasons = groupBy(missing, ({ one }) => one.message ?? 'No reason was recorded.')
  return html`
    <details class=aside>
      <summary><h2>${missing.length + launches} not here${unmeasured.some(({ verdict }) => verdict === 'ok') ? ' or without a figure' : nothing}, and why</h2></summary>
      <ul>
        ${[...reasons].sort(([, a], [, b]) => b.length - a.length).map(([reason, cases]) => html`<li>${withCode(reason)}<span class=why>${cases.length > fewCases ? mechanismsOf(cases, anchors) : cases.map(({ one }) => html`<a href="#${anchors.ofCase(one)}">${one.id}</a> `)}</span>`)}
        ${unmeasured.map((one) => html`<li>${withCode(one.message ?? 'No reason was recorded.')}<span class=why>${countOf(launchesOf(one), 'launch', 'es')} of ${mechanismsIn(one.cells)}: ${absenceOf(one)}</span>`)}
      </ul>
    </details>`
}

/** So many cases are named one by one; more are counted by mechanism. */
const fewCases = 6

const mechanismsOf = (
  cases: readonly { readonly place: Place; readonly one: CaseRecord }[],
  anchors: Anchors,
): Html[] =>
  [...groupBy(cases, ({ place, one }) => anchors.ofMechanism(place, one.mechanism))].map(
    ([anchor, own]) => html`${own.length} of <a href="#${anchor}">${own[0]?.one.mechanism}</a> `,
  )

function warnings(list: readonly Warning[], letter: string): Html {
  if (list.length === 0) return nothing
  return html`
    <details class=aside open>
      <summary><h2>${letter}${countOf(list.length, 'warning')} about the figures</h2></summary>
      <ul>${list.map(({ says, remedy }) => html`<li>${withCode(says)}<span class=why>${withCode(remedy)}</span>`)}</ul>
    </details>`
}
