/**
 * Synchronisation alone: how long it takes to wake the other process and be woken by it, with nothing carried. Locks are
 * among it, handed over as a baton, but for those that no call waits for (`lock-file`, `win-lock-file`). The console's
 * control event is not: it reaches every process of the console, whoever caused it.
 */

import type { Variant } from '../../harness/model.ts'
import { crossCore, crossCoreIdle, sameCore, unpinned } from './axes.ts'
import type { Benchmark } from './index.ts'

/** Each side tries again and again, with or without giving way; or for a while, and blocks then. */
const triedFor: readonly Variant[] = [{ wait: 'spin' }, { wait: 'yield' }, { wait: 'adaptive' }]

const alone = { workloads: ['handoff'], sizes: [0] } as const

const wakers: Benchmark = {
  mechanisms: [
    ...['futex', 'eventfd', 'eventfd-semaphore', 'posix-sem', 'posix-sem-unnamed', 'sysv-sem', 'sysv-sem-undo'],
    ...['pthread-condition', 'signal-standard', 'signal-realtime', 'signalfd', 'pidfd'],
    ...['pthread-mutex', 'pthread-mutex-robust', 'pthread-mutex-robust-pi', 'pthread-rwlock', 'futex-pi'],
    ...['flock', 'fcntl-lock', 'ofd-lock'],
    ...['win-event', 'win-semaphore', 'win-mutex', 'win-file-lock'],
  ],
  cells: {
    quick: [{ ...alone, conditions: [sameCore] }],
    default: [{ ...alone, conditions: [sameCore, crossCore, crossCoreIdle] }],
    thorough: [
      { ...alone, conditions: [sameCore, crossCore, crossCoreIdle, unpinned] },
      { ...alone, conditions: [crossCore], variants: triedFor },
      { ...alone, conditions: [sameCore], variants: [{ wait: 'yield' }] },
    ],
  },
}

/** Those that a programmer would think of first: across two cores too when there is little time. */
const foremost: Benchmark = {
  mechanisms: ['futex', 'eventfd', 'posix-sem', 'win-event'],
  cells: { quick: [{ ...alone, conditions: [crossCore] }], default: [], thorough: [] },
}

/** Both sides come to a barrier, and neither can try whether the other has come. */
const meetings: Benchmark = {
  mechanisms: ['pthread-barrier'],
  cells: {
    quick: [{ ...alone, conditions: [sameCore] }],
    default: [{ ...alone, conditions: [sameCore, crossCore, crossCoreIdle] }],
    thorough: [{ ...alone, conditions: [sameCore, crossCore, crossCoreIdle, unpinned] }],
  },
}

/** Of bells that are descriptors, a side may ask which of them was rung. */
const watchedBells: Benchmark = {
  mechanisms: ['eventfd', 'eventfd-semaphore', 'signalfd'],
  cells: {
    quick: [],
    default: [{ ...alone, conditions: [crossCore], variants: [{ wait: 'epoll' }] }],
    thorough: [{ ...alone, conditions: [sameCore, crossCore], variants: [{ wait: 'epoll' }] }],
  },
}

export const handoffs: readonly Benchmark[] = [wakers, foremost, meetings, watchedBells]
