/** The claims: the matrix, the filter that the script brings to life, and every case. */

import { casesOf } from '../view/tally.ts'
import type { Book, Section } from './book.ts'
import { cases } from './cases.ts'
import { html } from './escape.ts'
import { casesFilter } from './filter.ts'
import { matrices } from './matrix.ts'

export function conformance(book: Book): Section[] {
  const all = casesOf(book.runs)
  if (all.length === 0) return []
  const markup = html`
    <section id=conformance>
      <h2>Conformance</h2>
      <p class=lead>Each cell is a mechanism and a theme. It shows the gravest of its verdicts and how many claims hold, and leads to its cases, each with the calls that played it. <code>ipcmark explain CASE</code> plays one again.</p>
      ${matrices(book)}
      ${casesFilter(all)}
      ${cases(book)}
    </section>`
  return [{ id: 'conformance', title: 'Conformance', markup }]
}
