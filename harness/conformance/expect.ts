/**
 * What a case may expect of an outcome. Each assertion ends the case with `fail` when it does not hold, in a sentence
 * that reads like the manual: "write: expected to fail with EPIPE, but it returned 1".
 */

import type { Bytes, Exit, Expected, Out, Outcome } from '../model.ts'
import { crcOf, describeBytes, materialise } from '../pair/bytes.ts'
import { ExpectationFailed } from './expectation-failed.ts'
import { blameMachine } from './machine.ts'

const fail = (expected: string, observed: string): never => {
  throw new ExpectationFailed(expected, observed)
}

/** An outcome in words: `it returned 5`, `it failed with EPIPE (32)`. */
export function describeOutcome(outcome: Outcome): string {
  const bytes = outcome.hex === undefined ? '' : ` with ${describeReceived(outcome)}`
  if (outcome.error !== undefined) return `it failed with ${outcome.error} (${outcome.code})${bytes}`
  if (typeof outcome.out?.result === 'string') return `it gave ${outcome.out.result}`
  return `it returned ${outcome.ret}${bytes}`
}

function describeReceived(outcome: Outcome): string {
  const bytes = Buffer.from(outcome.hex ?? '', 'hex')
  return describeBytes(bytes.subarray(0, 32), outcome.length ?? bytes.length)
}

export function describeExpected(expected: Expected): string {
  if ('anyOf' in expected) return expected.anyOf.map(describeExpected).join(', or ')
  if ('ret' in expected) return `to return ${expected.ret}`
  if ('transferred' in expected) return `to succeed and move ${expected.transferred} bytes`
  if ('result' in expected) return `to give ${expected.result}`
  return describeFailing([expected.error].flat())
}

/** `any` is every error, where the documentation names none. */
const allows = (errors: readonly string[], error: string | undefined): boolean =>
  error !== undefined && (errors.includes('any') || errors.includes(error))

const describeFailing = (errors: readonly string[]): string =>
  errors.includes('any') ? 'to fail' : `to fail with ${errors.join(' or ')}`

export function meets(outcome: Outcome, expected: Expected): boolean {
  if ('anyOf' in expected) return expected.anyOf.some((each) => meets(outcome, each))
  if ('error' in expected) return allows([expected.error].flat(), outcome.error)
  if (outcome.error !== undefined) return false
  if ('result' in expected) return outcome.out?.result === expected.result
  return 'ret' in expected ? outcome.ret === expected.ret : movedBy(outcome) === expected.transferred
}

/** No error, and no wait that was over before what it was for. */
const succeeded = ({ error, out }: Outcome): boolean => error === undefined && out?.result !== 'WAIT_TIMEOUT'

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
  toDifferFrom(value: Out): void
  /** It is a list, and this is in it. */
  toContain(value: Out): void
  /** It is a list, and this is not in it. */
  toLack(value: Out): void
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
  const deviates = (expected: string, observed = describeOutcome(outcome)): never => {
    blameMachine(outcome, what)
    return fail(`${what} ${expected}`, observed)
  }
  return {
    toReturn: (ret) => meets(outcome, { ret }) || deviates(`to return ${ret}`),
    toSucceed: () => succeeded(outcome) || deviates('to succeed'),
    toFail: (...errors) => meets(outcome, { error: errors }) || deviates(describeFailing(errors)),
    toBe: (expected) => meets(outcome, expected) || deviates(describeExpected(expected)),
    toBring: (data) => {
      if (outcome.error !== undefined || !brought(outcome, data)) deviates(`to bring ${describeSent(data)}`)
    },
    toFailBringing: (error, data) => {
      const same = outcome.error === error && brought(outcome, data)
      if (!same) deviates(`to fail with ${error} and bring ${describeSent(data)}`)
    },
    toGive: (name, value) => {
      const given = outcome.out?.[name]
      if (isSame(given, value)) return
      const observed = outcome.error === undefined ? `it gave ${JSON.stringify(given)}` : describeOutcome(outcome)
      deviates(`to give ${name} ${JSON.stringify(value)}`, observed)
    },
  }
}

/** Expectations on any value that a case worked out. */
export function expectValue(value: Out, what: string): ValueAssertions {
  const wants = (holds: boolean, expected: string) => {
    if (!holds) fail(`${what} ${expected}`, `it was ${JSON.stringify(value)}`)
  }
  const list: readonly Out[] | undefined = Array.isArray(value) ? value : undefined
  const has = (item: Out) => list?.some((each) => isSame(each, item))
  return {
    toEqual: (wanted) => wants(isSame(value, wanted), `to be ${JSON.stringify(wanted)}`),
    toDifferFrom: (other) => wants(!isSame(value, other), `to be another than ${JSON.stringify(other)}`),
    toContain: (item) => wants(has(item) === true, `to contain ${JSON.stringify(item)}`),
    toLack: (item) => wants(has(item) === false, `to be without ${JSON.stringify(item)}`),
    toBeBetween: (lowest, highest) =>
      wants(typeof value === 'number' && value >= lowest && value <= highest, `to be between ${lowest} and ${highest}`),
  }
}

const isSame = (one: Out | undefined, other: Out): boolean => JSON.stringify(one) === JSON.stringify(other)

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
