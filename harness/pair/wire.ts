/**
 * The lines of PROTOCOL.md: requests are written, answers and events are read, and a line that is neither is refused.
 */

import type { Arg, Exit, Out, Outcome } from '../model.ts'

export const protocolVersion = 1

export type Answer = Outcome & { readonly id: number; readonly refused?: undefined }
export type Refusal = { readonly id: number | null; readonly refused: string }
export type Event =
  | { readonly event: 'ready'; readonly peer: string; readonly pid: number }
  | ({ readonly event: 'exit'; readonly peer: string } & Exit)
export type Line = Answer | Refusal | Event

export function requestLine(id: number, to: string, verb: string, args: readonly Arg[]): string {
  return `${[id, to, verb, ...args.map(argument)].join(' ')}\n`
}

export function argument(arg: Arg): string {
  if (typeof arg === 'number' || typeof arg === 'bigint') return String(arg)
  if (typeof arg === 'string') return JSON.stringify(arg)
  if (isList(arg)) return `[${arg.map(argument).join(' ')}]`
  return 'hex' in arg ? `hex:${arg.hex}` : `pattern:${arg.pattern}:${arg.seed}`
}

const isList = (arg: Arg): arg is readonly Arg[] => Array.isArray(arg)

/** A line of the agent; nothing when it is none. */
export function parseLine(text: string): Line | undefined {
  let line: unknown
  try {
    line = JSON.parse(text)
  } catch {
    return undefined
  }
  if (typeof line !== 'object' || line === null) return undefined
  const fields = line as Record<string, unknown>
  const answered =
    typeof fields.id === 'number' && (typeof fields.ret === 'number' || typeof fields.refused === 'string')
  const refusedWithoutId = fields.id === null && typeof fields.refused === 'string'
  const happened = (fields.event === 'ready' || fields.event === 'exit') && typeof fields.peer === 'string'
  return answered || refusedWithoutId || happened ? (line as Line) : undefined
}

/** The outcome without the envelope. */
export function outcomeOf(answer: Answer): Outcome {
  const { id: _, ...outcome } = answer
  return outcome
}

/** A member of `out` that a script relies on; its absence is the agent's fault. */
export function listOut(outcome: Outcome, name: string): readonly Out[] {
  const value = outcome.out?.[name]
  if (!Array.isArray(value)) throw new TypeError(`the call gave no list named ${name}`)
  return value as readonly Out[]
}
export const numbersOut = (outcome: Outcome, name: string): number[] => listOut(outcome, name).map(Number)
