/**
 * The side that leads. Round trips are timed by tinybench, a phase at a time: it calls what is timed exactly so many times,
 * and the reply is read between two calls. In a stream nothing is timed here: the rate is the consumer's.
 */

import { Bench, type Task } from 'tinybench'
import { indexOf } from '../measure/histogram.ts'
import type { Outcome } from '../model.ts'
import type { Job } from './job.ts'
import type { NodeLink, ToldLink, WaitingLink } from './links/link.ts'
import { payloadOf, seeds } from './payload.ts'
import { type Plan, planMessages, runPhases, theEnd } from './plan.ts'
import { type Consumer, type NodeSide, newSide } from './side.ts'

export const lead = (link: NodeLink, job: Job, of: Consumer): Promise<Outcome> =>
  job.workload === 'pingpong' ? initiate(link, job, of) : produce(link, job, of)

async function announce(link: NodeLink, plan: Plan, size: number): Promise<void> {
  for (const part of planMessages(plan, size)) await link.send(part)
}

// ---------------------------------------------------------------------------------------------------------- round trips

/** A median is printed only when ten samples lie above it. */
const fewestRoundTrips = 32

async function initiate(link: NodeLink, job: Job, of: Consumer): Promise<Outcome> {
  const { size } = job
  const side = newSide(link, size, {
    out: payloadOf(size, seeds.ping, link.apart),
    into: payloadOf(size, seeds.pong, link.apart),
    of,
  })
  const trip = link.waits ? waitingTrip(link, side) : toldTrip(link, side)
  let samples: readonly number[] = []
  await runPhases(job, fewestRoundTrips, async (messages) => {
    await announce(link, { messages, perBatch: messages }, size)
    samples = await timed(messages, trip, side)
    return side
  })
  await announce(link, theEnd, size)
  const outcome = side.report()
  return { ...outcome, out: { ...outcome.out, latency: latencyOf(samples) } }
}

/** A message there and one back; `reply` reads the one that came, once. */
interface Trip {
  readonly waits: boolean
  go(): void | Promise<void>
  readReply(): void
}

function waitingTrip(link: WaitingLink, side: NodeSide): Trip {
  let reply: Uint8Array | undefined
  return {
    waits: true,
    go() {
      link.send(side.outgoing())
      reply = link.receive()
    },
    readReply() {
      if (reply !== undefined) side.verify(reply)
      reply = undefined
    },
  }
}

function toldTrip(link: ToldLink, side: NodeSide): Trip {
  let reply: Uint8Array | undefined
  let arrived: () => void = () => {}
  let failed: (why: Error) => void = () => {}
  let over: Error | undefined
  link.listen(
    (message) => {
      reply = message
      arrived()
    },
    (why) => {
      over = why
      failed(why)
    },
  )
  return {
    waits: false,
    go: () =>
      new Promise((resolve, reject) => {
        if (over !== undefined) return reject(over)
        arrived = resolve
        failed = reject
        void link.send(side.outgoing())
      }),
    readReply() {
      if (reply !== undefined) side.verify(reply)
      reply = undefined
    },
  }
}

/** The time of each of so many round trips, in milliseconds and ascending. */
async function timed(times: number, trip: Trip, side: NodeSide): Promise<readonly number[]> {
  const bench = new Bench({
    iterations: times,
    time: 0, // so that it is exactly so many
    warmup: false, // phases do that
    retainSamples: true,
    timestampProvider: 'hrtimeNow',
    throws: true,
  })
  bench.add('round trip', () => trip.go(), {
    async: !trip.waits,
    beforeAll: side.begin,
    afterEach: trip.readReply,
    afterAll: side.end,
  })
  const [task] = trip.waits ? bench.runSync() : await bench.run()
  return samplesOf(task)
}

function samplesOf(task: Task | undefined): readonly number[] {
  const samples = task?.result !== undefined && 'latency' in task.result ? task.result.latency.samples : undefined
  if (samples === undefined) throw new Error('tinybench gave no samples')
  return samples
}

/** As native code answers it: nanoseconds, and a histogram of them. */
function latencyOf(samples: readonly number[]) {
  const counts = new Map<number, number>()
  let sum = 0
  for (const ms of samples) {
    const ns = Math.round(ms * 1e6)
    sum += ns
    const index = indexOf(ns)
    counts.set(index, (counts.get(index) ?? 0) + 1)
  }
  return {
    samples: samples.length,
    meanNs: sum / samples.length,
    minNs: Math.round((samples[0] as number) * 1e6),
    maxNs: Math.round((samples.at(-1) as number) * 1e6),
    counts: [...counts],
  }
}

// --------------------------------------------------------------------------------------------------------------- streams

async function produce(link: NodeLink, job: Job, of: Consumer): Promise<Outcome> {
  const { size, batches } = job
  const side = newSide(link, size, { out: payloadOf(size, seeds.stream, link.apart), of })
  const { gone, watched } = watch(link)
  const phase = async (messages: number) => {
    await announce(link, { messages, perBatch: Math.max(1, Math.floor(messages / batches)) }, size)
    side.begin()
    for (let i = 0; i < messages; i++) {
      const room = link.send(side.outgoing())
      if (room !== undefined) await Promise.race([room, gone])
      if (watched.over !== undefined) throw watched.over
    }
    side.end()
    return side
  }
  await runPhases(job, batches, phase)
  await announce(link, theEnd, size)
  return side.report()
}

/** The end of a link over which nothing is to come. */
function watch(link: NodeLink): { readonly gone: Promise<never>; readonly watched: { over?: Error } } {
  const watched: { over?: Error } = {}
  const gone = new Promise<never>((_, reject) => {
    if (link.waits) return
    link.listen(
      () => reject(new Error('a message came where none was to come')),
      (why) => {
        watched.over = why
        reject(why)
      },
    )
  })
  gone.catch(() => {})
  return { gone, watched }
}
