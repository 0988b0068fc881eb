/**
 * What a verb ends with when it cannot go on, and what a run ends with when it has: sentences and exit codes. A sentence
 * says what is wrong and what to do; a stack is shown to those who ask for it with IPCMARK_DEBUG=1, and to nobody else.
 *
 * Exit codes: 0 pass · 1 a claim does not hold that should, or an excuse is stale under --strict · 2 usage · 4 nothing ran
 * · 5 the harness itself broke · 129, 130 and 143 interrupted. What a mechanism did wrong outweighs what the harness did:
 * a run with both a regression and a broken case ends with 1.
 */

import { toldAnything } from '../../reports/view/judged.ts'
import { measuredOf } from '../../reports/view/measured.ts'
import { visible } from '../../reports/view/visible.ts'
import { exitCodes, type LaunchRecord, type Run } from '../model.ts'
import { NativeMissing } from '../native.ts'
import { AgentFailure } from '../pair/failures.ts'
import { RecordError } from '../record/error.ts'

/** Ends the verb with a sentence on standard error and an exit code. */
export class Ending extends Error {
  override readonly name = 'Ending'
  readonly exitCode: number
  constructor(sentence: string, exitCode: number) {
    super(sentence)
    this.exitCode = exitCode
  }
}

export const usage = (sentence: string): Ending => new Ending(sentence, exitCodes.usage)
export const nothingRan = (sentence: string): Ending => new Ending(sentence, exitCodes.nothingRan)

/** A record that cannot be read is the wrong one, or a damaged one: either way another has to be named. */
export function orUsage<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof RecordError) throw usage(error.message)
    throw error
  }
}

export interface Failure {
  readonly exitCode: number
  /** For standard error. */
  readonly text: string
}

/** Everything that is not known is a mistake in ipcmark, and says so. */
export function failureOf(error: unknown, debug = process.env.IPCMARK_DEBUG === '1'): Failure {
  // It may name what came from outside: a file, a run, a case.
  const message = visible(error instanceof Error ? error.message : String(error))
  const exitCode = error instanceof Ending ? error.exitCode : exitCodes.harnessBroke
  const stack = debug && error instanceof Error ? `\n${error.stack}` : ''
  if (isForeseen(error)) return { exitCode, text: `ipcmark: ${message}${stack}` }
  const advice = debug ? '' : ' Run it again with IPCMARK_DEBUG=1 to see where.'
  return { exitCode, text: `ipcmark: this is a mistake in ipcmark itself: ${message}.${advice}${stack}` }
}

const isForeseen = (error: unknown): boolean =>
  error instanceof Ending ||
  error instanceof AgentFailure ||
  error instanceof NativeMissing ||
  error instanceof RecordError

/** What the records of a run that went to its end amount to. */
export function exitCodeOf({ cases, launches }: Pick<Run, 'cases' | 'launches'>, strict: boolean): number {
  const regressions = cases.filter((one) => one.standing === 'regression')
  const stale = strict && cases.some((one) => one.standing === 'fixed')
  const launched = [...measuredOf({ launches }).verdicts.keys()]
  const wrong = regressions.some((one) => one.verdict !== 'broken') || launched.some(isWrong)
  if (wrong || stale) return exitCodes.failure
  const broken = regressions.length > 0 || launched.includes('broken')
  if (broken) return exitCodes.harnessBroke
  return toldAnything({ cases, launches }) ? exitCodes.pass : exitCodes.nothingRan
}

const isWrong = (verdict: LaunchRecord['verdict']): boolean =>
  verdict === 'void' || verdict === 'crash' || verdict === 'hang'
