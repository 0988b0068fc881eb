/**
 * A comparison as one page for the browser: a forest plot, each cell a line with its interval, and the tables that say the
 * same in words. No script, and nothing from the network.
 */

import type { Comparison } from '../../harness/gate/compare.ts'
import { type Html, html, nothing, withCode } from '../html/escape.ts'
import { forest, forestStyle } from '../html/forest.ts'
import { plainPage } from '../html/plain-page.ts'
import {
  beforeWords,
  caseNews,
  caution,
  cellNews,
  figuresOf,
  groupedCases,
  groupedCells,
  nameOf,
  nothingShared,
  ratioWords,
} from './words.ts'

export function comparisonHtml(comparison: Comparison): string {
  const body = html`<main>
    <h1>${comparison.before} against ${comparison.after}</h1>
    <p class=lead>${comparison.common.cells} cells and ${comparison.common.cases} cases that both have. ${
      comparison.common.cells > 0 ? withCode(caution) : comparison.common.cases > 0 ? '' : nothingShared
    }</p>
    ${comparison.notes.map((note) => html`<p class=note>${note}</p>`)}
    ${environment(comparison)}
    ${groupedCases(comparison).map(
      ({ news, all }) => html`<section><h3>${all.length} ${caseNews[news]}</h3>
        ${table(
          ['Case', 'Where', 'Before', 'After', 'What it says'],
          all.map((one) => [one.id, one.place, beforeWords(one), one.after, one.message ?? '']),
        )}</section>`,
    )}
    ${groupedCells(comparison).map(
      ({ news, all }) => html`<section><h3>${cellNews[news].sign} ${all.length} ${cellNews[news].title}</h3>
        ${forest(
          all.map((one) => ({ ...one, kind: one.news, name: nameOf(one) })),
          `${all.length} ${cellNews[news].title}`,
        )}
        ${table(
          ['Cell', 'Before → after', 'Times the cost (95 % interval)', 'Launches'],
          all.map((one) => [nameOf(one), figuresOf(one), ratioWords(one), one.launches.join(' and ')]),
        )}</section>`,
    )}
    ${onlyIn(comparison.before, comparison.onlyBefore)}${onlyIn(comparison.after, comparison.onlyAfter)}</main>`
  return plainPage(`${comparison.before} against ${comparison.after}`, own, body)
}

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): Html => html`<table class=plain>
  <thead><tr>${heads.map((head) => html`<th scope=col>${head}`)}</thead>
  <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => (at === 0 ? html`<th scope=row>${cell}` : html`<td>${cell}`))}`)}</tbody>
</table>`

function environment({ environment: changes }: Comparison): Html {
  if (changes.length === 0) return html`<p class=note>The same machine and the same ipcmark.</p>`
  const rows = changes.map(({ what, matters, before, after }) => [matters ? `${what} (matters)` : what, before, after])
  return html`<section><h3>Environments</h3>${table(['What', 'Before', 'After'], rows)}</section>`
}

const onlyIn = (run: string, names: readonly string[]): Html =>
  names.length === 0
    ? nothing
    : html`<section><h3>${names.length} only in ${run}</h3><details><summary>Which</summary><ul class=only>${names.map((name) => html`<li>${name}`)}</ul></details></section>`

const own = `${forestStyle}
h1{font-size:1.6rem;margin-top:2.5rem;overflow-wrap:anywhere}
.only{font-size:.9rem;overflow-wrap:anywhere}
.plain{border-collapse:collapse;width:100%;font-size:.9rem}
.plain th,.plain td{text-align:left;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);vertical-align:top;overflow-wrap:anywhere}
.plain thead th{color:var(--soft);font-weight:600}
.forest .slower{color:var(--fail)}.forest .faster{color:var(--pass)}.forest .cannot-tell{color:var(--broken)}
`
