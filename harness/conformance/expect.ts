/**
 * What a case may expect of an outcome. Each assertion ends the case with `fail` when it does not hold, in a sentence
 * that reads like the manual: "write: expected to fail with EPIPE, but it returned 1".
 */

import type { Bytes, Exit, Expected, Out, Outcome } from '../model.ts'
import { crcOf, describeBytes, materialise } from '../pair/bytes.ts'
import { ExpectationFailed } from './expectation-failed.ts'

const fail = (expected: string, observed: string): never => {
  throw new ExpectationFailed(expected, observed)
}

/** An outcome in words: `it returned 5`, `it failed with EPIPE (32)`. */
export function describeOutcome(outcome: Outcome): string {
  const bytes = outcome.hex === undefined ? '' : ` with ${describeReceived(outcome)}`
  if (outcome.error !== undefined) return `it failed with ${outcome.error} (${outcome.code})${bytes}`
  return `it returned ${outcome.ret}${bytes}`
}

function describeReceived(outcome: Outcome): string {
  const bytes = Buffer.from(outcome.hex ?? '', 'hex')
  return describeBytes(bytes.subarray(0, 32), outcome.length ?? bytes.length)
}

export function describeExpected(expected: Expected): string {
  if ('ret' in expected) return `to return ${expected.ret}`
  if ('transferred' in expected) return `to succeed and move ${expected.transferred} bytes`
  return `to fail with ${[expected.error].flat().join(' or ')}`
}

export function meets(outcome: Outcome, expected: Expected): boolean {
  if ('error' in expected) return outcome.error !== undefined && [expected.error].flat().includes(outcome.error)
  if (outcome.error !== undefined) return false
  return 'ret' in expected ? outcome.ret === expected.ret : movedBy(outcome) === expected.transferred
}

/** How many bytes a successful transfer moved: where the return value is a bare yes, the call said so beside it. */
export const movedBy = (outcome: Outcome): number => Number(outcome.length ?? outcome.out?.transferred ?? outcome.ret)

export interface OutcomeAssertions {
  /** It succeeded and returned exactly this. */
  toReturn(ret: number): void
  /** It succeeded, whatever it returned. */
  toSucceed(): void
  /** It failed with this error, or with one of these. */
  toFail(...errors: string[]): void
  /** What a trait says. */
  toBe(expected: Expected): void
  /** It brought exactly these bytes. */
  toBring(data: Bytes): void
  /** It failed with this error, and brought exactly these bytes all the same. */
  toFailBringing(error: string, data: Bytes): void
  /** `out.NAME` equals this. */
  toGive(name: string, value: Out): void
}

export interface ValueAssertions {
  toEqual(value: Out): void
  toBeBetween(lowest: number, highest: number): void
}

export interface ExitAssertions {
  toBeKilledBy(signal: string): void
  toHaveExitedWith(code: number): void
}

function brought(outcome: Outcome, data: Bytes): boolean {
  const bytes = materialise(data)
  return outcome.length === bytes.length && outcome.crc === crcOf(bytes)
}

function describeSent(data: Bytes): string {
  const bytes = materialise(data)
  return describeBytes(bytes.subarray(0, 32), bytes.length)
}

/** Expectations on what a call said. `what` names it in the sentence. */
export function expectOutcome(outcome: Outcome, what = 'the call'): OutcomeAssertions {
  const observed = () => describeOutcome(outcome)
  return {
    toReturn: (ret) => meets(outcome, { ret }) || fail(`${what} to return ${ret}`, observed()),
    toSucceed: () => outcome.error === undefined || fail(`${what} to succeed`, observed()),
    toFail: (...errors) =>
      meets(outcome, { error: errors }) || fail(`${what} to fail with ${errors.join(' or ')}`, observed()),
    toBe: (expected) => meets(outcome, expected) || fail(`${what} ${describeExpected(expected)}`, observed()),
    toBring: (data) => {
      const same = outcome.error === undefined && brought(outcome, data)
      if (!same) fail(`${what} to bring ${describeSent(data)}`, observed())
    },
    toFailBringing: (error, data) => {
      const same = outcome.error === error && brought(outcome, data)
      if (!same) fail(`${what} to fail with ${error} and bring ${describeSent(data)}`, observed())
    },
    toGive: (name, value) => {
      const given = outcome.out?.[name]
      if (JSON.stringify(given) !== JSON.stringify(value)) {
        fail(
          `${what} to give ${name} ${JSON.stringify(value)}`,
          outcome.error ? observed() : `it gave ${JSON.stringify(given)}`,
        )
      }
    },
  }
}

/** Expectations on any value that a case worked out. */
export function expectValue(value: Out, what: string): ValueAssertions {
  return {
    toEqual: (wanted) => {
      if (JSON.stringify(value) !== JSON.stringify(wanted))
        fail(`${what} to be ${JSON.stringify(wanted)}`, `it was ${JSON.stringify(value)}`)
    },
    toBeBetween: (lowest, highest) => {
      const inside = typeof value === 'number' && value >= lowest && value <= highest
      if (!inside) fail(`${what} to be between ${lowest} and ${highest}`, `it was ${JSON.stringify(value)}`)
    },
  }
}

/** Expectations on how a process ended. */
export function expectExit(exit: Exit, who: string): ExitAssertions {
  const observed = exit.signal
    ? `it was killed by ${exit.signal}`
    : `it exited with ${exit.code ?? 'a code that nobody saw'}`
  return {
    toBeKilledBy: (signal) => exit.signal === signal || fail(`${who} to be killed by ${signal}`, observed),
    toHaveExitedWith: (code) => exit.code === code || fail(`${who} to exit with ${code}`, observed),
  }
}
