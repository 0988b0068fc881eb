/**
 * The charts of the page: drawn once, as pictures that need no script, no motion and no network. What they show is made by
 * their own modules; each has the table of its numbers beside it, and is left away where the runs have nothing for it.
 */

import type { Book, Section } from '../book.ts'
import { html } from '../escape.ts'
import { imitated } from '../imitated.ts'
import { latencyAgainstSize, throughputAgainstSize } from './against-size.ts'
import { type ChartOf, chartOf } from './chart.ts'
import { costPerMessage } from './cost.ts'
import { glyphLibrary } from './glyphs.ts'
import { latencyAgainstLoad } from './load.ts'
import { nativeAgainstNode } from './node.ts'
import { rateAgainstPeers } from './peers.ts'
import { percentileCurves } from './percentiles.ts'
import { placementMap } from './placement.ts'

const inReadingOrder: readonly ChartOf[] = [
  latencyAgainstSize,
  throughputAgainstSize,
  percentileCurves,
  latencyAgainstLoad,
  placementMap,
  costPerMessage,
  rateAgainstPeers,
  nativeAgainstNode,
]

export function charts(book: Book): Section[] {
  const made = inReadingOrder.flatMap((make) => make(book) ?? [])
  if (made.length === 0) return []
  const markup = html`
    <section id=charts>
      <h2>Charts</h2>
      <p class=lead>Pictures of different places and conditions stand beside each other on the same scales, and are never mixed. Each line has a shape and dashes beside its colour, and each picture the table of its numbers.</p>
      ${imitated(book.places)}
      ${glyphLibrary}
      ${made.map(chartOf)}
    </section>`
  return [{ id: 'charts', title: 'Charts', markup }]
}
