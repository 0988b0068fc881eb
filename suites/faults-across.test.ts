/**
 * The cases that have peers on two systems on trial: each must not pass under the fault that is named for its Linux side, nor
 * under the one for its Windows side, while the other side is in health.
 */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { matrixOf, type Planned } from '../harness/conformance/plan.ts'
import { caught, tryUnder } from '../harness/conformance/trial.ts'
import { findBuilt, hostOs } from '../harness/environment/host.ts'
import { findProgram } from '../harness/environment/programs.ts'
import type { Os } from '../harness/model.ts'
import { agentName } from '../harness/pair/target.ts'
import { faults } from './faults.ts'
import { suite } from './index.ts'

type Faults = Readonly<Record<Os, string>>
const { across } = JSON.parse(readFileSync(new URL('fault-catches.json', import.meta.url), 'utf8')) as {
  readonly across: Readonly<Record<string, Faults>>
}
const cases = matrixOf(suite).cases.filter((each) => each.with !== undefined)
const here =
  hostOs === 'linux' &&
  findProgram(['wine', 'wine64']) !== undefined &&
  findBuilt(agentName('windows', true), 'windows') !== undefined

const chances = 3
const healthy: Readonly<Record<Os, readonly string[]>> = { linux: [], windows: [] }

/** Plays cases with what is broken on either side. */
const tried = (broken: Readonly<Record<Os, readonly string[]>>, some: readonly Planned[], deadlineMs: number) =>
  tryUnder({
    target: 'native',
    faults: broken.linux,
    abroad: { target: 'wine', faults: broken.windows },
    cases: some,
    deadlineMs,
    jobs: 2,
  })

test('every case across two systems has a fault on each side that it notices', () => {
  expect(Object.keys(across).sort()).toEqual(cases.map(({ id }) => id).sort())
})

test.skipIf(!here)('without a fault every case across two systems holds', { timeout: 120_000 }, async () => {
  let failed: readonly Planned[] = cases
  for (let round = 0; round < chances && failed.length > 0; round++) {
    const records = await tried(healthy, failed, 20_000)
    failed = failed.filter(({ id }) => records.get(id)?.verdict !== 'pass')
  }
  expect(failed.map(({ id }) => id)).toEqual([])
})

const tries = (['linux', 'windows'] as const).flatMap((os) =>
  [...new Set(Object.values(across).map((named) => named[os]))].map((fault) => ({ os, fault })),
)

test.skipIf(!here).each(tries)('$fault on $os is noticed', { timeout: 120_000 }, async (one) => {
  const specs = faults[one.os].find(({ id }) => id === one.fault)?.specs ?? []
  let missed: readonly Planned[] = cases.filter(({ id }) => across[id]?.[one.os] === one.fault)
  for (let round = 0; round < chances && missed.length > 0; round++) {
    const records = await tried({ ...healthy, [one.os]: specs }, missed, 8_000)
    missed = missed.filter(({ id }) => !caught(records.get(id)?.verdict))
  }
  expect(missed.map(({ id }) => id)).toEqual([])
})
