/** The suite on trial: each case, under the fault that is named for it, must not pass. */

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { matrixOf, type Planned } from '../harness/conformance/plan.ts'
import { caught, tryUnder } from '../harness/conformance/trial.ts'
import { findBuilt, hostOs } from '../harness/environment/host.ts'
import { findProgram } from '../harness/environment/programs.ts'
import type { Os, TargetId, Verdict } from '../harness/model.ts'
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
/** What is not here cannot fail here either: a machine that has it shows that it can. */
const healthy = (verdict: Verdict | undefined) =>
  verdict === 'pass' || verdict === 'observed' || verdict === 'unsupported'

const wine = findProgram(['wine', 'wine64']) !== undefined
const sides: readonly { os: Os; target: TargetId; deadlineMs: number; here: boolean }[] = [
  { os: 'linux', target: 'native', deadlineMs: 3_000, here: true },
  {
    os: 'windows',
    target: 'wine',
    deadlineMs: 8_000,
    here: wine && findBuilt(agentName('windows', true), 'windows') !== undefined,
  },
]

test('what cannot fail is a case, and no fault is named for it', () => {
  const known = new Set(sides.flatMap(({ os }) => matrixOf(suite, os).cases.map(({ id }) => id)))
  const stale = Object.keys(catches.cannotFail).filter(
    (id) => !known.has(id) || id in catches.linux || id in catches.windows,
  )
  expect(stale).toEqual([])
})

test.skipIf(hostOs !== 'linux').each([
  ['a misspelt error', ['fail:write:EPIEP'], "did you mean 'EPIPE'?"],
  ['what is no error', ['fail:write:SIGPIPE'], "'SIGPIPE' is not what an error is called; 13 is EACCES"],
  ['half a renaming', ['rename-error:write:EPIPE'], 'FROM=TO is needed'],
  ['a signal that always comes', ['lose-signal:write:SIGKILL'], 'signal SIGKILL cannot be lost'],
  ['two flags for one', ['ignore-flag:open:O_NONBLOCK|O_CLOEXEC'], "one constant's name is needed"],
  ['a misspelt call', ['drop:wirte'], "did you mean 'write'?"],
  ['two faults on one call', ['drop:*', 'hang:read'], 'drop and hang break the same call'],
])('%s is refused as a fault', async (_, faults, why) => {
  const trial = tryUnder({ target: 'native', faults, cases: [], deadlineMs: 3_000, jobs: 1 })
  await expect(trial).rejects.toThrow(why)
})

for (const { os, target, deadlineMs, here } of sides) {
  // What has peers on both systems is tried on both: faults-across.test.ts.
  const cases = matrixOf(suite, os).cases.filter((each) => each.with === undefined)

  test(`every ${os} case has a fault that it notices, or a reason why it has none`, () => {
    const unaccounted = cases.map(({ id }) => id).filter((id) => !(id in catches[os]) && !(id in catches.cannotFail))
    expect(unaccounted).toEqual([])
    const stale = Object.keys(catches[os]).filter((id) => !cases.some((each) => each.id === id))
    expect(stale).toEqual([])
  })

  const notHere = new Set<string>()

  // What fails without a fault too would seem to notice every one.
  test.skipIf(!here)(`${os}: without a fault every case holds`, { timeout: 300_000 }, async () => {
    let failed = cases.filter(({ id }) => id in catches[os])
    for (let round = 0; round < chances && failed.length > 0; round++) {
      const records = await tryUnder({ target, faults: [], cases: failed, deadlineMs, jobs: 3 })
      failed = failed.filter((each) => !healthy(records.get(each.id)?.verdict))
      for (const { id, verdict } of records.values()) if (verdict === 'unsupported') notHere.add(id)
    }
    expect(failed.map(({ id }) => id)).toEqual([])
  })

  const groups = new Map<string, Planned[]>()
  for (const each of cases) {
    const by = catches[os][each.id]
    if (by !== undefined) groups.set(by, [...(groups.get(by) ?? []), each])
  }
  for (const [id, group] of groups) {
    // Most of their time they wait for a deadline: two faults at once take half of it.
    test.skipIf(!here)(
      `${os}: ${id} is noticed by ${group.length} cases`,
      { timeout: 120_000, concurrent: true },
      async ({ expect }) => {
        const fault = faults[os].find((each) => each.id === id) as Fault
        // What a fault breaks is often a race: a case that happens to win it is given another chance to notice. One that
        // cannot notice never does.
        let missed = group.filter((each) => !notHere.has(each.id))
        for (let round = 0; round < chances && missed.length > 0; round++) {
          const records = await tryUnder({ target, faults: fault.specs, cases: missed, deadlineMs, jobs: 3 })
          missed = missed.filter((each) => !caught(records.get(each.id)?.verdict))
        }
        expect(missed.map((each) => each.id)).toEqual([])
      },
    )
  }
}
