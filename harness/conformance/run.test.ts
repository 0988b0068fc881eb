import { basename, dirname } from 'node:path'
import { describe, expect, test } from 'vitest'
import { pipe } from '../../suites/mechanisms/pipe.ts'
import type { CaseRecord, Deviation, Verdict } from '../model.ts'
import { native } from '../native.ts'
import { startAgent } from '../pair/agent.ts'
import { makeRunId, type RunId } from '../pair/residue.ts'
import type { Peer, SpecificCase } from '../pair/stage.ts'
import { expectExit, expectOutcome } from './expect.ts'
import { matrixOf } from './plan.ts'
import { type CheckOptions, runCases } from './run.ts'
import { standingOf } from './verdict.ts'

/** A claim about the pipe that is nothing but its story. */
const claim = (id: string, run: SpecificCase['run'], more: Partial<SpecificCase> = {}): SpecificCase => ({
  id,
  mechanism: 'pipe',
  theme: 'data',
  says: 'What the test says.',
  cites: ['this test'],
  ...more,
  run,
})

const carries = claim('carries', async ({ open }) => {
  const { producer, consumer } = await open()
  const reading = consumer.recv(64)
  await consumer.blocked()
  expectOutcome(await producer.send('hello'), 'write').toReturn(5)
  expectOutcome(await reading, 'read').toBring('hello')
})
const errs = claim('errs', async ({ open }) => {
  const { producer } = await open()
  expectOutcome(await producer.send('hello'), 'write').toReturn(6)
})

interface Checked {
  readonly run: RunId
  /** In the order in which they ended. */
  readonly records: readonly CaseRecord[]
  of(id: string): CaseRecord
}

/** Runs claims on real peers, and answers when the agent has gone. */
async function check(claims: readonly SpecificCase[], options: Partial<CheckOptions> = {}): Promise<Checked> {
  const run = makeRunId()
  const agent = await startAgent('native', run)
  const records: CaseRecord[] = []
  try {
    await runCases(matrixOf({ mechanisms: [pipe], generic: [], specific: claims }).cases, agent, {
      target: 'native',
      run,
      jobs: 1,
      deadlineMs: 10_000,
      deviations: new Map(),
      onRecord: (record) => records.push(record),
      ...options,
    })
  } finally {
    await agent.close()
  }
  const of = (id: string) => {
    const found = records.find((record) => record.id === id)
    if (found === undefined) throw new Error(`no record of '${id}'`)
    return found
  }
  return { run, records, of }
}
const recordOf = async (one: SpecificCase, options: Partial<CheckOptions> = {}): Promise<CaseRecord> =>
  (await check([one], options)).of(one.id)

const isAlive = (pid: number) => native().processState(pid) !== undefined

/** Nothing of a run is left: no process, no object, no folder. */
function expectNothingLeft(run: RunId) {
  expect(native().residueOf(run)).toEqual([])
}

/** SIGKILL for the agent of a peer that it started, seen from within the case. */
async function killAgentOf(peer: Peer) {
  process.kill(await peer.must('getppid'), 'SIGKILL')
  await peer.call('pause')
}

describe('a case that holds', () => {
  test('passes, and its record tells what the claim is and every verb with its outcome', async () => {
    const record = await recordOf(carries)
    expect(record).toMatchObject({ type: 'case', id: 'carries', mechanism: 'pipe', target: 'native', os: 'linux' })
    expect(record).toMatchObject({ theme: 'data', core: false, says: 'What the test says.', cites: ['this test'] })
    expect(record).toMatchObject({ verdict: 'pass', standing: 'expected' })
    expect(record).not.toHaveProperty('message')
    expect(record).not.toHaveProperty('findings')

    const steps = record.trace.filter((step) => step.call !== '')
    expect(steps.map((step) => `${step.peer} ${step.call}`)).toEqual([
      'producer pipe',
      'producer fork',
      'producer close',
      'consumer close',
      'consumer read',
      'producer write',
    ])
    const reading = steps.find((step) => step.call === 'read')
    expect(reading).toMatchObject({ blocked: true, outcome: { ret: 5, length: 5, hex: '68656c6c6f' } })
    for (const step of steps) expect(step.until).toBeGreaterThan(step.at)
  })

  test('that judges nothing is observed, and keeps what it noted', async () => {
    const record = await recordOf(claim('looks', async ({ note }) => note('capacity', 65_536), { observes: true }))
    expect(record).toMatchObject({ verdict: 'observed', standing: 'expected', findings: { capacity: 65_536 } })
  })

  test('passes where a death was part of it', async () => {
    const record = await recordOf(
      claim('dies-as-told', async ({ open }) => {
        const { producer, consumer } = await open()
        await consumer.peer.kill()
        void producer.send('x')
        expectExit(await producer.peer.exit(), 'the producer').toBeKilledBy('SIGPIPE')
      }),
    )
    expect(record).toMatchObject({ verdict: 'pass', standing: 'expected' })
    expect(record.trace.map((step) => step.event)).toContain('was killed by SIGPIPE')
  })
})

describe('a case that does not hold', () => {
  test('fails in a sentence: what was expected and what was seen', async () => {
    expect(await recordOf(errs)).toMatchObject({
      verdict: 'fail',
      standing: 'regression',
      message: 'expected write to return 6, but it returned 5',
      expected: 'write to return 6',
      observed: 'it returned 5',
    })
  })

  test('fails where a call should have waited and did not', async () => {
    const record = await recordOf(
      claim('never-waits', async ({ open }) => {
        const { producer } = await open()
        void producer.send('there is room')
        await producer.blocked()
      }),
    )
    expect(record).toMatchObject({ verdict: 'fail', expected: 'write of the producer to wait' })
  })

  test('crashes when a peer ends that was not to: the death outweighs what the script made of it', async () => {
    const record = await recordOf(
      claim('dies', async ({ start }) => {
        const producer = await start('producer')
        const last = producer.call('raise', 'SIGKILL')
        expectOutcome(await last.catch(() => ({ ret: 0, ns: 0 })), 'raise').toFail('ESRCH')
      }),
    )
    expect(record).toMatchObject({ verdict: 'crash', standing: 'regression' })
    expect(record.message).toBe('the producer was killed by SIGKILL')
  })

  test('crashes with the name of the call that was under way', async () => {
    const record = await recordOf(
      claim('dies-at-work', async ({ start }) => {
        const producer = await start('producer')
        await producer.must('raise', 'SIGTERM')
      }),
    )
    expect(record.verdict).toBe('crash')
    expect(record.message).toMatch(/^the producer was killed by SIGTERM/)
  })

  test('hangs when it does not end by its deadline, and its peers are ended', async () => {
    let pid = 0
    const record = await recordOf(
      claim('waits-for-ever', async ({ open }) => {
        const { consumer } = await open()
        pid = consumer.peer.pid
        await consumer.recv(1)
      }),
      { deadlineMs: 100 },
    )
    expect(record).toMatchObject({ verdict: 'hang', standing: 'regression', observed: 'no end within 0.1 s' })
    expect(pid).toBeGreaterThan(0)
    expect(isAlive(pid)).toBe(false)
  })
})

describe('a case that cannot be judged', () => {
  test('is unsupported where a need is not met, says why, and is not run', async () => {
    let ran = false
    const story = async () => {
      ran = true
    }
    const record = await recordOf(claim('needs', story, { needs: [{ constant: 'O_NONESUCH' }] }))
    expect(record).toMatchObject({ verdict: 'unsupported', standing: 'expected' })
    expect(record.message).toMatch(/O_NONESUCH is not defined/)
    expect(ran).toBe(false)
  })

  test('is unsupported where it says so itself', async () => {
    const record = await recordOf(claim('gives-up', async ({ unsupported }) => unsupported('there is no moon; wait')))
    expect(record).toMatchObject({ verdict: 'unsupported', standing: 'expected', message: 'there is no moon; wait' })
  })

  test('is broken when the agent refuses a call: the script is wrong, and nothing is said of the mechanism', async () => {
    const record = await recordOf(
      claim('misspells', async ({ start }) => {
        const producer = await start('producer')
        await producer.call('wirte', 1, 'x')
      }),
    )
    expect(record).toMatchObject({ verdict: 'broken', standing: 'regression' })
    expect(record.message).toMatch(/no call is named 'wirte'; did you mean 'write'/)
    expect(record).not.toHaveProperty('observed')
  })

  test('is broken when the script throws', async () => {
    const record = await recordOf(
      claim('slips', async () => {
        throw new TypeError('fds is not a list')
      }),
    )
    expect(record).toMatchObject({ verdict: 'broken', standing: 'regression', message: 'fds is not a list' })
  })
})

describe('the standing of a verdict', () => {
  const excuse = (id: string, verdict: Verdict): Deviation => ({
    case: id,
    verdict,
    observed: 'what is seen here',
    reason: 'what is wrong here',
    link: 'https://example.org/1',
  })

  test.each([
    ['pass', undefined, 'expected'],
    ['observed', undefined, 'expected'],
    ['unsupported', undefined, 'expected'],
    ['fail', undefined, 'regression'],
    ['crash', undefined, 'regression'],
    ['hang', undefined, 'regression'],
    ['broken', undefined, 'regression'],
    ['fail', 'fail', 'known'],
    ['hang', 'hang', 'known'],
    ['crash', 'fail', 'regression'],
    ['hang', 'fail', 'regression'],
    ['broken', 'fail', 'regression'],
    ['pass', 'fail', 'fixed'],
    ['observed', 'fail', 'fixed'],
    ['unsupported', 'fail', 'expected'],
  ] as const)('%s, excused for %s, is %s', (verdict, excused, standing) => {
    expect(standingOf(verdict, excused && excuse('any', excused))).toBe(standing)
  })

  test('is in the record, beside the excuse', async () => {
    const deviations = new Map([carries, errs].map(({ id }) => [id, excuse(id, 'fail')]))
    const { of } = await check([carries, errs], { deviations })
    expect(of('errs')).toMatchObject({ verdict: 'fail', standing: 'known', deviation: excuse('errs', 'fail') })
    expect(of('carries')).toMatchObject({ verdict: 'pass', standing: 'fixed', deviation: excuse('carries', 'fail') })
  })
})

describe('a run', () => {
  const copies = (count: number, one: SpecificCase) =>
    Array.from({ length: count }, (_, n) => ({ ...one, id: `${one.id}-${n}` }))

  test('records every case once, with several at a time, and announces each before its record', async () => {
    const cases = copies(20, carries)
    const started: string[] = []
    const unannounced: string[] = []
    const recorded: CaseRecord[] = []
    const { run } = await check(cases, {
      jobs: 3,
      onStart: (planned) => started.push(planned.id),
      onRecord: (record) => {
        if (!started.includes(record.id)) unannounced.push(record.id)
        recorded.push(record)
      },
    })
    expect(recorded.map((record) => record.verdict)).toEqual(cases.map(() => 'pass'))
    expect(new Set(recorded.map((record) => record.id))).toEqual(new Set(cases.map((one) => one.id)))
    expect(unannounced).toEqual([])
    expectNothingLeft(run)
  })

  test('leaves nothing behind, however its cases ended', async () => {
    let during: readonly string[] = []
    const litters = claim('litters', async ({ start, names }) => {
      const path = names.path('fifo')
      const producer = await start('producer')
      await producer.must('mkfifo', path, 0o600)
      const end = await producer.must('open', path, 'O_RDWR')
      await producer.must('spawn', 'self', ['program', 'hold'], [[end, 0]])
      await producer.fork('orphan')
      during = native()
        .residueOf(basename(dirname(path)))
        .map((leftover) => leftover.kind)
      await producer.must('wirte')
    })
    const { run, of } = await check([litters])
    expect(of('litters').verdict).toBe('broken')
    expect(during.filter((kind) => kind === 'process').length).toBeGreaterThanOrEqual(3)
    expect(during).toContain('file')
    expectNothingLeft(run)
  })

  test.each([1, 2])('replaces an agent that is killed, and goes on, with %i at a time', async (jobs) => {
    const kills = claim('kills-the-agent', async ({ start }) => killAgentOf(await start('producer')))
    const { run, records } = await check([...copies(3, carries), ...copies(2, kills), ...copies(7, errs)], { jobs })

    expect(records).toHaveLength(12)
    for (const record of records) {
      if (!record.id.startsWith('kills')) continue
      expect(record).toMatchObject({ verdict: 'broken', standing: 'regression' })
      expect(record.message).toMatch(/the agent has ended with SIGKILL/)
    }
    const unaffected = records.slice(-4).map((record) => record.verdict)
    expect(unaffected).toEqual(['fail', 'fail', 'fail', 'fail'])
    const others = records.filter((record) => !record.id.startsWith('kills')).map((record) => record.verdict)
    expect(others.filter((verdict) => verdict === 'broken').length).toBeLessThanOrEqual(2 * (jobs - 1))
    expectNothingLeft(run)
  })

  test('that is interrupted takes no new case, ends the one under way, and records neither', async () => {
    const interruption = new AbortController()
    const interrupts = claim('interrupts', async ({ open }) => {
      const { consumer } = await open()
      interruption.abort()
      await consumer.recv(1)
    })
    const { run, records } = await check([carries, interrupts, errs], { signal: interruption.signal })
    expect(records.map((record) => record.id)).toEqual(['carries'])
    expectNothingLeft(run)
  })
})
