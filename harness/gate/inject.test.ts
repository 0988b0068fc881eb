/** Whether a slowdown has the size that was asked for, on machines that are made up: calm ones, noisy ones, odd ones. */

import { describe, expect, test } from 'vitest'
import { launches } from '../../reports/fixture/launches.ts'
import { seeded } from '../measure/random.ts'
import type { Cell, LaunchRecord } from '../model.ts'
import { type CostHeldUp, calibrated, InjectionError } from './inject.ts'
import { modelled } from './simulate.ts'

const { cell } = launches().find((one) => one.cell.workload === 'pingpong') as LaunchRecord

const base = 4000
/** A cell that costs so much more for each nanosecond that its messages wait. */
const machine = (slope: (ns: number) => number, noise = () => 1): CostHeldUp => {
  return async (_: Cell, ns: number) => (base + slope(ns)) * noise()
}
const linear = (ns: number) => 2 * ns

describe('a calibrated slowdown', () => {
  test.each([0.05, 0.1, 0.2, 0.3, 2])('of %d is found where waiting adds up', async (share) => {
    const { ns, alone, held } = await calibrated(cell, share, machine(linear))
    expect(alone).toBe(base)
    expect(Math.abs(held / base - 1 - share)).toBeLessThanOrEqual(Math.max(0.02, 0.2 * share))
    expect(held).toBe(base + linear(ns))
  })
  test('is found where waiting overlaps with something at first', async () => {
    const { ns } = await calibrated(
      cell,
      0.2,
      machine((wait) => Math.max(0, wait - 3000)),
    )
    expect(ns).toBeGreaterThan(3600)
    expect(ns).toBeLessThan(4000)
  })
  test('is found among launches that scatter', async () => {
    const found = await Promise.all(
      Array.from({ length: 20 }, (_, seed) => calibrated(cell, 0.2, machine(linear, modelled(0.02, seeded(seed))))),
    )
    const effects = found.map(({ ns }) => linear(ns) / base)
    expect(effects.filter((effect) => effect > 0.12 && effect < 0.28)).toHaveLength(20)
  })
  test('is refused where waiting changes nothing, and where nothing can be measured', async () => {
    const idle = calibrated(
      cell,
      0.2,
      machine(() => 0),
    )
    await expect(idle).rejects.toThrow(/does not get slower where each message waits/)
    await expect(idle).rejects.toMatchObject({ unsteady: false })
    await expect(calibrated(cell, 0.2, async () => undefined)).rejects.toThrow(InjectionError)
  })
  test('is given up where the size is never met, which is the machine', async () => {
    // All or nothing: no wait leads to a fifth.
    const steps = calibrated(
      cell,
      0.2,
      machine((ns) => (ns < 700 ? 0 : base)),
    )
    await expect(steps).rejects.toMatchObject({ unsteady: true })
  })
})
