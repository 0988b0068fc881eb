/**
 * Baselines: what the machine does at its least, and so what the figures of mechanisms are read against. Each is a row of
 * its own, measured like any other; native/workloads/baseline.cc has one loop for each.
 */

export interface Baseline {
  readonly id: string
  readonly title: string
  /** One sentence: what is done again and again. */
  readonly says: string
  /** One process alone, or two with memory in common: the loop that leads, and the other. */
  readonly roles: 'alone' | { readonly lead: string; readonly follow: string }
  /** How many cores it takes; `any`: it is of two processes, wherever they are. */
  readonly cores: 'one' | 'two' | 'any'
  /** What bytes come in multiples of, where any travel. */
  readonly unit?: number
}

const roundTrip = { lead: 'initiator', follow: 'responder' } as const

export const baselines: readonly Baseline[] = [
  {
    id: 'empty-loop',
    title: 'Empty loop',
    says: 'A loop goes round once and does nothing.',
    roles: 'alone',
    cores: 'one',
  },
  {
    id: 'clock-read',
    title: 'Reading of the clock',
    says: 'The clock is read by which everything here is timed.',
    roles: 'alone',
    cores: 'one',
  },
  {
    id: 'memcpy',
    title: 'memcpy',
    says: 'Bytes are copied from one place of memory to another by one core, which has both in its cache where they fit.',
    roles: 'alone',
    cores: 'one',
    unit: 1,
  },
  {
    id: 'empty-system-call',
    title: 'Empty system call',
    says: 'The system is asked for what costs it least: getppid on Linux, GetHandleInformation on Windows.',
    roles: 'alone',
    cores: 'one',
  },
  {
    id: 'page-fault',
    title: 'Page fault',
    says: 'A page is touched for the first time, and given back.',
    roles: 'alone',
    cores: 'one',
  },
  {
    id: 'yield-switch',
    title: 'Switch by yielding',
    says: 'Two processes on one core give it to each other, there and back: sched_yield or SwitchToThread.',
    roles: roundTrip,
    cores: 'one',
  },
  {
    id: 'cache-line',
    title: 'Cache-line ping-pong',
    says: 'One core writes the bytes into memory and another, which looks again and again, answers with as many.',
    roles: roundTrip,
    cores: 'two',
    unit: 8,
  },
  {
    id: 'wake-up',
    title: 'Wake-up',
    says: 'A process wakes one that sleeps, goes to sleep, and is woken by it: a futex on Linux, an event on Windows.',
    roles: roundTrip,
    cores: 'any',
  },
  {
    id: 'memcpy-across',
    title: 'memcpy from core to core',
    says: 'One core copies the bytes into memory, and another copies them out of it.',
    roles: { lead: 'producer', follow: 'consumer' },
    cores: 'two',
    unit: 1,
  },
]

export const baselineCalled = (id: string): Baseline | undefined => baselines.find((one) => one.id === id)
