/** What a Node process is told to measure, and what it answers: plain data, that travels as JSON. */

import type { Arg, Exit, Outcome } from '../model.ts'

export interface Job {
  /** A way of Node, or `transport`: a mechanism of the core, that the other side serves. */
  readonly way: string
  readonly workload: 'pingpong' | 'stream'
  readonly size: number
  readonly warmupMs: number
  readonly measureMs: number
  /** Into how many batches a stream is cut. */
  readonly batches: number
  /**
   * Where the two sides run; wherever the system puts them, where it is absent. A process is pinned with all its threads,
   * the helpers of V8 among them; of two threads of one process each is, and the helpers stay with the one that leads.
   */
  readonly cpus?: { readonly producer: number; readonly consumer: number }
  /** The file that is to hold `Answers`. */
  readonly answer: string
  /** Where the two sides of a way meet: a path, or an address and a port. */
  readonly at?: string
  /** The transport of the core, and what it runs on: `openTransport` in harness/native.ts. */
  readonly transport?: {
    readonly name: string
    readonly handles: readonly [to: number, from: number]
    readonly options: readonly Arg[]
  }
}

/** What each side says of itself, as a side in native code does (native/workloads/README.md). */
export interface Answers {
  readonly producer: Outcome
  /** Absent where the other side is not Node, or never answered. */
  readonly consumer?: Outcome
  /** Set where the other side is a process of Node and has died. */
  readonly died?: Exit
}
