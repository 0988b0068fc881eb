/**
 * How wide text is on a screen, in columns: what East Asian scripts write takes two, what combines with the character
 * before it takes none. Text is cut between characters as a reader sees them, never inside one.
 */

import stringWidth from 'string-width'

/** What most text is made of: one column each. */
const narrow = /^[\x20-\x7e\xa0-\xac\xae-\u02ff\u2010-\u2027\u202f\u2190-\u2199\u2500-\u257f✓✗–]*$/

export const widthOf = (text: string): number => (narrow.test(text) ? text.length : stringWidth(text))

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** No character that anybody reads is written with so many. */
const longestCharacter = 32

/** As much of the beginning as has room, and the rest. What is wider than the room itself is in the first part alone. */
export function splitAt(text: string, room: number): readonly [head: string, rest: string] {
  if (narrow.test(text.slice(0, room + 1))) return [text.slice(0, room), text.slice(room)]
  const near = text.slice(0, longestCharacter * (room + 1))
  let used = 0
  for (const { segment, index } of segmenter.segment(near)) {
    const own = stringWidth(segment)
    if (used + own > room && index > 0) return [text.slice(0, index), text.slice(index)]
    used += own
  }
  return [near, text.slice(near.length)]
}

/** Cut to so many columns, the last of them an ellipsis. */
export function fitted(text: string, room: number): string {
  if (widthOf(text) <= room) return text
  const [head] = splitAt(text, Math.max(0, room - 1))
  return widthOf(head) < room ? `${head}…` : '…'
}

/** With blanks behind it, or before it, up to a width. */
export const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)))

/** A character for each column; behind one that takes two columns nothing. */
export const cellsOf = (text: string): string[] =>
  narrow.test(text)
    ? [...text]
    : [...segmenter.segment(text)].flatMap(({ segment }) => (stringWidth(segment) > 1 ? [segment, ''] : segment))
