/**
 * Every case: by place, family, mechanism and theme; a theme opens its cases, and a case opens what was claimed, what
 * was seen, and the ladder of the processes that played it.
 */

import type { CaseRecord, Deviation, Elsewhere, Out, Theme } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { byFamily } from '../view/families.ts'
import { casesAt, casesOf, groupBy, isNews, type MatrixRow, matrixOf, type Place, tallyOf } from '../view/tally.ts'
import { verdictMeanings } from '../view/vocabulary.ts'
import { outWords } from '../view/words.ts'
import type { Book } from './book.ts'
import { type Html, html, link, nothing } from './escape.ts'
import { mark, shape, standingTag } from './marks.ts'
import { countsInWords } from './matrix.ts'
import { type Ladders, laddersOf } from './packed.ts'

export function cases({ runs, places, anchors }: Book): Html {
  const page: Page = { anchors, ladders: laddersOf(casesOf(runs)) }
  const shown = places.map((place) => {
    const rows = matrixOf(casesAt(place))
    return rows.length === 0
      ? nothing
      : html`<h3>${place.title}</h3>${byFamily(rows, (row) => row.mechanism).map(([name, own]) => family(place, name, own, page))}`
  })
  return html`${shown}${page.ladders.packed()}`
}

interface Page {
  readonly anchors: Anchors
  readonly ladders: Ladders
}

const family = (place: Place, name: string, rows: readonly MatrixRow[], page: Page): Html =>
  html`<section class=family data-family="${name}"><h4>${name}</h4>${rows.map((row) => mechanism(place, row, page))}</section>`

function mechanism(place: Place, row: MatrixRow, page: Page): Html {
  const tally = tallyOf(row.cases)
  return html`
    <section class=mechanism data-mechanism="${row.mechanism}" id="${page.anchors.ofMechanism(place, row.mechanism)}">
      <h5>${row.mechanism} <span>${tally.judged === 0 ? 'not here' : `${tally.held}/${tally.judged} hold`}</span></h5>
      <div class=groups>${[...row.byTheme].map(([theme, own]) => group(place, row, theme, own, page))}</div>
    </section>`
}

/** A link opens what it leads into: so what it names is inside of what is opened. */
function group(place: Place, row: MatrixRow, theme: Theme, own: readonly CaseRecord[], page: Page): Html {
  return html`
    <details class="group${own.some(isNews) ? ' is-news' : ''}">
      <summary>${theme}<span class=shapes aria-hidden=true>${counts(own)}</span><span class=tally>${countsInWords(own)}</span></summary>
      <div id="${page.anchors.ofCell(place, row.mechanism, theme)}">${own.map((one) => oneCase(one, page))}</div>
    </details>`
}

/** Each verdict's shape, and how often it is there. */
const counts = (own: readonly CaseRecord[]): Html[] =>
  [...groupBy(own, ({ verdict }) => verdict)].map(
    ([verdict, those]) => html`<span class="v ${verdict}">${shape(verdict)}${those.length}</span>`,
  )

function oneCase(one: CaseRecord, { anchors, ladders }: Page): Html {
  const anchor = anchors.ofCase(one)
  return html`
    <details class=case data-verdict=${one.verdict}>
      <summary>${mark(one.verdict)}<span class=claim>${caseName(one)} ${standingTag(one.standing)}<span class=says>${one.says}</span></span></summary>
      <div class=body id="${anchor}">${facts(one, anchor)}${ladders.of(one)}</div>
    </details>`
}

/** The mechanism that ends a generic case's name stands in the heading already. */
const caseName = ({ id, mechanism }: CaseRecord): Html =>
  id.endsWith(`@${mechanism}`) ? html`<code>${id.slice(0, -mechanism.length - 1)}</code>` : html`<code>${id}</code>`

function facts(one: CaseRecord, anchor: string): Html {
  const differs = one.expected !== undefined || one.observed !== undefined
  return html`
    <dl class=facts>
      ${fact('Expected', one.expected)}
      ${fact('Observed', one.observed)}
      ${differs && one.verdict === 'fail' ? nothing : fact(messageHead(one), one.message)}
      ${one.verdict === 'pass' ? nothing : fact('Verdict', `${one.verdict}: ${verdictMeanings[one.verdict]}`)}
      ${one.deviation === undefined ? nothing : excuse(one.deviation)}
      ${one.findings === undefined ? nothing : fact('Noted', findings(one.findings))}
      ${one.with === undefined ? nothing : fact('With', elsewhere(one.with))}
      <div><dt>Cited</dt><dd>${one.cites.join(' · ')} <a href="#${anchor}">link</a></dd></div>
      ${one.verdict === 'pass' ? nothing : html`<div><dt>Again</dt><dd><code>ipcmark explain ${one.id}</code></dd></div>`}
    </dl>`
}

const elsewhere = ({ target, peers }: Elsewhere): string => `target ${target}, where ${peers.join(' and ')} ran`

const messageHead = ({ verdict }: CaseRecord): string =>
  verdict === 'unsupported' ? 'Why not' : verdict === 'observed' ? 'Observed' : 'Message'

const fact = (name: string, value: string | undefined): Html =>
  value === undefined || value === '' ? nothing : html`<div><dt>${name}</dt><dd>${value}</dd></div>`

const excuse = ({ reason, observed, link: address }: Deviation): Html =>
  html`<div><dt>Excused</dt><dd>${reason} Seen before: ${observed}. ${link(address)}</dd></div>`

const findings = (found: Readonly<Record<string, Out>>): string =>
  Object.entries(found)
    .map(([name, value]) => `${name}: ${outWords(value, true)}`)
    .join(' · ')
