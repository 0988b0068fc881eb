/**
 * The traits of every mechanism, promise and finding in one cell: what the mechanism promises, and below it what the cases of
 * each place say of that, with a way to them. It is one table for each kind and system, which scrolls where it has no room.
 */

import type { Kind, Os, Verdict } from '../../harness/model.ts'
import { byFamily } from '../view/families.ts'
import { shownName } from '../view/scenes.ts'
import { osNames, type Place } from '../view/tally.ts'
import {
  type Finding,
  type State,
  type TraitCell,
  type TraitRow,
  type TraitTable,
  traitTables,
} from '../view/traits.ts'
import { type Column, columnTitles } from '../view/traits-columns.ts'
import { shorten } from '../view/visible.ts'
import type { Book, Section } from './book.ts'
import { type Html, html, nothing, trusted, withCode } from './escape.ts'
import { marked } from './marks.ts'

const titles: Readonly<Record<Kind | 'unknown', string>> = {
  channel: 'Channels',
  counter: 'Counters',
  lock: 'Locks',
  memory: 'Memory',
  event: 'Events',
  call: 'Calls',
  unknown: 'Mechanisms that this version does not know',
}

/** A state is marked as the verdict is that it comes of. */
const marks: Readonly<Record<State, Verdict>> = {
  holds: 'pass',
  deviates: 'fail',
  broken: 'broken',
  open: 'observed',
  'not-here': 'unsupported',
  'not-played': 'unsupported',
  unclaimed: 'unsupported',
}

const meanings: Readonly<Record<State, string>> = {
  holds: 'every case about it held; the number says how many',
  deviates: 'some did not, and the first of them is behind the link',
  broken: 'a case could not be played, by a fault of the suite',
  open: 'no standard settles it; what was seen is recorded',
  'not-here': 'no case could be played; the reason is behind the link',
  'not-played': 'this run left its cases out',
  unclaimed: 'no case is about it: `ipcmark list --exemptions` says why',
}

const stateWords: Readonly<Record<State, string>> = {
  holds: 'holds',
  deviates: 'deviates',
  broken: 'broken',
  open: 'open',
  'not-here': 'not here',
  'not-played': 'not played',
  unclaimed: 'no case',
}

export function traits(book: Book): Section[] {
  const tables = traitTables(book.places)
  if (tables.length === 0) return []
  const markup = html`
    <section id=traits>
      <h2>Traits</h2>
      <p class=lead>What each mechanism promises, as its manual has it, and below it what the cases of this run found, with figures where they saw some. Each finding leads to its cases.</p>
      ${legend(tables)}
      ${tables.map((table) => oneTable(table, book))}
    </section>`
  return [{ id: 'traits', title: 'Traits', markup }]
}

function legend(tables: readonly TraitTable[]): Html {
  const findings = tables.flatMap(({ rows }) =>
    rows.flatMap(({ cells }) => [...cells.values()].flatMap((one) => one.findings)),
  )
  const found = new Set(findings.map(({ state }) => state))
  const known = (Object.keys(meanings) as State[]).filter((state) => found.has(state))
  return html`<ul class=legend>${known.map((state) => html`<li>${marked(marks[state], stateWords[state])}: ${withCode(meanings[state])}`)}</ul>`
}

/** What is said in them takes several lines. */
const longOnes: ReadonlySet<Column> = new Set(['boundaries', 'capacity', 'death', 'naming', 'waiting'])

const titleOf = (kind: Kind | undefined, os: Os): string => `${titles[kind ?? 'unknown']}, ${osNames[os]}`

function oneTable({ kind, os, places, columns, rows }: TraitTable, { anchors }: Book): Html {
  const title = titleOf(kind, os)
  const families = byFamily(rows, ({ mechanism }) => mechanism)
  const draw = (row: TraitRow) =>
    html`<tr data-mechanism="${row.mechanism}"><th scope=row>${shownName(row.mechanism)}${reasons(row, places)}${columns.map((column) => html`<td>${cellOf(row, row.cells.get(column), places, anchors)}`)}`
  return html`
    <h3>${title}</h3>
    ${whose(places, os)}
    <div class=scroll tabindex=0 role=region aria-label="Traits of ${title}">
      <table class=traits>
        <thead><tr><th scope=col>Mechanism${columns.map((column) => html`<th scope=col${longOnes.has(column) ? trusted(' class=long') : nothing}>${columnTitles[column]}`)}
        ${families.map(
          ([family, own]) => html`
            <tbody>${families.length === 1 ? nothing : html`<tr class=family><th scope=rowgroup colspan=${columns.length + 1}><span>${family}</span>`}
            ${own.map(draw)}`,
        )}
      </table>
    </div>`
}

/** Nothing where the heading says it already. */
function whose(places: readonly Place[], os: Os): Html {
  if (places.length === 1 && places[0]?.title === osNames[os]) return nothing
  return html`<p class=note>${places.map((place, at) => html`${at === 0 ? nothing : ' · '}${labelOf(place, places)}${systemOf(place)}`)}</p>`
}

const systemOf = ({ title, letter }: Place): string => (letter === undefined ? title : title.slice(letter.length + 2))

/** Which of several places a finding is of: its letter, and its target where that letter has several. */
function labelOf(place: Place, places: readonly Place[]): Html {
  if (places.length === 1) return nothing
  const alone = places.filter(({ letter }) => letter === place.letter).length === 1
  const words = [place.letter, alone ? undefined : place.target].filter((word) => word !== undefined)
  return html`<b>${words.join(' ')}</b> `
}

/** The whole of it stands with each case. */
const longestReason = 240

/** Why nothing of it could be played: once, where all places say the same. */
function reasons({ notHere }: TraitRow, places: readonly Place[]): Html {
  const [first] = notHere
  if (first !== undefined && notHere.every((reason) => reason === first))
    return html`<small>${withCode(shorten(first, longestReason))}</small>`
  const said = places.map((place, at) => {
    const reason = notHere[at]
    return reason === undefined
      ? nothing
      : html`<small>${labelOf(place, places)}${withCode(shorten(reason, longestReason))}</small>`
  })
  return html`${said}`
}

function cellOf(
  { mechanism }: TraitRow,
  cell: TraitCell | undefined,
  places: readonly Place[],
  anchors: Book['anchors'],
): Html {
  if (cell === undefined) return nothing
  const findings = cell.findings.map((finding, at) => {
    const place = places[at]
    return place === undefined ? nothing : found(finding, place, places, mechanism, anchors)
  })
  return html`${cell.promise.join('; ')}${findings}`
}

function found(
  finding: Finding,
  place: Place,
  places: readonly Place[],
  mechanism: string,
  anchors: Book['anchors'],
): Html {
  const { state, first, figures } = finding
  const said = marked(marks[state], wordsOf(finding))
  const seen = figures.length === 0 ? nothing : html` ${figures.join('; ')}`
  if (first === undefined) return html`<p>${labelOf(place, places)}${said}${seen}`
  const address = state === 'holds' ? anchors.ofCell(place, mechanism, first.theme) : anchors.ofCase(first)
  return html`<p>${labelOf(place, places)}<a href="#${address}">${said}</a>${seen}`
}

/** `holds 4`, `deviates 1 of 4, known` */
function wordsOf({ state, judged, held, first }: Finding): string {
  if (state === 'holds') return `${stateWords.holds} ${held}`
  if (state !== 'deviates') return stateWords[state]
  return `${stateWords.deviates} ${judged - held} of ${judged}${first?.standing === 'known' ? ', known' : ''}`
}
