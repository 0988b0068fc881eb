/** What becomes of a case that has peers on two systems when there are both, and when there is one. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { pipe } from '../../suites/mechanisms/pipe.ts'
import { findBuilt, hostOs } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import type { CaseRecord, Os } from '../model.ts'
import { type Agent, startAgent } from '../pair/agent.ts'
import { makeRunId } from '../pair/residue.ts'
import type { Peer, SpecificCase } from '../pair/stage.ts'
import { agentName } from '../pair/target.ts'
import { isFor } from './across.ts'
import { expectExit, expectOutcome } from './expect.ts'
import { matrixOf, type Planned } from './plan.ts'
import { type CheckOptions, runCases } from './run.ts'

const plan = (run: SpecificCase['run']): Planned => {
  const claim: SpecificCase = {
    id: 'crosses',
    mechanism: 'pipe',
    with: 'windows',
    theme: 'data',
    says: 'What the test says.',
    cites: ['this test'],
    run,
  }
  return matrixOf({ mechanisms: [pipe], generic: [], specific: [claim] }).cases[0] as Planned
}

describe('which target plays it', () => {
  const crossing = plan(() => Promise.resolve())
  const players = (...systems: Os[]) => systems.filter((os) => isFor(crossing, os, systems))

  test("its mechanism's, where both are there", () => {
    expect(players('linux', 'windows')).toEqual(['linux'])
    expect(players('windows', 'linux')).toEqual(['linux'])
  })
  test('the only one that there is', () => {
    expect(players('linux')).toEqual(['linux'])
    expect(players('windows')).toEqual(['windows'])
  })
})

const run = makeRunId()
async function play(
  story: SpecificCase['run'],
  home: Agent,
  abroad?: Agent,
  options: Partial<CheckOptions> = {},
): Promise<CaseRecord> {
  const records: CaseRecord[] = []
  await runCases([plan(story)], home, {
    target: home.info.id,
    run,
    jobs: 1,
    deadlineMs: 20_000,
    deviations: new Map(),
    onRecord: (record) => records.push(record),
    ...(abroad === undefined ? {} : { abroad: { first: abroad } }),
    ...options,
  })
  return records[0] as CaseRecord
}

test.skipIf(hostOs !== 'linux')('with one system it is unsupported, and says what has both', async () => {
  const agent = await startAgent('native', run)
  const record = await play(() => Promise.reject(new Error('never played')), agent)
  await agent.close()
  expect(record).toMatchObject({ verdict: 'unsupported', standing: 'expected', trace: [] })
  expect(record.message).toContain('needs a target that is Windows too')
  expect(record.message).toContain('--target native --target wine')
  expect(record.with).toBeUndefined()
})

const wine =
  hostOs === 'linux' &&
  findProgram(['wine', 'wine64']) !== undefined &&
  findBuilt(agentName('windows', false), 'windows') !== undefined

describe.runIf(wine)('with both', { timeout: 60_000 }, () => {
  let home: Agent
  let abroad: Agent
  beforeAll(async () => {
    home = await startAgent('native', run)
    abroad = await startAgent('wine', run)
  }, 120_000)
  afterAll(async () => {
    await home.close()
    await abroad.close()
  })

  test('peers of both are in one trace, and the record says which ran where', async () => {
    const record = await play(
      async ({ start }) => {
        const here = await start('here')
        const there = await start('there', 'windows')
        const child = await there.fork('child')
        expectOutcome(await here.call('getpid'), 'getpid').toReturn(here.pid)
        expectOutcome(await child.call('GetCurrentProcessId'), 'GetCurrentProcessId').toSucceed()
        expectExit(await there.kill(), 'there').toHaveExitedWith(137)
      },
      home,
      abroad,
    )
    expect(record.message).toBeUndefined()
    expect(record).toMatchObject({ verdict: 'pass', target: 'native', os: 'linux' })
    expect(record.with).toEqual({ target: 'wine', os: 'windows', peers: ['there', 'child'] })
    expect(record.trace.map(({ peer, call, event }) => [peer, call || event])).toContainEqual(['here', 'getpid'])
    const times = record.trace.map(({ at }) => at)
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })

  test('a death abroad that nobody asked for is a crash', async () => {
    const record = await play(
      async ({ start }) => {
        await start('here')
        const there = await start('there', 'windows')
        await there.call('TerminateProcess', await there.must('GetCurrentProcess'), 3)
      },
      home,
      abroad,
    )
    expect(record).toMatchObject({ verdict: 'crash', message: expect.stringContaining('the there exited with 3') })
  })

  test('a role is one process, and a system that the case does not name has none', async () => {
    const twice = await play(
      async ({ start }) => {
        await start('peer')
        await start('peer', 'windows')
      },
      home,
      abroad,
    )
    expect(twice).toMatchObject({ verdict: 'broken', message: 'the pair has a peer already' })
  })

  test('an agent that dies abroad is replaced, and its case is broken', async () => {
    const doomed = await startAgent('wine', run)
    const records: CaseRecord[] = []
    let peers: Peer[] = []
    const carries = plan(async ({ start }) => {
      peers = [await start('here'), await start('there', 'windows')]
    })
    const loses = plan(async ({ start }) => {
      await doomed.close()
      await start('there', 'windows')
    })
    await runCases([loses, carries], home, {
      target: 'native',
      run,
      jobs: 1,
      deadlineMs: 20_000,
      deviations: new Map(),
      onRecord: (record) => records.push(record),
      abroad: { first: doomed },
    })
    expect(records.map(({ verdict }) => verdict)).toEqual(['broken', 'pass'])
    expect(peers.map(({ role }) => role)).toEqual(['here', 'there'])
  })
})
