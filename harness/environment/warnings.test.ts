import { expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'
import type { Surroundings } from './surroundings.ts'
import { noiseIds, noiseWarnings } from './warnings.ts'

const quiet: Surroundings = {
  os: 'linux',
  cpu: 'a processor',
  cores: 4,
  topology: [0, 1, 2, 3].map((cpu) => ({ cpu, core: cpu, package: 0, node: 0 })),
  memoryMib: 1024,
  kernel: 'Linux 6.1.0',
  distribution: 'Debian',
  virtualisation: 'none',
  governor: 'performance',
  mitigations: {},
  cgroupCpuLimit: 'none',
  load: [0.1, 0.1, 0.1],
  user: { uid: 0, capabilities: 'all' },
  allowedCpus: 4,
  stealShare: 0,
  turbo: false,
  clockSource: 'tsc',
  debugOptions: [],
}
const siblings = [0, 1].flatMap((core) => [core, core + 2].map((cpu) => ({ cpu, core, package: 0, node: 0 })))

const noisy: readonly (readonly [string, Partial<Surroundings>, string])[] = [
  ['governor', { governor: 'powersave' }, 'cpupower frequency-set -g performance'],
  ['governor', { os: 'windows', governor: 'Balanced' }, 'powercfg /setactive'],
  ['turbo', { turbo: true }, 'no_turbo'],
  ['simultaneous-threads', { topology: siblings }, 'smt/control'],
  ['one-processor', { allowedCpus: 1 }, 'taskset'],
  ['processor-limit', { cpuQuota: 1.5, cgroupCpuLimit: '1.5 processors' }, '--cpuset-cpus'],
  ['load', { load: [2.5, 0, 0] }, 'top'],
  ['steal', { stealShare: 0.02, virtualisation: 'kvm' }, 'dedicated host'],
  ['slow-clock', { clockSource: 'hpet' }, 'current_clocksource'],
  ['debug-kernel', { debugOptions: ['CONFIG_KASAN'] }, 'kernel'],
  ['emulated', { os: 'windows', emulator: 'Wine' }, 'Windows itself'],
]

test('a quiet machine has no warning', () => {
  expect(noiseWarnings(quiet)).toEqual([])
  expect(noiseWarnings({ ...quiet, governor: 'not shown', load: [2, 0, 0], stealShare: 0.01 })).toEqual([])
})

test.each(noisy)('%s is warned of, alone, with a remedy', (id, change, remedy) => {
  const warnings = noiseWarnings({ ...quiet, ...change })
  expect(warnings.map((warning) => warning.id)).toEqual([id])
  expect(warnings[0]?.remedy).toContain(remedy)
  expect(warnings[0]?.says).toMatch(/^[A-Z].*\.$/)
})

test('a load is not blamed on others: an earlier run of the suite may have made it', () => {
  const [warning] = noiseWarnings({ ...quiet, load: [2.12, 1, 1], cores: 2 })
  expect(warning?.says).toMatch(/^The processors are busy, or were a moment ago: the load is 2.12 on 2\./)
})

test('every warning is tried above', () => {
  expect([...new Set(noisy.map(([id]) => id))]).toEqual(noiseIds)
})

test('the environment of a record has what was read, the version of Node, and the warnings', () => {
  const environment = readEnvironment({ ...quiet, turbo: true })
  expect(environment).toMatchObject({ cpu: 'a processor', cores: 4, node: process.version, governor: 'performance' })
  expect(environment.warnings.map(({ id }) => id)).toEqual(['turbo'])
  expect(Object.keys(environment)).not.toContain('allowedCpus')
})
