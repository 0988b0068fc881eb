/**
 * Every case: by place, family, mechanism and theme; a theme opens its cases, and a case opens what was claimed, what
 * was seen, and the ladder of the processes that played it.
 */

import type { CaseRecord, Deviation, Elsewhere, Out, Theme, Verdict } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { byFamily } from '../view/families.ts'
import { casesAt, casesOf, groupBy, isNews, type MatrixRow, matrixOf, type Place, tallyOf } from '../view/tally.ts'
import { verdictMeanings } from '../view/vocabulary.ts'
import { outWords } from '../view/words.ts'
import type { Book } from './book.ts'
import { type Claims, claimOf, claimsOf } from './claims.ts'
import { type Html, html, link, nothing, trusted } from './escape.ts'
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

const withoutScript = html`<noscript><p class=note>Without JavaScript this page has, of what came out well, the verdict, the name and the sentence, and of what is excused all but the calls; the sentences of general claims follow the cases. <code>ipcmark explain CASE</code> plays any of them.</p></noscript>`

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
    <details${own.some(isNews) ? trusted(' class=is-news') : nothing}>
      <summary>${theme} ${counts(own)}</summary>
      <div id=${page.anchors.ofCell(place, row.mechanism, theme)}>${own.map((one) => oneCase(one, page))}</div>
    </details>`
}

/** Each verdict's shape, and how often it is there; the word is shown where there is room. */
const counts = (own: readonly CaseRecord[]): Html[] =>
  [...groupBy(own, ({ verdict }) => verdict)].map(
    ([verdict, those]) => html`<b${lookOf(verdict)}>${those.length}<u> ${verdict}</u></b>`,
  )

/** What stands on the page is not packed again: the script takes it from there. */
function oneCase(one: CaseRecord, page: Page): Html {
  const { anchors, claims, packing } = page
  const share = packing.shareOf(one)
  if (share === 'whole') return opening(one, one.says, anchors, true)
  if (share === 'line') {
    packing.put(one, opening(one, claims.has(one) ? one.says : '', anchors, true))
    return line(one, page)
  }
  packing.put(one, html`<div id="${anchors.ofCase(one)}">${ladder(one)}</div>`)
  return opening(one, one.says, anchors, false)
}

/** A case that opens, with its ladder or, for the time being, without. */
function opening(one: CaseRecord, says: string, anchors: Anchors, whole: boolean): Html {
  const { verdict } = one
  return html`
    <details class="case ${verdict}"${whole ? nothing : trusted(' data-part')}>
      <summary><b>${verdict}</b><code>${claimOf(one)}</code>${standingTag(one.standing)}<span>${says}</span></summary>
      <div class=body id="${anchors.ofCase(one)}">${facts(one)}${whole ? ladder(one) : nothing}</div>
    </details>`
}

/** A page has thousands: a verdict that is passed is in the style, and an anchor needs no quotes. */
function line(one: CaseRecord, { anchors, claims }: Page): Html {
  const { says, verdict } = one
  const sentence = claims.has(one) ? nothing : html`<span>${says}</span>`
  const told = verdict === 'pass' ? nothing : html`<b>${verdict}</b> `
  return html`<p${lookOf(verdict)} id=${anchors.ofCase(one)}>${told}${claimOf(one)}${sentence}`
}

/** Most are passes: what has no class here looks like them. */
const lookOf = (verdict: Verdict): Html => (verdict === 'pass' ? nothing : html` class=${verdict}`)

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
