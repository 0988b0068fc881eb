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
import { type Claims, claimOf, claimsOf } from './claims.ts'
import { type Html, html, link, nothing } from './escape.ts'
import { ladder } from './ladder.ts'
import { standingTag } from './marks.ts'
import { type Packing, packingOf } from './packed.ts'

export function cases({ runs, places, anchors }: Book): Html {
  const all = casesOf(runs)
  const page: Page = { anchors, claims: claimsOf(all, anchors), packing: packingOf(all) }
  const shown = places.map((place) => {
    const rows = matrixOf(casesAt(place))
    return rows.length === 0
      ? nothing
      : html`<h3>${place.title}</h3>${byFamily(rows, (row) => row.mechanism).map(([name, own]) => family(place, name, own, page))}`
  })
  return html`${page.packing.packs ? withoutScript : nothing}${shown}${page.packing.packed()}${page.claims.list}`
}

const withoutScript = html`<noscript><p class=note>Without JavaScript this page has, of what came out well, the verdict, the name and the sentence; the sentences of general claims follow the cases. <code>ipcmark explain CASE</code> plays any of them.</p></noscript>`

interface Page {
  readonly anchors: Anchors
  readonly claims: Claims
  readonly packing: Packing
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
      <summary>${theme} ${counts(own)}</summary>
      <div id="${page.anchors.ofCell(place, row.mechanism, theme)}">${own.map((one) => oneCase(one, page))}</div>
    </details>`
}

/** Each verdict's shape, and how often it is there; the word is shown where there is room. */
const counts = (own: readonly CaseRecord[]): Html[] =>
  [...groupBy(own, ({ verdict }) => verdict)].map(
    ([verdict, those]) => html`<span class="v ${verdict}">${those.length}<u> ${verdict}</u></span>`,
  )

function oneCase(one: CaseRecord, { anchors, claims, packing }: Page): Html {
  const { says, verdict } = one
  const anchor = anchors.ofCase(one)
  const name = html`<b>${verdict}</b><code>${claimOf(one)}</code>`
  const whole = () => html`
    <details class="case ${verdict}">
      <summary>${name}${standingTag(one.standing)}<span>${says}</span></summary>
      <div class=body id="${anchor}">${facts(one)}${ladder(one)}</div>
    </details>`
  const sentence = claims.has(one) ? nothing : html`<span>${says}</span>`
  const line = (at: number) => html`<p class="case ${verdict}" id="${anchor}" data-at=${at}>${name}${sentence}`
  return packing.of(one, whole, line)
}

function facts(one: CaseRecord): Html {
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
      ${fact('Cited', one.cites.join(' · '))}
      ${one.verdict === 'pass' ? nothing : html`<div><dt>Again<dd><code>ipcmark explain ${one.id}</code></div>`}
    </dl>`
}

const elsewhere = ({ target, peers }: Elsewhere): string => `target ${target}, where ${peers.join(' and ')} ran`

const messageHead = ({ verdict }: CaseRecord): string =>
  verdict === 'unsupported' ? 'Why not' : verdict === 'observed' ? 'Observed' : 'Message'

const fact = (name: string, value: string | undefined): Html =>
  value === undefined || value === '' ? nothing : html`<div><dt>${name}<dd>${value}</div>`

const excuse = ({ reason, observed, link: address }: Deviation): Html =>
  html`<div><dt>Excused<dd>${reason} Seen before: ${observed}. ${link(address)}</div>`

const findings = (found: Readonly<Record<string, Out>>): string =>
  Object.entries(found)
    .map(([name, value]) => `${name}: ${outWords(value, true)}`)
    .join(' · ')
