/**
 * The native core inside this process: build/PRESET/ipcmark.node, with types. It is loaded at the first use and not
 * before, so that what needs none of it starts without it. An addon that is missing, belongs to another version, or does
 * not load here is one sentence that says what to do.
 */

import { createRequire } from 'node:module'
import { findBuilt, packageVersion } from './environment/host.ts'
import type { Arg, Outcome, Usage } from './model.ts'

export interface Native {
  readonly version: string
  /** One system call in this process, on this thread. Throws a TypeError when it is refused and nothing was done. */
  call(name: string, ...args: readonly (Arg | Uint8Array)[]): Outcome
  /** The same on another thread, for calls that block and for workloads. */
  callAsync(name: string, ...args: readonly (Arg | Uint8Array)[]): Promise<Outcome>
  calls(): readonly { readonly name: string; readonly parameters: string }[]
  constants(): Readonly<Record<string, number>>
  /** What the system calls an error of its own: `EPIPE` for 32 on Linux. */
  errorName(code: number): string

  /** The monotonic clock, in nanoseconds. */
  now(): bigint
  /** What reading the clock costs and its smallest step, measured when asked. */
  clock(): { readonly now: bigint; readonly source: string; readonly costNs: number; readonly resolutionNs: number }
  topology(): readonly CpuPlace[]
  readonly affinity: {
    get(): readonly number[]
    /** Linux: this thread, and those that it starts from now on. Windows: the process. */
    set(cpus: readonly number[]): void
    /** Every thread that this process has. */
    setProcess(cpus: readonly number[]): void
  }
  /** What was consumed so far. */
  readonly usage: {
    process(): Usage
    thread(): Usage
  }

  /**
   * A transport of the core on handles that are open: to send on and to receive on, -1 for one that is not there. The
   * options are those of a workload. Throws where the name or the options are not known, and, with `code: 'unsupported'`,
   * where it cannot be had here.
   */
  openTransport(name: string, handles: readonly [to: number, from: number], leads: 0 | 1, options: Arg): Transport

  processState(pid: number): ProcessState | undefined
  children(pid: number): readonly number[]

  /** A name for a new run that this process owns. */
  newRun(): string
  /** What carries the run's name, be the run alive or not. */
  residueOf(run: string): readonly Leftover[]
  /** Removes that, and answers what was removed. Never ends this process or one that it descends from. */
  sweep(run: string): readonly Leftover[]
  /** What every dead run left. */
  residue(): readonly Leftover[]
}

/** Whole messages, each by a call that waits; a failure is thrown, by its `code`: an error's name, or `end-of-file`. */
export interface Transport {
  send(message: Uint8Array): void
  /** Fills all of it. */
  recv(into: Uint8Array): void
  /** How many it has made. */
  systemCalls(): number
}

/** A core and a shared cache are called by the lowest processor that belongs to them. */
export interface CpuPlace {
  readonly cpu: number
  readonly core: number
  readonly package: number
  readonly node: number
  readonly cache: number
}

export interface ProcessState {
  readonly pid: number
  readonly parent: number
  /** In the system's own unit; with the pid it names one process for good. */
  readonly startTime: string
  readonly state: string
  /** Whether all its threads wait inside the system; nothing where the system does not say. */
  readonly waiting: boolean | null
  readonly voluntarySwitches: number | null
}

export interface Leftover {
  readonly kind: string
  /** A path, a queue's name, or a process number. */
  readonly name: string
  readonly run: string
}

export class NativeMissing extends Error {
  override name = 'NativeMissing'
}

let loaded: Native | undefined

export function native(): Native {
  loaded ??= load(findBuilt('ipcmark.node'), packageVersion())
  return loaded
}

/** Loads an addon of this version from a file. */
export function load(file: string | undefined, version: string): Native {
  if (file === undefined) {
    throw new NativeMissing('The native addon ipcmark.node is not built: run `npm run build` in the folder of ipcmark.')
  }
  const addon = open(file)
  if (addon.version !== version) {
    const found = String(addon.version)
    throw new NativeMissing(`${file} is of version ${found}, and this is ${version}: run \`npm run build\`.`)
  }
  return addon
}

function open(file: string): Native {
  try {
    return createRequire(import.meta.url)(file) as Native
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : String(cause)
    throw new NativeMissing(`${file} does not load here (${reason}): run \`npm run build\` on this machine.`, { cause })
  }
}
