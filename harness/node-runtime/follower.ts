/** The side that follows: it does what the plans say that come over the link, until one says that it is over. */

import type { Outcome } from '../model.ts'
import type { Job } from './job.ts'
import type { NodeLink, ToldLink, WaitingLink } from './links/link.ts'
import { payloadOf, seeds } from './payload.ts'
import { type Plan, planReader } from './plan.ts'
import { type Consumer, newSide } from './side.ts'

export const follow = (link: NodeLink, job: Job, of: Consumer): Promise<Outcome> => {
  const follower = job.workload === 'pingpong' ? responder(link, job, of) : consumer(link, job, of)
  return link.waits ? followWaiting(link, follower) : followTold(link, follower)
}

interface Follower {
  /** Takes the next message; answers what it has to say once there is no more. */
  take(message: Uint8Array): Outcome | undefined
}

async function followWaiting(link: WaitingLink, { take }: Follower): Promise<Outcome> {
  for (;;) {
    const outcome = take(link.receive())
    if (outcome !== undefined) return outcome
  }
}

const followTold = (link: ToldLink, { take }: Follower): Promise<Outcome> =>
  new Promise((resolve, reject) => {
    let failed = false
    link.listen((message) => {
      if (failed) return
      try {
        const outcome = take(message)
        if (outcome !== undefined) resolve(outcome)
      } catch (error) {
        failed = true
        reject(error)
      }
    }, reject)
  })

/** What both have in common: plans come between phases, and a phase has so many messages. */
function phased(
  size: number,
  phase: { begin(plan: Plan): void; message(message: Uint8Array): void; end(): void; report(): Outcome },
): Follower {
  const readPlan = planReader(size)
  let left = 0
  return {
    take(message) {
      if (left > 0) {
        phase.message(message)
        left--
        if (left === 0) phase.end()
        return undefined
      }
      const plan = readPlan(message)
      if (plan === undefined) return undefined
      if (plan.messages === 0) return phase.report()
      left = plan.messages
      phase.begin(plan)
      return undefined
    },
  }
}

function responder(link: NodeLink, { size }: Job, of: Consumer): Follower {
  const side = newSide(link, size, {
    out: payloadOf(size, seeds.pong, link.apart),
    into: payloadOf(size, seeds.ping, link.apart),
    of,
  })
  return phased(size, {
    begin: side.begin,
    message(message) {
      side.verify(message)
      void link.send(side.outgoing())
    },
    end: side.end,
    report: side.report,
  })
}

/** What is left when the messages do not divide evenly is no batch. */
function consumer(link: NodeLink, { size }: Job, of: Consumer): Follower {
  const side = newSide(link, size, { into: payloadOf(size, seeds.stream), of })
  let batchNs: number[] = []
  let perBatch = 1
  let inBatch = 0
  let before = 0n
  return phased(size, {
    begin(plan) {
      perBatch = plan.perBatch
      batchNs = []
      inBatch = 0
      side.begin()
      before = process.hrtime.bigint()
    },
    message(message) {
      side.verify(message)
      if (++inBatch < perBatch) return
      const now = process.hrtime.bigint()
      batchNs.push(Number(now - before))
      before = now
      inBatch = 0
    },
    end: side.end,
    report() {
      const outcome = side.report()
      return { ...outcome, out: { ...outcome.out, throughput: { messagesPerBatch: perBatch, batchNs } } }
    },
  })
}
