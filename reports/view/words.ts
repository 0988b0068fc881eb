/**
 * Calls and outcomes as strace writes them: `write(4, "hello")`, `= 5`, `= -1 EPIPE`. Long data is abbreviated to its
 * first bytes and its length; what is not printable is escaped.
 */

import type { Arg, Out, Outcome, TraceStep } from '../../harness/model.ts'
import { grouped } from './numbers.ts'
import { shorten, visibleLine } from './visible.ts'

const longestText = 48
const longestData = 24
const longestOut = 120
const longestList = 12

/** What a call said, in the parts that a ladder shows side by side. */
export interface OutcomeWords {
  /** `= 5`, or `= -1 EPIPE`. */
  readonly result: string
  readonly failed: boolean
  /** The bytes and the values that came with it: `"hello"`, `{revents: [POLLHUP]}`. */
  readonly brought: string
}

export function callWords({ call, args }: TraceStep): string {
  const [count, , name, ...rest] = args
  if (call === 'repeat' && typeof name === 'string') return `up to ${argWords(count ?? 0)} × ${plainCall(name, rest)}`
  return plainCall(call, args)
}

/** What is called: of `repeat`, the call that it repeats. */
export const callName = ({ call, args }: TraceStep): string =>
  call === 'repeat' && typeof args[2] === 'string' ? visibleLine(args[2]) : call

const plainCall = (call: string, args: readonly Arg[]): string =>
  `${call}(${args.map((arg, index) => wordsIn(call, arg, index === args.length - 1)).join(', ')})`

/** Calls whose last number is a file's mode, which everybody reads in octal. */
const withMode = new Set(['chmod', 'fchmod', 'mkdir', 'mkfifo', 'mkfifoat', 'open', 'openat', 'shm_open', 'umask'])

function wordsIn(call: string, arg: Arg, last: boolean): string {
  // A fork names the new peer with the scope of its pair, which tells a reader nothing.
  if (call === 'fork' && typeof arg === 'string') return visibleLine(arg.split('/').at(-1) ?? '')
  if (last && typeof arg === 'number' && withMode.has(call)) return arg === 0 ? '0' : `0${arg.toString(8)}`
  return argWords(arg)
}

export function argWords(arg: Arg): string {
  if (typeof arg === 'string') return isConstant(arg) ? arg.replaceAll('|0o', '|0') : quoted(arg, longestText)
  if (typeof arg === 'number' || typeof arg === 'bigint') return String(arg)
  if (isList(arg)) return listWords(arg)
  if ('hex' in arg) return hexWords(arg.hex, arg.hex.length / 2)
  return `${countOf(arg.pattern, 'byte')} of pattern ${arg.seed}`
}

/** A list of hundreds has its first items and its length. Digits among numbers are flags that are not set. */
function listWords(list: readonly Arg[]): string {
  const numeric = list.some((item) => typeof item === 'number')
  const words = (item: Arg) => (numeric && typeof item === 'string' && /^\d+$/.test(item) ? item : argWords(item))
  const shown = list.slice(0, longestList).map(words)
  return list.length <= longestList
    ? `[${shown.join(', ')}]`
    : `[${shown.join(', ')}, … ${grouped(list.length)} in all]`
}

const isList = (arg: Arg): arg is readonly Arg[] => Array.isArray(arg)

/** `O_RDONLY|O_NONBLOCK`: a constant goes without quotes, as it does in C, and so does a mode beside one. */
const isConstant = (text: string): boolean => /^[A-Z_][A-Z0-9_]+(\|([A-Z_][A-Z0-9_]+|0o?[0-7]+))*$/.test(text)

export function outcomeWords(outcome: Outcome): OutcomeWords {
  const failed = outcome.error !== undefined
  const result = failed ? `= ${outcome.ret} ${outcome.error}` : `= ${outcome.ret}`
  const bytes = outcome.hex === undefined ? '' : hexWords(outcome.hex, outcome.length ?? outcome.hex.length / 2)
  const out =
    outcome.out === undefined || Object.keys(outcome.out).length === 0 ? '' : shorten(outWords(outcome.out), longestOut)
  return { result, failed, brought: [bytes, out].filter((part) => part !== '').join(' ') }
}

/** Printable bytes as text, others in hexadecimal; the whole length where not all of them are shown. */
export function hexWords(hex: string, length: number): string {
  if (length === 0) return '""'
  const head = Buffer.from(hex.slice(0, 2 * longestData), 'hex')
  const text = head.toString('latin1')
  const cut = length > head.length
  const printable = /^[\x20-\x7e\n\r\t]*$/.test(text)
  const shown = printable ? quoted(text, longestData) : `‹${shortHex(head)}›`
  if (!cut) return shown
  return `${shown}${printable ? '…' : ''} ${countOf(length, 'byte')}`
}

const shortHex = (bytes: Buffer): string =>
  bytes.length <= 8 ? bytes.toString('hex') : `${bytes.subarray(0, 6).toString('hex')}…`

/** In double quotes, ASCII only: what is written looks the same in every terminal and reads in one direction. */
export function quoted(whole: string, most: number): string {
  const text = whole.replace(runName, 'ipcmark-\u2026')
  const cut = text.length > most
  const body = (cut ? text.slice(0, most) : text).replace(/[\\"]|[^\x20-\x7e\u2026]/gu, escapeOf)
  return cut ? `"${body}"…` : `"${body}"`
}

/** The name of the run in the names of its objects (harness/pair/residue.ts) is long, and the same everywhere. */
const runName = /\bipcmark(?:-[a-z0-9]+){4}(?=[-/\\])/g

const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' }
const escapeOf = (character: string): string => {
  const code = character.codePointAt(0) ?? 0
  return named[character] ?? (code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`)
}

/** Values that a call filled in. Names go without quotes; one lone list or value goes without its name. */
export function outWords(out: Out, deep = false): string {
  if (typeof out === 'string') return isConstant(out) ? out : quoted(out, longestText)
  if (out === null || typeof out !== 'object') return String(out)
  if (isOutList(out)) return `[${out.map((item) => outWords(item, true)).join(', ')}]`
  const members = Object.entries(out)
  const only = members.length === 1 ? members[0] : undefined
  if (!deep && only !== undefined && typeof only[1] === 'object') return outWords(only[1], true)
  return `{${members.map(([name, value]) => `${visibleName(name)}: ${outWords(value, true)}`).join(', ')}}`
}

const isOutList = (out: Out): out is readonly Out[] => Array.isArray(out)
const visibleName = (name: string): string => (/^[\w.-]+$/.test(name) ? name : quoted(name, longestText))

/** `1 byte`, `2 bytes`, `65 536 bytes`. */
export const countOf = (count: number, what: string, plural = 's'): string =>
  `${grouped(count)} ${what}${count === 1 ? '' : plural}`
