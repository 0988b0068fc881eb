/**
 * What each mechanism is good for: sentences that the figures and the cases of the run make, each with the rows behind it,
 * then one line for each mechanism. There is nothing here that a row or a case of the run does not say.
 */

import { type Advice, adviceOf, type MechanismLine } from '../view/advice.ts'
import { cpuOf } from '../view/advice-questions.ts'
import { type Manner, manners, type Ranked, type Ranking, type Statement } from '../view/advice-ranking.ts'
import type { Anchors } from '../view/anchors.ts'
import { marksOf } from '../view/cautions.ts'
import { multiple, significant } from '../view/numbers.ts'
import { arrows } from '../view/quantity.ts'
import { shownName } from '../view/scenes.ts'
import type { Place } from '../view/tally.ts'
import { countOf } from '../view/words.ts'
import type { Book, Section } from './book.ts'
import { type Html, html, nothing, withCode } from './escape.ts'
import { ids } from './tables.ts'

/** Whose advice it is, among how many, and where its rows are. */
interface Spot {
  readonly place: Place
  readonly anchors: Anchors
  /** `~2` for the second place. */
  readonly suffix: string
  /** `, Linux` where there are several places. */
  readonly of: string
}

export function advice({ places, anchors }: Book): Section[] {
  const all = adviceOf(places)
  if (all.length === 0) return []
  const spotOf = (place: Place, at: number): Spot => ({
    place,
    anchors,
    suffix: at === 0 ? '' : `~${at + 1}`,
    of: all.length === 1 ? '' : `, ${place.title}`,
  })
  const markup = html`
    <section id=advice>
      <h2>What each is good for</h2>
      <p class=lead>Computed from the figures and the cases of this run, and true of its machine, sizes and placements alone. Figures are medians of launches with their intervals; where those overlap, the run cannot tell who is better.</p>
      ${all.map((one, at) => oneAdvice(one, spotOf(one.place, at)))}
    </section>`
  return [{ id: 'advice', title: 'Good for', markup }]
}

const oneAdvice = ({ place, statements, lines, silence }: Advice, spot: Spot): Html => html`
    ${spot.of === '' ? nothing : html`<h3>${place.title}</h3>`}
    ${silence === undefined ? nothing : html`<p class=note>${silence}</p>`}
    <div class=advised>${statements.map((statement) => oneStatement(statement, spot))}</div>
    ${lines.length === 0 ? nothing : lineTable(lines, spot)}`

function oneStatement({ id, asks, says, under, question, claims, rankings }: Statement, spot: Spot): Html {
  const links = [
    question === undefined ? nothing : html` <a href="#${ids[question.workload]}">all rows</a>`,
    claims === undefined ? nothing : html` <a href="#${claims}">the cases</a>`,
  ]
  const shown = rankings.reduce((sum, one) => sum + shownIn(one).length, 0)
  const rows = html`<details><summary>${countOf(shown, 'row')} behind it</summary>${rankingTable(rankings, `${asks}${spot.of}`, spot)}</details>`
  return html`
    <section id="advice/${id}${spot.suffix}">
      ${spot.of === '' ? html`<h3>${asks}</h3>` : html`<h4>${asks}</h4>`}
      ${says.map((sentence) => html`<p>${withCode(sentence)}`)}
      <p class=note>${under ?? ''}${links}</p>
      ${shown === 0 ? nothing : rows}
    </section>`
}

/** So many of each manner, and those that are as good as the best as well. */
const fewest = 5
const most = 12

function shownIn({ ranked }: Ranking): readonly Ranked[] {
  const equals = ranked.filter(({ equal }) => equal).length
  return ranked.slice(0, Math.min(most, Math.max(fewest, equals + 1)))
}

const mannerWords: Readonly<Record<Manner, string>> = {
  plain: 'The system carries each message',
  ring: 'A ring in shared memory, whose sides sleep',
  trying: 'Tried again and again',
  special: 'Several at a call, or read in place',
}

function rankingTable(rankings: readonly Ranking[], label: string, spot: Spot): Html {
  const [first] = rankings
  if (first === undefined) return nothing
  const { head, unit, better } = first.scale
  const groups = manners.flatMap((manner) => rankings.filter((ranking) => ranking.manner === manner))
  return html`
    <div class=scroll tabindex=0 role=region aria-label="${label}">
      <table class=figures>
        <thead><tr>
          <th scope=col>Mechanism</th>
          <th scope=col>${head}<span>${unit}</span><span>${arrows[better]} ${better} is better</span></th>
          <th scope=col>Interval<span>${unit}</span></th>
          <th scope=col>Of the best</th>
          <th scope=col>CPU, both sides<span>ns/message</span></th>
          <th scope=col>Launches</th>
        </tr></thead>
        ${groups.map(
          (ranking) =>
            html`<tbody><tr class=condition><th scope=rowgroup colspan=6>${mannerWords[ranking.manner]}${shownIn(ranking).map((one) => rankedRow(one, ranking, spot))}`,
        )}
      </table>
    </div>`
}

function rankedRow({ row, name, estimate, times, equal }: Ranked, { scale }: Ranking, { place, anchors }: Spot): Html {
  const { value, low, high, interval } = estimate
  const cells = [
    `${scale.figure(value)}${marksOf(row)}`,
    interval ? `${scale.figure(low)} – ${scale.figure(high)}` : '–',
    `${multiple(times)}${equal && times > 1 ? ', as good' : ''}`,
    significant(cpuOf(row)),
    String(row.launches),
  ]
  return html`<tr data-mechanism="${row.cell.mechanism}"><th scope=row><a href="#${anchors.ofRow(place, row)}">${shownName(name)}</a>${cells.map((cell) => html`<td>${cell}`)}`
}

function lineTable(lines: readonly MechanismLine[], { of }: Spot): Html {
  const parts = (said: readonly string[]) => html`<td>${withCode(said.join('; ') || '–')}`
  return html`
    <div class=scroll tabindex=0 role=region aria-label="Good for and bad for, by mechanism${of}">
      <table class=lines>
        <thead><tr><th scope=col>Mechanism</th><th scope=col>Good for</th><th scope=col>Bad for</th></tr></thead>
        <tbody>${lines.map(({ mechanism, good, bad }) => html`<tr data-mechanism="${mechanism}"><th scope=row>${shownName(mechanism)}${parts(good)}${parts(bad)}`)}
      </table>
    </div>`
}
