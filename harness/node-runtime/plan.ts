/**
 * What the side that leads says before each phase, over the link itself, as native code does (native/workloads/plan.h), and
 * how many messages it says (native/workloads/pace.h).
 */

import { crcOf } from '../pair/bytes.ts'
import type { Job } from './job.ts'

export interface Plan {
  /** None: the end. */
  readonly messages: number
  readonly perBatch: number
}

export const theEnd: Plan = { messages: 0, perBatch: 0 }

/** Two numbers and their checksum, of 64 bits each. */
const numbersLength = 24

/** In as many messages of the workload's size as it takes, each with memory of its own. */
export function planMessages({ messages, perBatch }: Plan, size: number): Buffer[] {
  const count = Math.ceil(numbersLength / size)
  const bytes = Buffer.alloc(count * size)
  bytes.writeBigUInt64LE(BigInt(messages), 0)
  bytes.writeBigUInt64LE(BigInt(perBatch), 8)
  bytes.writeBigUInt64LE(BigInt(crcOf(bytes.subarray(0, 16))), 16)
  if (count === 1) return [bytes]
  return Array.from({ length: count }, (_, i) => Buffer.from(bytes.buffer.slice(i * size, (i + 1) * size)))
}

/** Takes the messages of a plan one by one; answers it with the last of them. Throws when they are none. */
export function planReader(size: number): (message: Uint8Array) => Plan | undefined {
  const count = Math.ceil(numbersLength / size)
  let parts: Buffer[] = []
  return (message) => {
    parts.push(Buffer.from(message))
    if (parts.length < count) return undefined
    const bytes = Buffer.concat(parts)
    parts = []
    const plan = { messages: Number(bytes.readBigUInt64LE(0)), perBatch: Number(bytes.readBigUInt64LE(8)) }
    const told = Number.isSafeInteger(plan.messages) && (plan.messages === 0 || plan.perBatch > 0)
    if (told && bytes.equals(Buffer.concat(planMessages(plan, size)))) return plan
    throw new Mismatch('what came where the next phase is announced is not what was sent')
  }
}

/** What came is not what was sent. */
export class Mismatch extends Error {
  override readonly name = 'Mismatch'
}

const mostAttempts = 5

/** Phases that double warm up; those that follow are measured, and the last is the one that counts. */
export async function runPhases(
  { warmupMs, measureMs }: Pick<Job, 'warmupMs' | 'measureMs'>,
  fewest: number,
  phase: (messages: number) => Promise<{ readonly elapsedMs: number }>,
): Promise<void> {
  const began = performance.now()
  let messages = 1
  let last = await phase(messages)
  while (performance.now() - began < warmupMs) {
    messages *= 2
    last = await phase(messages)
  }
  for (let attempt = 0; attempt < mostAttempts; attempt++) {
    const each = Math.max(1e-6, last.elapsedMs) / messages
    messages = Math.max(fewest, Math.floor(measureMs / each))
    last = await phase(messages)
    if (last.elapsedMs >= (measureMs * 3) / 4) return
  }
}
