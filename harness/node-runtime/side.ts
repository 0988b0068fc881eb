/** One side of a loop: what it sends and expects, what it has counted, and what it says of that in the end. */

import { median } from '../measure/statistics.ts'
import type { Outcome, Usage } from '../model.ts'
import { native } from '../native.ts'
import { crcOf } from '../pair/bytes.ts'
import { LinkFailure, type NodeLink } from './links/link.ts'
import { newTally, type Payload } from './payload.ts'
import { Mismatch } from './plan.ts'

/** Whose consumption is counted: a process's own, all its threads included, or that of a thread which shares one. */
export type Consumer = 'process' | 'thread'

export interface NodeSide {
  /** The next message to be sent, which counts as sent. */
  outgoing(): Uint8Array
  /** Reads every byte of a message that came; throws a `Mismatch`. */
  verify(message: Uint8Array): void
  begin(): void
  end(): void
  readonly elapsedMs: number
  /** Of the last phase. */
  report(): Outcome
}

export function newSide(
  link: NodeLink,
  size: number,
  { out, into, of }: { readonly out?: Payload; readonly into?: Payload; readonly of: Consumer },
): NodeSide {
  const tally = newTally()
  const usageNow = (): Usage => native().usage[of]()
  const callsNow = () => link.systemCalls?.() ?? 0
  let before = { at: process.hrtime.bigint(), usage: usageNow(), calls: callsNow() }
  let after = before
  const elapsedNs = () => Number(after.at - before.at)
  return {
    outgoing() {
      const { message, crc, advance } = out as Payload
      const next = message()
      tally.add(crc())
      advance()
      return next
    },
    verify(message) {
      const { message: expected, crc, advance } = into as Payload
      if (!expected().equals(message)) throw new Mismatch(mismatchSentence(tally.messages, message, expected()))
      tally.add(crc())
      advance()
    },
    begin() {
      tally.clear()
      out?.restart()
      into?.restart()
      before = { usage: usageNow(), calls: callsNow(), at: process.hrtime.bigint() }
    },
    end() {
      after = { at: process.hrtime.bigint(), usage: usageNow(), calls: callsNow() }
    },
    get elapsedMs() {
      return elapsedNs() / 1e6
    },
    report: () => ({
      ret: tally.messages,
      ns: elapsedNs(),
      out: {
        messages: tally.messages,
        bytes: tally.messages * size,
        checksum: tally.checksum(),
        ...(link.systemCalls === undefined ? {} : { syscalls: after.calls - before.calls }),
        usage: { ...difference(after.usage, before.usage) },
        elapsedNs: elapsedNs(),
        timer: timerFacts(),
      },
    }),
  }
}

function mismatchSentence(number: number, got: Uint8Array, expected: Buffer): string {
  if (got.length !== expected.length) {
    return `message ${number} is not what was sent: it has ${got.length} bytes, not ${expected.length}`
  }
  const differs = expected.findIndex((byte, at) => byte !== got[at])
  return `message ${number} is not what was sent: byte ${differs} of ${expected.length} is the first that differs, CRC ${crcOf(got)} instead of ${crcOf(expected)}`
}

/** The peak of memory is the later one: it only grows. */
const difference = (later: Usage, earlier: Usage): Usage => ({
  userNs: later.userNs - earlier.userNs,
  systemNs: later.systemNs - earlier.systemNs,
  voluntarySwitches: later.voluntarySwitches - earlier.voluntarySwitches,
  involuntarySwitches: later.involuntarySwitches - earlier.involuntarySwitches,
  minorFaults: later.minorFaults - earlier.minorFaults,
  maxRssKib: later.maxRssKib,
})

/** What reading the clock costs from here, the median of some tries, and its smallest step. */
function timerFacts(): { source: string; costNs: number; resolutionNs: number } {
  const [tries, reads] = [21, 100]
  let resolutionNs = Number.POSITIVE_INFINITY
  const costs = Array.from({ length: tries }, () => {
    const began = process.hrtime.bigint()
    let last = began
    for (let i = 0; i < reads; i++) {
      const now = process.hrtime.bigint()
      if (now > last) resolutionNs = Math.min(resolutionNs, Number(now - last))
      last = now
    }
    return Number(last - began) / reads
  })
  return { source: 'process.hrtime.bigint', costNs: median(costs), resolutionNs }
}

/** What a side answers that could not go on. */
export function failureOf(error: unknown): Outcome {
  const because = error instanceof Mismatch ? 'mismatch' : error instanceof LinkFailure ? kindOf(error) : 'harness'
  return { ret: -1, ns: 0, out: { failure: error instanceof Error ? error.message : String(error), because } }
}

const kinds = ['end-of-file', 'unsupported', 'mismatch']
const kindOf = ({ code }: LinkFailure): string => (kinds.includes(code) ? code : 'error')
