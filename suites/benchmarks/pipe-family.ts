/** What is measured of pipes. */

import { kib, mib, sameCore } from './axes.ts'
import { everyWait, inBrief, inDepth, onWindows } from './channels.ts'
import type { Benchmark } from './index.ts'

const buffers = [4 * kib, mib]

const pipes: Benchmark = {
  mechanisms: ['pipe', 'fifo'],
  cells: inDepth({ waits: everyWait, methods: ['batch', 'io-uring'], buffers }),
}

/** What the others are most often read against: on one core too, however short the time. */
const pipeOnOneCore: Benchmark = {
  mechanisms: ['pipe'],
  cells: { quick: [{ workloads: ['pingpong'], sizes: [64], conditions: [sameCore] }], default: [], thorough: [] },
}

const pipesThatArePassedPages: Benchmark = {
  mechanisms: ['vmsplice-pipe'],
  cells: inDepth({ waits: everyWait, buffers: [mib] }),
}

/** A packet is a page at most. */
const packetPipes: Benchmark = { mechanisms: ['pipe-packet'], cells: inBrief({ longest: 4 * kib }) }

/** A ring tells by itself what has ended. */
const ringPipes: Benchmark = {
  mechanisms: ['uring-pipe'],
  cells: inBrief({ waits: ['spin', 'yield', 'adaptive'] }),
}

const windowsPipes: Benchmark = {
  mechanisms: ['win-anonymous-pipe', 'win-named-pipe-byte', 'win-named-pipe-message'],
  cells: onWindows(inDepth({ waits: ['spin', 'yield', 'adaptive'] })),
}

export const pipeFamily: readonly Benchmark[] = [
  pipes,
  pipeOnOneCore,
  packetPipes,
  pipesThatArePassedPages,
  ringPipes,
  windowsPipes,
]
