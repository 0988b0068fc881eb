/** The suite on trial: each case, under the fault that is named for it, must not pass. */

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { matrixOf, type Planned } from '../harness/conformance/plan.ts'
import { caught, tryUnder } from '../harness/conformance/trial.ts'
import { findBuilt } from '../harness/environment/host.ts'
import type { Os, TargetId } from '../harness/model.ts'
import { agentName } from '../harness/pair/target.ts'
import { type Fault, faults } from './faults.ts'
import { suite } from './index.ts'

interface Catches {
  readonly linux: Readonly<Record<string, string>>
  readonly windows: Readonly<Record<string, string>>
  /** Cases that no fault can make fail, each with the reason. */
  readonly cannotFail: Readonly<Record<string, string>>
}
const catches = JSON.parse(readFileSync(new URL('fault-catches.json', import.meta.url), 'utf8')) as Catches

const chances = 4

const wine = ['/usr/bin/wine64', '/usr/bin/wine'].some((path) => existsSync(path))
const sides: readonly { os: Os; target: TargetId; deadlineMs: number; here: boolean }[] = [
  { os: 'linux', target: 'native', deadlineMs: 3_000, here: true },
  {
    os: 'windows',
    target: 'wine',
    deadlineMs: 8_000,
    here: wine && findBuilt(agentName('windows', true), 'windows') !== undefined,
  },
]

for (const { os, target, deadlineMs, here } of sides) {
  const { cases } = matrixOf(suite, os)

  test(`every ${os} case has a fault that it notices, or a reason why it has none`, () => {
    const unaccounted = cases.map(({ id }) => id).filter((id) => !(id in catches[os]) && !(id in catches.cannotFail))
    expect(unaccounted).toEqual([])
    const stale = Object.keys(catches[os]).filter((id) => !cases.some((each) => each.id === id))
    expect(stale).toEqual([])
  })

  const groups = new Map<string, Planned[]>()
  for (const each of cases) {
    const by = catches[os][each.id]
    if (by !== undefined) groups.set(by, [...(groups.get(by) ?? []), each])
  }
  for (const [id, group] of groups) {
    test.skipIf(!here)(`${os}: ${id} is noticed by ${group.length} cases`, { timeout: 120_000 }, async () => {
      const fault = faults[os].find((each) => each.id === id) as Fault
      // What a fault breaks is often a race: a case that happens to win it is given another chance to notice. One that
      // cannot notice never does.
      let missed = group
      for (let round = 0; round < chances && missed.length > 0; round++) {
        const records = await tryUnder({ target, faults: fault.specs, cases: missed, deadlineMs, jobs: 3 })
        missed = missed.filter((each) => !caught(records.get(each.id)?.verdict))
      }
      expect(missed.map((each) => each.id)).toEqual([])
    })
  }
}
