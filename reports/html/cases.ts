/**
 * Every case of the run: by system, mechanism and theme; a theme opens its cases, and a case opens what was claimed, what
 * was seen, and the ladder of the processes that played it.
 */

import type { CaseRecord, Deviation, Out, Run, Theme } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { isNews, type MatrixRow, matrixOf, type Place, placesOf, tallyOf } from '../view/tally.ts'
import { verdictMeanings } from '../view/vocabulary.ts'
import { outWords } from '../view/words.ts'
import { type Html, html, link, nothing } from './escape.ts'
import { ladder } from './ladder.ts'
import { mark, shape, standingTag } from './marks.ts'
import { countsInWords } from './matrix.ts'

export function cases(run: Run, anchors: Anchors): Html {
  const places = placesOf(run)
  return html`${places.map((place) => {
    const rows = matrixOf(run.cases.filter(({ target }) => target === place.target))
    return rows.length === 0
      ? nothing
      : html`<h3>${place.title}</h3>${rows.map((row) => mechanism(place, row, anchors))}`
  })}`
}

function mechanism(place: Place, row: MatrixRow, anchors: Anchors): Html {
  const tally = tallyOf(row.cases)
  return html`
    <section class=mechanism data-mechanism="${row.mechanism}">
      <h4>${row.mechanism} <span>${tally.held}/${tally.judged} hold</span></h4>
      <div class=groups>${[...row.byTheme].map(([theme, own]) => group(place, row, theme, own, anchors))}</div>
    </section>`
}

/** A link opens what it leads into: so what it names is inside of what is opened. */
function group(place: Place, row: MatrixRow, theme: Theme, own: readonly CaseRecord[], anchors: Anchors): Html {
  return html`
    <details class="group${own.some(isNews) ? ' is-news' : ''}">
      <summary>${theme}<span class=shapes aria-hidden=true>${own.map(({ verdict }) => html`<span class="v ${verdict}">${shape(verdict)}</span>`)}</span><span class=tally>${countsInWords(own)}</span></summary>
      <div id="${anchors.ofCell(place.target, row.mechanism, theme)}">${own.map((one) => oneCase(one, anchors.ofCase(one)))}</div>
    </details>`
}

function oneCase(one: CaseRecord, anchor: string): Html {
  return html`
    <details class=case data-verdict=${one.verdict}>
      <summary>${mark(one.verdict)}<span class=claim>${caseName(one)} ${standingTag(one.standing)}<span class=says>${one.says}</span></span></summary>
      <div class=body id="${anchor}">${facts(one, anchor)}${ladder(one.trace)}</div>
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
      ${fact('Cited', one.cites.join(' · '))}
      <div><dt>Again</dt><dd><code>ipcmark explain ${one.id}</code> · <a href="#${anchor}">link</a></dd></div>
    </dl>`
}

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
