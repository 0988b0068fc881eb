/**
 * How lines are told apart: each of eight has a shape for its points and a pattern of dashes beside its colour, so that no
 * one has to see colours. The colours are in the style; here are the shapes, once for the page.
 */

import { shownName } from '../../view/scenes.ts'
import { type Html, html, trusted } from '../escape.ts'

/** So many lines are told apart in one picture; the others are grey. */
export const slots = 8

/**
 * Drawn from a point, with relative moves only: one path has the shapes of a whole line. They are short, because there are
 * hundreds: dots and squares are ends of a wide stroke that goes nowhere, whose form is in the style.
 */
const shapes: readonly string[] = [
  'h0',
  'h0',
  'm0-4l4 4l-4 4l-4-4z',
  'm0-4l4 7h-8z',
  'm0 4l4-7h-8z',
  'm-4 0h8m-4-4v8',
  'm-4 0h8',
  'm-3-3l6 6m0-6l-6 6',
]

/** A ring round a point about which there is something to know. */
export const ring = 'm-6.5 0a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0'

export const shapeIn = (slot: number): string => shapes[slot % slots] ?? ''

const sample = (slot: number): Html =>
  html`<symbol id="key-${slot}" viewBox="0 0 30 12"><path class="cl" d="M1 6H29"/><path class="cp" d="M15 6${trusted(shapeIn(slot))}"/></symbol>`

/** Goes into the page once, before the first chart. */
export const glyphLibrary: Html = html`<svg width="0" height="0" class="library" aria-hidden="true"><defs>${shapes.map((_, slot) => sample(slot))}</defs></svg>`

/** A line with its shape and its name beside it. */
export const key = (slot: number, name: string): Html =>
  html`<li><svg class="key s${slot}" aria-hidden="true"><use href="#key-${slot}"/></svg>${shownName(name)}`
