/**
 * The rows behind the figures, as the CSV that a program reads: the first of them to be looked at, and all of them packed,
 * for the script to save as a file. What stands here is bounded; the whole is also in `summary.csv`.
 */

import { summaryCsv } from '../csv.ts'
import { measuredOf } from '../view/measured.ts'
import { grouped } from '../view/numbers.ts'
import { countOf } from '../view/words.ts'
import type { Book, Section } from './book.ts'
import { deflated } from './deflated.ts'
import { html, nothing } from './escape.ts'

/** So many characters are shown; more are packed. */
const shownMost = 12_000

/** Digits beyond these would be most of the page, and none of them is measured. */
const digits = 7
const long = /(?<=,)-?\d+\.\d{5,}(?:e-?\d+)?(?=[,\n])/g

export function raw({ runs }: Book): Section[] {
  if (runs.every((run) => measuredOf(run).rows.length === 0)) return []
  const text = [...summaryCsv(runs)]
    .join('')
    .replace(long, (number) => String(Number(Number(number).toPrecision(digits))))
  const rows = text.split('\n').length - 2
  const end = text.length <= shownMost ? text.length : Math.max(text.lastIndexOf('\n', shownMost), 0)
  const shown = text.slice(0, end)
  const cut = end < text.length
  const many = cut
    ? html`The first ${grouped(shown.split('\n').length - 1)} of ${countOf(rows, 'row')}`
    : html`${countOf(rows, 'row')}`
  const markup = html`
    <section id=raw>
      <h2>Raw rows</h2>
      <p class=lead>One row for each cell, with nanoseconds, bytes and messages a second, rounded to ${digits} digits; <code>docs/data-dictionary.md</code> has the columns. <code>ipcmark report</code> makes <code>summary.csv</code>, and <code>results.csv</code> with every launch, from the record.</p>
      <p><button type=button data-save=packed-rows hidden>Save all rows as summary.csv</button></p>
      <details class=aside><summary>${many} of summary.csv</summary><pre class=rows tabindex=0 role=region aria-label="Rows of summary.csv">${shown}</pre>${cut ? html`<p class=note>The others are packed: the button saves all, and needs JavaScript.</p>` : nothing}</details>
      ${deflated('packed-rows', { name: 'summary.csv', text })}
    </section>`
  return [{ id: 'raw', title: 'Raw rows', markup }]
}
