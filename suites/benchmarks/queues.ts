/** What is measured of queues: messages up to the longest that they carry as they come. */

import { kib } from './axes.ts'
import { everyWait, inDepth, onWindows } from './channels.ts'
import type { Benchmark } from './index.ts'

const posixQueues: Benchmark = {
  mechanisms: ['posix-mq'],
  cells: inDepth({ longest: 4 * kib, waits: everyWait }),
}

/** `kernel.msgmax` is 8192 where nobody has raised it. No descriptor stands for a queue of System V. */
const systemVQueues: Benchmark = {
  mechanisms: ['sysv-msg'],
  cells: inDepth({ longest: 8 * kib, waits: ['spin', 'yield', 'adaptive'] }),
}

const mailslots: Benchmark = {
  mechanisms: ['win-mailslot'],
  cells: onWindows(inDepth({ longest: 64 * kib, waits: ['spin', 'yield', 'adaptive'] })),
}

export const queues: readonly Benchmark[] = [posixQueues, systemVQueues, mailslots]
