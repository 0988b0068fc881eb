/**
 * What makes figures noisy on this machine, each with what would mend it. Pure: surroundings in, warnings out. None of
 * them changes what is measured or how it is judged.
 */

import type { Warning } from '../model.ts'
import { notShown, type Surroundings } from './surroundings.ts'

interface Noise {
  readonly id: string
  /** What is the matter; nothing when all is well. */
  says(s: Surroundings): string | undefined
  remedy(s: Surroundings): string
}

const noises: readonly Noise[] = [
  {
    id: 'governor',
    says: (s) =>
      s.governor !== notShown && s.governor !== 'performance'
        ? `The processors run under the governor "${s.governor}", and change their speed while they are measured.`
        : undefined,
    remedy: (s) =>
      s.os === 'windows'
        ? 'powercfg /setactive SCHEME_MIN'
        : 'sudo cpupower frequency-set -g performance   (Debian: apt-get install linux-cpupower)',
  },
  {
    id: 'turbo',
    says: (s) =>
      s.turbo ? 'The processors raise their speed on their own, as long as they are cool enough.' : undefined,
    remedy: () =>
      'echo 1 | sudo tee /sys/devices/system/cpu/intel_pstate/no_turbo   (others: echo 0 | sudo tee /sys/devices/system/cpu/cpufreq/boost)',
  },
  {
    id: 'simultaneous-threads',
    says: (s) =>
      new Set(s.topology.map((place) => place.core)).size < s.topology.length
        ? 'Two processors share one core, and slow each other down.'
        : undefined,
    remedy: (s) =>
      s.os === 'windows'
        ? 'Turn simultaneous multithreading off in the firmware.'
        : 'echo off | sudo tee /sys/devices/system/cpu/smt/control',
  },
  {
    id: 'one-processor',
    says: (s) =>
      s.allowedCpus < 2 ? 'This process may use one processor only: nothing can be measured across two.' : undefined,
    remedy: () => 'Give the machine or the container a second processor, or start without `taskset`.',
  },
  {
    id: 'processor-limit',
    says: (s) =>
      s.cpuQuota !== undefined
        ? `The control group grants ${s.cgroupCpuLimit}: a loop that uses more is stopped for the rest of each period.`
        : undefined,
    remedy: () =>
      'Start the container without --cpus, or the unit without CPUQuota=; to give it fewer processors, use --cpuset-cpus.',
  },
  {
    id: 'load',
    says: (s) =>
      (s.load[0] ?? 0) > s.cores / 2
        ? `The processors are busy, or were a moment ago: the load is ${s.load[0]} on ${s.cores}. Figures are worth less.`
        : undefined,
    remedy: () => 'Wait a minute, or see with `top` what runs.',
  },
  {
    id: 'steal',
    says: (s) =>
      (s.stealShare ?? 0) > 0.01
        ? `The hypervisor (${s.virtualisation}) has kept ${((s.stealShare ?? 0) * 100).toFixed(1)} % of the processors' time for others.`
        : undefined,
    remedy: () =>
      'Use a dedicated host; or `ipcmark gate`, which interleaves what it compares and says when it cannot decide.',
  },
  {
    id: 'slow-clock',
    says: (s) =>
      s.clockSource !== undefined && /^(hpet|acpi_pm|jiffies|pit)$/.test(s.clockSource)
        ? `The clock is read from ${s.clockSource}: reading it costs a system call or more.`
        : undefined,
    remedy: () =>
      'echo tsc | sudo tee /sys/devices/system/clocksource/clocksource0/current_clocksource   (if available_clocksource lists it)',
  },
  {
    id: 'debug-kernel',
    says: (s) =>
      s.debugOptions.length > 0
        ? `The kernel was built to find its own mistakes (${s.debugOptions.join(', ')}), and is slower for it.`
        : undefined,
    remedy: () => 'Boot a kernel without these options.',
  },
  {
    id: 'emulated',
    says: (s) =>
      s.emulator
        ? `This is ${s.emulator}, which imitates Windows: its figures say nothing about the speed of Windows.`
        : undefined,
    remedy: () => 'Measure on Windows itself.',
  },
]

export const noiseIds: readonly string[] = noises.map(({ id }) => id)

export function noiseWarnings(surroundings: Surroundings): readonly Warning[] {
  return noises.flatMap(({ id, says, remedy }) => {
    const sentence = says(surroundings)
    return sentence === undefined ? [] : [{ id, says: sentence, remedy: remedy(surroundings) }]
  })
}
