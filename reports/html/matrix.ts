/**
 * The conformance matrix: mechanisms by family, and themes, one table for each place, side by side with the same columns. A cell
 * shows the gravest verdict among its cases and how many hold, and leads to them.
 */

import { type CaseRecord, type Theme, verdicts } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { byFamily } from '../view/families.ts'
import { casesAt, casesOf, gravest, isNews, type MatrixRow, matrixOf, type Place, themesOf } from '../view/tally.ts'
import { verdictMeanings } from '../view/vocabulary.ts'
import { countOf } from '../view/words.ts'
import type { Book } from './book.ts'
import { type Html, html, nothing, trusted } from './escape.ts'
import { mark } from './marks.ts'

export function matrices({ runs, places, anchors }: Book): Html {
  const cases = casesOf(runs)
  const themes = themesOf(cases)
  const tables = places.map((place) => table(place, matrixOf(casesAt(place)), themes, anchors))
  return html`<div class=matrices>${tables}</div>${legend(cases)}`
}

function legend(cases: readonly CaseRecord[]): Html {
  const found = verdicts.filter((verdict) => cases.some((one) => one.verdict === verdict))
  return html`<ul class=legend>${found.map((verdict) => html`<li>${mark(verdict)} ${verdictMeanings[verdict]}`)}</ul>`
}

/** A narrow screen, where a row takes several lines, has a longer matrix left out: the cases below show the same. */
const fewMechanisms = 16

const isLong = (rows: readonly MatrixRow[]): boolean => rows.length > fewMechanisms

function table(place: Place, rows: readonly MatrixRow[], themes: readonly Theme[], anchors: Anchors): Html {
  if (rows.length === 0) return nothing
  return html`
    <table class="matrix${isLong(rows) ? ' is-long' : ''}">
      <caption>${place.title}</caption>
      <thead><tr><th scope=col>Mechanism</th>${themes.map((theme) => html`<th scope=col><span>${theme}</span></th>`)}</tr></thead>
      ${byFamily(rows, (row) => row.mechanism).map(
        ([family, own]) => html`
          <tbody><tr class=family><th scope=rowgroup colspan=${themes.length + 1}>${family}</th></tr>
          ${own.map(
            (row) =>
              html`<tr><th scope=row>${row.mechanism}</th>${themes.map((theme) => cell(place, row, theme, anchors, isLong(rows)))}</tr>`,
          )}</tbody>`,
      )}
    </table>`
}

function cell(place: Place, row: MatrixRow, theme: Theme, anchors: Anchors, long: boolean): Html {
  const cases = row.byTheme.get(theme) ?? []
  const worst = gravest(cases)
  if (worst === undefined) return empty
  const held = cases.filter(({ verdict }) => verdict === 'pass').length
  const figure = held === cases.length ? String(held) : `${held}/${cases.length}`
  const address = anchors.ofCell(place, row.mechanism, theme)
  // Who speaks to the page says what is seen; the heads of the table name the rest.
  const label = `${held === cases.length ? '' : `${figure}, `}${countsInWords(cases)}`
  // Most are passes: the style takes what has no class for one.
  const names = isNews(worst) ? `${worst.verdict} is-news` : worst.verdict
  const look = names === 'pass' ? nothing : html` class="${names}"`
  // A narrow screen has no heads over the cells.
  const named = long ? nothing : html` data-t=${theme}`
  return html`<td><a${look} href=#${address} aria-label="${label}"${named}>${figure}</a>`
}

/** `3 pass, 1 unsupported` */
function countsInWords(cases: readonly CaseRecord[]): string {
  const counts = new Map<string, number>()
  for (const { verdict } of cases) counts.set(verdict, (counts.get(verdict) ?? 0) + 1)
  return [...counts].map(([verdict, count]) => `${count} ${verdict}`).join(', ') || countOf(0, 'case')
}

const empty = trusted('<td>')
