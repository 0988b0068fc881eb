/**
 * Puts text between two lines of a file that somebody keeps, such as a README: `<!-- ipcmark:begin -->` and
 * `<!-- ipcmark:end -->`. Every other byte of the file stays as it is, and so do its mode and its line ends. A file without
 * exactly one of each, in this order, is refused and left alone; lines in a fence of code are an example, and do not count.
 */

import fs from 'node:fs'
import { markdownOf } from '../../reports/markdown.ts'
import { everything, selectionOf } from '../../reports/markdown-selection.ts'
import { measuredOf } from '../../reports/view/measured.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import type { Runs } from '../model.ts'
import { diskError } from '../record/error.ts'
import { nothingRan, usage } from './failures.ts'
import { replaceFile } from './reports.ts'

/** What of a report the first marker asks for: all of it, or `<!-- ipcmark:begin pingpong family:pipe -->`. */
export function spliceReport(file: string, runs: Runs): void {
  splice(file, (words) => {
    const rows = runs.flatMap((run) => measuredOf(run).rows)
    const known = new Set([...mechanisms.map(({ id }) => id), ...rows.map(({ cell }) => cell.mechanism)])
    const selection = words.length === 0 ? everything : selectionOf(words, [...known])
    if (typeof selection === 'string') throw usage(`${file}, in its line '<!-- ipcmark:begin': ${selection}`)
    if (selection.narrowed && !rows.some(({ cell }) => selection.figures(cell))) {
      throw nothingRan(`no figure fits '${words.join(' ')}', which ${file} asks for.`)
    }
    return markdownOf(runs, selection, 2)
  })
}

/** `make` is given the words that stand in the first marker, as in `<!-- ipcmark:begin pingpong family:pipe -->`. */
export function splice(file: string, make: (words: readonly string[]) => string): void {
  const before = read(file)
  // One character for each byte: whatever the file is encoded in, what is not touched is put back as it was.
  const text = before.toString('latin1')
  const { words, from, to, newline } = placeIn(text, file)
  const made = `\n${make(words)}\n`.replaceAll('\n', newline)
  const after = Buffer.concat([before.subarray(0, from), Buffer.from(made), before.subarray(to)])
  if (after.equals(before)) return
  refuseProtected(file)
  replaceFile(fs.realpathSync(file), [after], fs.statSync(file))
}

interface Found {
  readonly words: readonly string[]
  /** Behind the line of the first marker, and where the line of the second begins. */
  readonly from: number
  readonly to: number
  readonly newline: '\n' | '\r\n'
}

function placeIn(text: string, file: string): Found {
  const lines = linesOf(text)
  const begins = lines.flatMap((line) => {
    const [, words] = /^ {0,3}<!-- ipcmark:begin((?: [^>]*?)?) *-->[ \t]*\r?\n?$/.exec(line.text) ?? []
    return words === undefined ? [] : [{ ...line, words: wordsIn(words) }]
  })
  const ends = lines.filter((line) => /^ {0,3}<!-- ipcmark:end -->[ \t]*\r?\n?$/.test(line.text))
  const [begin, end] = [one(begins, 'begin', file), one(ends, 'end', file)]
  if (end.at < begin.at) {
    throw usage(`${file} has its line '<!-- ipcmark:end -->' before '<!-- ipcmark:begin -->': change their order.`)
  }
  return {
    words: begin.words,
    from: begin.at + begin.text.length,
    to: end.at,
    newline: begin.text.endsWith('\r\n') ? '\r\n' : '\n',
  }
}

const wordsIn = (latin: string): string[] => Buffer.from(latin, 'latin1').toString().split(' ').filter(Boolean)

function one<Line>(found: readonly Line[], name: 'begin' | 'end', file: string): Line {
  const [only, another] = found
  const marker = `<!-- ipcmark:${name} -->`
  if (only === undefined) throw usage(`${file} has no line '${marker}': put it where the figures are to be.`)
  if (another !== undefined) throw usage(`${file} has ${found.length} lines '${marker}': leave one.`)
  return only
}

/** With where each begins; those within a fence of code are left out. */
function linesOf(text: string): { readonly text: string; readonly at: number }[] {
  let at = 0
  let fence: string | undefined
  return text.split(/(?<=\n)/).flatMap((line) => {
    const own = { text: line, at }
    at += line.length
    const [, mark] = /^ {0,3}(`{3,}|~{3,})/.exec(line) ?? []
    if (fence === undefined) {
      fence = mark
      return mark === undefined ? [own] : []
    }
    if (mark?.startsWith(fence) && /^[`~\s]*$/.test(line)) fence = undefined
    return []
  })
}

function read(file: string): Buffer {
  const kind = fs.statSync(file, { throwIfNoEntry: false })
  if (kind === undefined) throw usage(`there is no file ${file} to put anything into.`)
  if (!kind.isFile()) throw usage(`${file} is no file that anything can be put into.`)
  try {
    return fs.readFileSync(file)
  } catch (cause) {
    throw diskError(file, `read ${file}`, cause)
  }
}

/** A file may be replaced by who may write its folder; one that is protected is meant to stay as it is. */
function refuseProtected(file: string): void {
  try {
    fs.accessSync(file, fs.constants.W_OK)
  } catch (cause) {
    throw diskError(file, `write ${file}`, cause)
  }
}
