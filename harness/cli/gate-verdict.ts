/** What a gate is asked, and what it tells: the verdict in words, beside the record as Markdown, and as an exit code. */

import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { gateMarkdown } from '../../reports/gate/markdown.ts'
import { gateText } from '../../reports/gate/terminal.ts'
import type { Policy } from '../gate/policy.ts'
import type { Rules } from '../gate/rules.ts'
import { exitCodes, type GateRecord, type GateVerdict } from '../model.ts'
import { diskError } from '../record/error.ts'
import type { ArmSpec } from './arms.ts'
import { columns } from './columns.ts'
import { nothingRan } from './failures.ts'
import { nearby } from './finish.ts'
import type { Wanted } from './gate-injection.ts'
import type { Recorded } from './recording.ts'
import { writeReports } from './reports.ts'
import { paintFor, terminalOf } from './screen.ts'
import type { Words } from './words.ts'

export interface Asked {
  readonly words: Words
  readonly arms: Readonly<Record<'a' | 'b', ArmSpec>>
  readonly rules: Rules
  readonly policy: Policy
  readonly seed: number
  /** What slows B down on purpose. */
  readonly wanted: Wanted | undefined
}

const codes: Readonly<Record<GateVerdict, number>> = {
  pass: exitCodes.pass,
  fail: exitCodes.failure,
  inconclusive: exitCodes.inconclusive,
}

/** Writes the reports, prints the verdict, also where they cannot be written, and turns it into an exit code. */
export function told(found: GateRecord, recorded: Recorded, words: Words): number {
  if (found.cells.length === 0 && found.broken.length === 0) {
    const [first] = found.unmeasured
    throw nothingRan(`no cell could be measured in A${first === undefined ? '' : `: ${first.what}: ${first.message}`}.`)
  }
  let files: readonly string[] = []
  try {
    files = [inMarkdown(found, recorded.folder), ...writeReports([recorded.run], recorded.folder)]
  } finally {
    if (!words.flag('json')) process.stdout.write(inWords(found, [recorded.file, ...files]))
  }
  return words.flag('warn-only') ? exitCodes.pass : codes[found.verdict]
}

function inMarkdown(found: GateRecord, folder: string): string {
  const file = path.join(folder, 'gate.md')
  try {
    writeFileSync(file, gateMarkdown(found))
  } catch (cause) {
    throw diskError(file, `write ${file}`, cause)
  }
  return file
}

function inWords(found: GateRecord, files: readonly string[]): string {
  const paint = paintFor(process.stdout)
  const rows = [...files.map((file, at) => [at === 0 ? 'files' : '', nearby(file)]), ['again', found.again]]
  const dimmed = rows.map(([name = '', value = '']) => [paint('dim', name), value])
  return `\n${gateText(found, terminalOf(process.stdout))}\n${columns(dimmed)}\n`
}
