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
import { nothingRan } from './failures.ts'
import { terminalOf } from './screen.ts'
import type { Words } from './words.ts'

export interface Asked {
  readonly words: Words
  readonly arms: Readonly<Record<'a' | 'b', ArmSpec>>
  readonly rules: Rules
  readonly policy: Policy
  readonly seed: number
}

const codes: Readonly<Record<GateVerdict, number>> = {
  pass: exitCodes.pass,
  fail: exitCodes.failure,
  inconclusive: exitCodes.inconclusive,
}

/** Prints the verdict, keeps it as Markdown beside the record, and turns it into an exit code. */
export function told(found: GateRecord, folder: string, words: Words): number {
  if (found.cells.length === 0 && found.broken.length === 0) {
    const [first] = found.unmeasured
    throw nothingRan(`no cell could be measured in A${first === undefined ? '' : `: ${first.what}: ${first.message}`}.`)
  }
  if (!words.flag('json')) {
    process.stdout.write(`\n${gateText(found, terminalOf(process.stdout))}\n  again   ${found.again}\n`)
  }
  const file = path.join(folder, 'gate.md')
  try {
    writeFileSync(file, gateMarkdown(found))
  } catch (cause) {
    throw diskError(file, `write ${file}`, cause)
  }
  return words.flag('warn-only') ? exitCodes.pass : codes[found.verdict]
}
