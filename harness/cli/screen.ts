/** What a stream is to a reader: how wide it is, and whether colours are wanted there. NO_COLOR and FORCE_COLOR decide. */

import { type Format, inkOf, span } from '../../reports/terminal/ink.ts'
import type { TerminalOptions } from '../../reports/terminal/ladder.ts'

export interface Stream {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Text in a format, or as it stands where colours are not wanted. */
export type Paint = (format: Format, text: string) => string

type Variables = Readonly<Record<string, string | undefined>>

/** The same as the variable NO_COLOR, wherever it stands among the words. */
export const withoutColour = '--no-color'

export function wantsColour(stream: Stream, variables: Variables = process.env): boolean {
  if ((variables.NO_COLOR ?? '') !== '') return false
  const forced = variables.FORCE_COLOR
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return stream.isTTY === true && variables.TERM !== 'dumb'
}

export function paintFor(stream: Stream, variables?: Variables): Paint {
  const ink = inkOf(wantsColour(stream, variables))
  return (format, text) => ink(span(text, format))
}

/** Where a stream is no terminal, lines are as long as they are easy to read. */
const readableColumns = 100

export const terminalOf = (stream: Stream, variables?: Variables): TerminalOptions => ({
  columns: stream.isTTY === true && stream.columns !== undefined ? stream.columns : readableColumns,
  colour: wantsColour(stream, variables),
})
