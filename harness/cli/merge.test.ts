import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import { cellName } from '../measure/schedule.ts'
import type { Run, RunHeader } from '../model.ts'
import { lackingOf } from '../record/lacking.ts'
import { machinesOf } from '../record/machines.ts'
import { readRun } from '../record/reader.ts'
import { lineOf } from '../record/writer.ts'
import { buildProgram, newPlace } from './fixture/program.ts'
import { type Found, joined } from './merge-shards.ts'

const whole = fixtureRun()
const id = 'ipcmark-merged-1-2-3'

/** One of three parts of the fixture: every third case, and every third cell. */
function shard(index: number, other: Partial<RunHeader> = {}): Found {
  const cells = [...new Set([...whole.launches].map(({ cell }) => cellName(cell)))]
  const words = ['run', '--shard', `${index}/3`, '--output', `here-${index}`, '--seed', '20261120']
  const header: RunHeader = {
    ...whole.header,
    run: `ipcmark-shard-${index}`,
    words,
    command: `ipcmark ${words.join(' ')}`,
    shard: { index, of: 3, plan: 'abc', machine: 'one' },
    ...other,
  }
  const cases = whole.cases.filter((_, at) => at % 3 === index - 1)
  const launches = [...whole.launches].filter(({ cell }) => cells.indexOf(cellName(cell)) % 3 === index - 1)
  const end = {
    type: 'end' as const,
    finished: `2026-11-20T11:0${index}:00.000Z`,
    interrupted: false,
    cases: 0,
    launches: 0,
  }
  return { run: { header, cases, launches, end }, file: `${index}.jsonl` }
}

/** As it would be read back. */
function merged(...found: readonly Found[]): Run {
  const { header, lines, end } = joined(found, id)
  const all = [...lines()]
  const lacking = lackingOf(header)
  return {
    header,
    end,
    cases: all.filter((one) => one.type === 'case'),
    launches: all.filter((one) => one.type === 'launch'),
    ...(lacking.length === 0 ? {} : { partial: lacking.join(' ') }),
  }
}

const names = (run: Run) => run.cases.map(({ id, target }) => `${id} ${target}`).sort()
const figures = (run: Run) =>
  [...run.launches].map(({ cell, round, target }) => `${target} ${round} ${cellName(cell)}`).sort()

describe('shards of one run', () => {
  test('are the run that they were of, in whatever order they are named', () => {
    for (const order of [
      [1, 2, 3],
      [3, 1, 2],
    ]) {
      const run = merged(...order.map((index) => shard(index)))
      expect(names(run)).toEqual(names(whole))
      expect(figures(run)).toEqual(figures(whole))
      expect(run.partial).toBeUndefined()
      expect(run.end).toMatchObject({ finished: '2026-11-20T11:03:00.000Z', interrupted: false })
      expect(run.header).toMatchObject({ run: id, command: 'ipcmark run --seed 20261120' })
      expect(run.header).not.toHaveProperty('shard')
      expect(
        joined(
          order.map((index) => shard(index)),
          id,
        ),
      ).toMatchObject({ whole: true, missing: [] })
    }
  })

  test('that are missing are told, and so is what a shard lacks', () => {
    const { run, file } = shard(3)
    const cut = { run: { ...run, partial: 'One line was left out: line 9 is not JSON.' }, file }
    expect(joined([cut, shard(1)], id)).toMatchObject({ whole: false, missing: [2] })
    expect(merged(cut, shard(1)).partial).toBe(
      'Of 3 shards one is missing: 2. Shard 3: One line was left out: line 9 is not JSON.',
    )
  })

  test('that were cut short make a run that was', () => {
    const { run, file } = shard(2)
    const { end: _, ...killed } = run
    expect(joined([shard(1), { run: killed, file }, shard(3)], id).end.interrupted).toBe(true)
  })

  test('may measure the same baseline: its launches are then of later rounds', () => {
    const baseline = {
      mechanism: 'memcpy',
      workload: 'baseline',
      size: 64,
      placement: 'same-core',
      cores: 'awake',
      runtime: 'native',
    } as const
    const launch = [...whole.launches].find(({ verdict }) => verdict === 'ok')
    if (launch === undefined) throw new Error('the fixture has no launch')
    const twice = [1, 2, 3].map((index) => {
      const { run, file } = shard(index)
      return { run: { ...run, launches: [0, 1].map((round) => ({ ...launch, cell: baseline, round })) }, file }
    })
    expect([...merged(...twice).launches].map(({ round }) => round)).toEqual([0, 1, 2, 3, 4, 5])
  })
})

describe('what is no shard of the same run is refused', () => {
  const other = (index: number, header: Partial<RunHeader>) => () => joined([shard(1), shard(index, header)], id)
  const place = { index: 2, of: 3, plan: 'abc', machine: 'one' }

  test.each<[string, () => unknown, RegExp]>([
    [
      'a run without --shard',
      () => joined([{ run: whole, file: 'a.jsonl' }], id),
      /a\.jsonl is no shard: it was made without --shard/,
    ],
    [
      'a run that was merged',
      () => joined([{ run: merged(shard(1), shard(2)), file: 'm.jsonl' }], id),
      /m\.jsonl is no shard: it has been merged already/,
    ],
    [
      'another version',
      other(2, { tool: { name: 'ipcmark', version: '9.9.9' } }),
      /Their version of ipcmark differs: ‘0\.1\.0 4f1c2ab’ and ‘9\.9\.9’/,
    ],
    [
      'another command',
      other(2, { words: ['run', 'pipe', '--shard=2/3', '--seed', '20261120'] }),
      /Their command differs: ‘ipcmark run --seed 20261120’ and ‘ipcmark run pipe --seed/,
    ],
    ['another seed', other(2, { words: ['run', '--shard', '2/3', '--seed', '7'] }), /Their command differs/],
    ['another division', other(2, { shard: { ...place, of: 4 } }), /Their number of shards differs: ‘3’ and ‘4’/],
    ['another plan', other(2, { shard: { ...place, plan: 'xyz' } }), /Their plan differs/],
    ['another target', other(2, { targets: [] }), /Their list of targets differs/],
    [
      'the same shard twice',
      () => joined([shard(1), shard(2), shard(2)], id),
      /Shard 2 of 3 is there twice: 2\.jsonl and 2\.jsonl/,
    ],
    ['a shard that there cannot be', other(2, { shard: { ...place, index: 7 } }), /it says that it is shard 7 of 3/],
  ])('%s', (_, join, sentence) => expect(join).toThrow(sentence))

  test('a number of shards that there cannot be', () => {
    const huge = shard(1, { shard: { ...place, index: 1, of: 1e15 } })
    expect(() => joined([huge], id)).toThrow(/it says that it is shard 1 of 1000000000000000/)
  })

  test('a case or a cell that two of them have', () => {
    const { run } = shard(2)
    const [first] = shard(1).run.cases
    if (first === undefined) throw new Error('the fixture has no case')
    const overlapping = { run: { ...run, cases: [...run.cases, first] }, file: '2.jsonl' }
    expect(() => joined([shard(1), overlapping], id)).toThrow(
      `1.jsonl and 2.jsonl overlap: both have ${first.id} (${first.target}).`,
    )
    const cells = { run: { ...run, launches: shard(1).run.launches }, file: '2.jsonl' }
    expect(() => joined([shard(1), cells], id)).toThrow(/1\.jsonl and 2\.jsonl overlap: both have .* pingpong/)
  })
})

describe('shards of several machines', () => {
  const elsewhere = { shard: { index: 2, of: 3, plan: 'abc', machine: 'two' } }
  const oldKernel = {
    ...elsewhere,
    environment: { ...whole.header.environment, kernel: 'Linux 5.10' },
    targets: whole.header.targets.map((target) => ({ ...target, system: 'Linux 5.10' })),
  }

  test('have their figures side by side, and their claims together where the system is the same', () => {
    const run = merged(shard(1), shard(2, elsewhere), shard(3))
    const [here, there, ...more] = machinesOf(run)
    if (there === undefined) throw new Error('the machines are mixed')
    expect(more).toEqual([])
    expect(names(here)).toEqual(names(whole))
    expect(there.cases).toEqual([])
    expect([...figures(here), ...figures(there)].sort()).toEqual(figures(whole))
    expect(figures(there)).toEqual(figures(shard(2).run))
    expect(there.launches.length).toBe(shard(2).run.launches.length)
  })

  test('have their claims apart where the system is another', () => {
    const run = merged(shard(1), shard(2, oldKernel), shard(3))
    const [here, there] = machinesOf(run)
    expect(there?.header.environment.kernel).toBe('Linux 5.10')
    expect(names(there as Run)).toEqual(names(shard(2).run))
    expect(names(here)).toEqual([...names(shard(1).run), ...names(shard(3).run)].sort())
    expect(machinesOf({ ...run, launches: [] })).toHaveLength(2)
  })

  test('are one run where nothing was measured and the system is the same', () => {
    const run = merged(shard(1), shard(2, elsewhere), shard(3))
    expect(machinesOf({ ...run, launches: [] })).toMatchObject([{ cases: { length: whole.cases.length } }])
    expect(machinesOf(whole)).toEqual([whole])
  })
})

describe('the program', () => {
  const place = newPlace()
  beforeAll(buildProgram, 60_000)
  afterAll(() => place.remove())

  const checked = (words: readonly string[]) => place.run(['check', 'fifo', 'eventfd', ...words, '--jobs', '1'])
  const record = (root: string, stdout: string) => {
    const [, name] = new RegExp(`${root}/(ipcmark-[a-z0-9-]+)/results\\.jsonl`).exec(stdout.replaceAll('\\', '/')) ?? []
    return join(place.folder, root, name ?? 'none', 'results.jsonl')
  }

  test('makes of three shards what one run would have been', { timeout: 60_000 }, async () => {
    const [one, ...parts] = await Promise.all([
      checked(['--seed', '1', '--output', 'whole']),
      ...[1, 2, 3].map((index) => checked(['--shard', `${index}/3`, '--output', `part-${index}`])),
    ])
    const files = parts.map(({ stdout }, at) => record(`part-${at + 1}`, stdout))
    const [first = '', second = '', third = ''] = files
    const expected = names(readRun(record('whole', one.stdout)))
    for (const order of [
      [third, first, second],
      ['part-1', 'part-2', 'part-3'],
    ]) {
      const { code, stdout } = await place.run(['merge', ...order, '--output', 'merged'])
      const run = readRun(record('merged', stdout))
      expect(code).toBe(0)
      expect(names(run)).toEqual(expected)
      expect(run.partial).toBeUndefined()
      expect(stdout).toContain('ipcmark check fifo eventfd --jobs 1 --seed 1')
    }
    const { code, stdout } = await place.run(['merge', first, third, '--output', 'merged'])
    expect(stdout).toContain('Not whole: Of 3 shards one is missing: 2.')
    expect(code).toBe(3)
  })

  test('refuses what is no shard, with exit code 2', { timeout: 60_000 }, async () => {
    mkdirSync(join(place.folder, 'mixed'))
    writeFileSync(join(place.folder, 'mixed', 'a.jsonl'), lineOf(whole.header))
    writeFileSync(join(place.folder, 'mixed', 'b.jsonl'), 'rubbish\n')
    const { code, stderr } = await place.run(['merge', 'mixed'])
    expect(stderr).toMatch(/left out: mixed.b\.jsonl is no ipcmark record/)
    expect(stderr).toMatch(/a\.jsonl is no shard: it was made without --shard/)
    expect(code).toBe(2)
    expect(readFileSync(join(place.folder, 'mixed', 'b.jsonl'), 'utf8')).toBe('rubbish\n')
  })
})
