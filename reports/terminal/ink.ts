/**
 * Colours for the terminal, or none: whoever calls knows whether they are wanted. Text is styled character by character
 * only where it is laid out, so that widths are counted before any escape sequence exists.
 */

import { styleText } from 'node:util'
import type { Verdict } from '../../harness/model.ts'

export type Format = Parameters<typeof styleText>[0]

/** Text in a format of node:util's styleText; as it stands where there is no format. */
export interface Span {
  readonly text: string
  readonly format?: Format
}

export const span = (text: string, format?: Format): Span => (format === undefined ? { text } : { text, format })

export type Ink = (...spans: readonly Span[]) => string

export const inkOf =
  (colour: boolean): Ink =>
  (...spans) =>
    // The stream is not asked: newer versions of Node would take the colours out again.
    spans
      .map(({ text, format }) =>
        colour && format !== undefined && text !== '' ? styleText(format, text, { validateStream: false }) : text,
      )
      .join('')

export const verdictColours: Readonly<Record<Verdict, Extract<Format, string>>> = {
  pass: 'green',
  fail: 'red',
  unsupported: 'gray',
  broken: 'yellow',
  crash: 'magenta',
  hang: 'magenta',
  observed: 'cyan',
}

/** A shape for each verdict, so that no news depends on a colour. */
export const verdictShapes: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  fail: '✗',
  unsupported: '–',
  broken: '!',
  crash: '↯',
  hang: '⧗',
  observed: '○',
}

/** `✗ fail` */
export const verdictSpan = (verdict: Verdict): Span =>
  span(`${verdictShapes[verdict]} ${verdict}`, verdictColours[verdict])
