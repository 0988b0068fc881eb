/**
 * A verdict has a shape and a word beside its colour: who sees no colours, prints in black, or hears the page, is told
 * the same.
 */

import type { Standing, Verdict } from '../../harness/model.ts'
import { standingWords } from '../view/vocabulary.ts'
import { type Html, html, trusted } from './escape.ts'

/** 16 × 16, drawn in the colour of the text around them. */
const shapes: Readonly<Record<Verdict, string>> = {
  pass: '<path d="M2.5 8.5 6.5 12.5 13.5 4" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  fail: '<path d="M3.5 3.5l9 9m0-9l-9 9" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  unsupported: '<path d="M3 8h10" fill="none" stroke="currentColor" stroke-width="2.4"/>',
  broken: '<path d="M8 1.5 15.5 14.5H.5zM7 6v4h2V6zm0 5v1.8h2V11z" fill="currentColor" fill-rule="evenodd"/>',
  crash: '<path d="M9.5.5 2.5 9H7l-1 6.5L13.5 6.5H9z" fill="currentColor"/>',
  hang: '<path d="M3 1h10v2.5L9.4 8l3.6 4.5V15H3v-2.5L6.6 8 3 3.5z" fill="currentColor"/>',
  observed:
    '<circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" stroke-width="2"/><circle cx="8" cy="8" r="2.2" fill="currentColor"/>',
}

/** The shapes, once for the whole page. */
export const shapeLibrary: Html = trusted(
  `<svg width="0" height="0" class="library" aria-hidden="true"><defs>${Object.entries(shapes)
    .map(([verdict, shape]) => `<symbol id="m-${verdict}" viewBox="0 0 16 16">${shape}</symbol>`)
    .join('')}</defs></svg>`,
)

/** The shape alone: only where the word is said beside it, or in the label of what it stands in. */
export const shape = (verdict: Verdict): Html =>
  trusted(`<svg class=m aria-hidden=true><use href="#m-${verdict}"/></svg>`)

/** Shape and word. */
export const mark = (verdict: Verdict): Html => html`<span class="v ${verdict}">${shape(verdict)}${verdict}</span>`

/** How the verdict stands to what was expected; nothing when it is as expected. */
export const standingTag = (standing: Standing): Html | undefined =>
  standing === 'expected' ? undefined : html`<span class="tag ${standing}">${standingWords[standing]}</span>`
