/** What can be asked of the system that the harness runs on: linux.ts and windows.ts answer, system.ts chooses. */

import type { Environment, Os } from '../model.ts'

/** What can be read of the machine at a glance. Beside what is recorded, what only the warnings ask. */
export interface Surroundings extends Omit<Environment, 'node' | 'warnings'> {
  readonly os: Os
  /** How many processors this process may use. */
  readonly allowedCpus: number
  /** How many processors' worth of time the control group grants. */
  readonly cpuQuota?: number
  /** Share of the time since the machine started that the hypervisor kept for itself. */
  readonly stealShare?: number
  /** Whether processors raise their frequency on their own; absent where the system does not show it. */
  readonly turbo?: boolean
  /** What the clock of the system is read from. */
  readonly clockSource?: string
  /** Options of the kernel that find its mistakes and cost time. */
  readonly debugOptions: readonly string[]
  /** Such as `Wine`: the system is imitated. */
  readonly emulator?: string
}

/** Processor time since the machine started, in ticks of any length. */
export interface CpuTimes {
  readonly total: number
  readonly steal: number
}

export interface System {
  surroundings(): Surroundings
  /** Nothing where the system does not count stolen time. */
  cpuTimes(): CpuTimes | undefined
}

/** What is written where the system does not say. */
export const notShown = 'not shown'
