/**
 * The figures behind the findings of a table of traits: what cases noted without judging it, and what launches lost or took
 * to connect. A record may come from anywhere, so that a value of another shape than expected is no figure.
 */

import type { CellSummary } from '../../harness/measure/summary.ts'
import type { Out } from '../../harness/model.ts'
import { bytes, grouped, percent, significant } from './numbers.ts'
import type { Column } from './traits-columns.ts'
import { shorten, visibleLine } from './visible.ts'
import { countOf } from './words.ts'

type Says = (value: Out) => string | undefined

const longest = 40
const text =
  (says: (value: string) => string): Says =>
  (value) =>
    typeof value === 'string' && value !== '' ? says(shorten(visibleLine(value), longest)) : undefined

const isCount = (value: Out | undefined): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value >= 0
const count =
  (says: (value: number) => string): Says =>
  (value) =>
    isCount(value) ? says(value) : undefined

const membersOf = (value: Out): Readonly<Record<string, Out>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, Out>>) : {}

/** `65 536 B in 16 sends`, or how many of those that were sent had room. */
const capacity: Says = (value) => {
  if (isCount(value)) return bytes(value)
  const { sends, bytes: held, arrived } = membersOf(value)
  if (!isCount(sends)) return undefined
  if (isCount(held)) return `held ${bytes(held)} in ${countOf(sends, 'send')}`
  return isCount(arrived) ? `kept ${grouped(arrived)} of ${countOf(sends, 'send')}` : undefined
}

/** What cases note, by name, and where it is told. */
const noted: { readonly [C in Column]?: Readonly<Record<string, Says>> } = {
  capacity: { capacity, longest: count((value) => `longest ${bytes(value)}`) },
  atomicity: { torn: count((value) => (value === 0 ? 'none torn' : `beyond it ${grouped(value)} torn`)) },
  death: {
    detectionMs: count((value) => `told after ${significant(value)} ms`),
    arrivedAfterDeath: count((value) => `${bytes(value)} of a cut send came`),
    moved: (value) =>
      text((said) => `a waiting sender: ${said}`)(value) ??
      count((it) => `a waiting sender had sent ${bytes(it)}`)(value),
  },
  waiting: { 'revents-at-the-end': text((value) => `seen at the end: ${value}`) },
}

export function notedFigures(column: Column, findings: Readonly<Record<string, Out>> = {}): string[] {
  return Object.entries(noted[column] ?? {}).flatMap(([name, says]) => {
    const value = Object.hasOwn(findings, name) ? findings[name] : undefined
    return value === undefined ? [] : (says(value) ?? [])
  })
}

/** Of launches over a mechanism; how long something takes is told only where it was not imitated. */
export function launchFigures(column: Column, rows: readonly CellSummary[], imitated: boolean): string[] {
  if (column === 'reliability') {
    const losses = rows.flatMap(({ loss }) => loss ?? [])
    if (losses.length === 0) return []
    const most = losses.reduce((so, loss) => Math.max(so, loss), 0)
    return [most === 0 ? 'launches lost none' : `launches lost up to ${percent(most)}`]
  }
  if (column !== 'connection' || imitated) return []
  const connecting = rows.find(({ cell, stages }) => cell.runtime === 'native' && isCount(stages?.connect))
  return connecting?.stages?.connect === undefined ? [] : [`takes ${significant(connecting.stages.connect / 1000)} µs`]
}
