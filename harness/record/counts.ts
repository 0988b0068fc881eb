/**
 * The line of a launch, parsed in half the time: nearly all of it are the counts of its histogram, pairs of whole numbers.
 * They are cut out, read by a loop that knows nothing else, and put back, or only looked at. A line that is not exactly as
 * the writer writes it is parsed as any JSON is: what comes out, and what is refused, are the same.
 */

import { lastBucket, mostOfOne } from './shape.ts'

type Pair = [index: number, count: number]

/** How counts begin. In the text of a message the quotes would have a backslash each. */
const head = '"histogram":{"significantDigits":3,"unit":"ns","counts":['

interface WithCounts {
  readonly measures?: { readonly latency?: { readonly histogram?: { counts: Pair[] | null } } }
}

/** `looked-at`: they were found to be counts of buckets in their order, and there are none in what is answered. */
export function parseRecord(text: string, counts: 'kept' | 'looked-at' = 'kept'): unknown {
  const found = text.indexOf(head)
  if (found < 0) return JSON.parse(text)
  const from = found + head.length
  const pairs: Pair[] | undefined = counts === 'kept' ? [] : undefined
  const to = behindPairs(text, from, pairs)
  if (to === undefined) return JSON.parse(text)
  const rest = JSON.parse(`${text.slice(0, from - 1)}null${text.slice(to)}`) as WithCounts | null
  const histogram = rest?.measures?.latency?.histogram
  if (histogram?.counts !== null) return JSON.parse(text)
  histogram.counts = pairs ?? []
  return rest
}

const [comma, opening, closing] = [44, 91, 93]

/** Where the list ends whose first pair begins there; nothing where it is no list of counts of buckets in their order. */
function behindPairs(text: string, from: number, pairs: Pair[] | undefined): number | undefined {
  const place = { at: from }
  let before = -1
  for (;;) {
    if (text.charCodeAt(place.at++) !== opening) return undefined
    const index = wholeNumber(text, place)
    if (index <= before || index > lastBucket || text.charCodeAt(place.at++) !== comma) return undefined
    const count = wholeNumber(text, place)
    if (count < 0 || count >= mostOfOne || text.charCodeAt(place.at++) !== closing) return undefined
    before = index
    pairs?.push([index, count])
    const next = text.charCodeAt(place.at++)
    if (next === closing) return place.at
    if (next !== comma) return undefined
  }
}

/** Those of more digits are left to JSON.parse, which rounds them; so is what begins with a zero, and is refused. */
const mostDigits = 15

/** The number that begins there; -1 where none does. */
function wholeNumber(text: string, place: { at: number }): number {
  const from = place.at
  let at = from
  let value = 0
  for (let digit = text.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = text.charCodeAt(++at) - 48) {
    value = value * 10 + digit
  }
  place.at = at
  const digits = at - from
  return digits === 0 || digits > mostDigits || (digits > 1 && text.charCodeAt(from) === 48) ? -1 : value
}
