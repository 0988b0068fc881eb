/**
 * A verdict has a shape and a word beside its colour: who sees no colours, prints in black, or hears the page, is told
 * the same. The shapes are in the style (style-marks.ts), so that a mark costs no more than its word: a page has
 * thousands.
 */

import type { Standing, Verdict } from '../../harness/model.ts'
import { standingWords } from '../view/vocabulary.ts'
import { type Html, html } from './escape.ts'

/** Shape and word. */
export const mark = (verdict: Verdict): Html => html`<span class="v ${verdict}">${verdict}</span>`

/** Shape and some words: only where they, or what it stands in, tell the verdict. */
export const marked = (verdict: Verdict, words: string | number): Html =>
  html`<span class="v ${verdict}">${words}</span>`

/** How the verdict stands to what was expected; nothing when it is as expected. */
export const standingTag = (standing: Standing): Html | undefined =>
  standing === 'expected' ? undefined : html`<span class="tag ${standing}">${standingWords[standing]}</span>`
