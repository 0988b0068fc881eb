/**
 * The rows behind the figures, as the CSV that a program reads: the first of them to be looked at, and all of them packed,
 * for the script to save as a file. What stands here is bounded; the whole is also in `summary.csv`.
 */

import { roundedSummary } from '../csv.ts'
import { measuredOf } from '../view/measured.ts'
import { grouped } from '../view/numbers.ts'
import { countOf } from '../view/words.ts'
import type { Book, Section } from './book.ts'
import { deflated } from './deflated.ts'
import { html, nothing } from './escape.ts'

/** So many characters are shown; more are packed. */
const shownMost = 4000

/** Digits beyond these would be most of the page, and none of them is measured. */
const digits = 7

export function raw({ runs }: Book): Section[] {
  if (runs.every((run) => measuredOf(run).rows.length === 0)) return []
  const records = [...roundedSummary(runs, digits)]
  const text = records.join('')
  const rows = records.length - 1
  const first = firstOf(records)
  const shown = first.join('')
  const cut = first.length < records.length
  const many = cut
    ? html`The first ${grouped(Math.max(first.length - 1, 0))} of ${countOf(rows, 'row')}`
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

/** As many whole rows as there is room for: a text of one may have lines and commas of its own. */
function firstOf(records: readonly string[]): string[] {
  let length = 0
  const end = records.findIndex((record) => {
    length += record.length
    return length > shownMost
  })
  return end < 0 ? [...records] : records.slice(0, end)
}
