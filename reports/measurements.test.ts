import { describe, expect, it } from 'vitest'
import { indexOf } from '../harness/measure/histogram.ts'
import type { Cell, LaunchRecord, Measures, Run } from '../harness/model.ts'
import { fixtureRun } from './fixture/run.ts'
import { measurementsReport } from './measurements.ts'

const { header } = fixtureRun()
const side = {
  messages: 1000,
  bytes: 64_000,
  checksum: '00',
  syscalls: 1000,
  usage: {
    userNs: 1000,
    systemNs: 1000,
    voluntarySwitches: 500,
    involuntarySwitches: 0,
    minorFaults: 0,
    maxRssKib: 1,
  },
}
const common = {
  elapsedNs: 1e7,
  messages: 2000,
  producer: side,
  consumer: side,
  timer: { source: 'x', costNs: 20, resolutionNs: 1 },
}
const taking = (ns: number): Measures => ({
  ...common,
  latency: {
    meanNs: ns,
    minNs: ns,
    maxNs: ns,
    histogram: { significantDigits: 3, unit: 'ns', counts: [[indexOf(ns), 1000]] },
  },
})
const carrying = (messagesPerSecond: number, size: number): Measures => ({
  ...common,
  throughput: { messagesPerSecond, bytesPerSecond: size * messagesPerSecond, batchNs: [1], messagesPerBatch: 1 },
})
const launch = (cell: Partial<Cell>, measures: Measures): LaunchRecord => ({
  type: 'launch',
  cell: {
    mechanism: 'pipe',
    workload: 'pingpong',
    size: 64,
    placement: 'same-core',
    cores: 'awake',
    runtime: 'native',
    ...cell,
  },
  target: 'native',
  os: 'linux',
  round: 0,
  verdict: 'ok',
  measures,
  ms: 100,
})
const pageOf = (...launches: LaunchRecord[]): string => {
  const run: Run = { header, cases: [], launches }
  return measurementsReport([run])
    .map(({ contents }) => contents)
    .join('')
}

describe('measurements.md', () => {
  it('has a table of what was measured, with unit and direction in each head', () => {
    const page = pageOf(launch({}, taking(4000)), launch({ size: 65536 }, taking(17_000)))
    expect(page).toMatch(/\|\s+\| 64\sB, µs ↓ \| 64\sKiB, µs ↓ \|/)
    expect(page).toMatch(/\| `pipe` \| 4\.00 \| 17\.0 \|/)
  })

  it('says up to where the size costs nothing, when it is so, and nothing when it is not', () => {
    const flat = [
      launch({}, taking(4000)),
      launch({ size: 4096 }, taking(4400)),
      launch({ size: 65536 }, taking(40_000)),
    ]
    expect(pageOf(...flat)).toMatch(/`pipe` takes 4\.00 µs for 64\sB and 4\.40 µs for 4\sKiB.*10\.0× that/)
    expect(pageOf(launch({}, taking(4000)), launch({ size: 4096 }, taking(8000)))).not.toContain('up to there')
  })

  it('says what two cores do, and what their sleep does', () => {
    const page = pageOf(
      launch({}, taking(4000)),
      launch({ placement: 'cross-core' }, taking(8000)),
      launch({ placement: 'cross-core', cores: 'idle' }, taking(50_000)),
    )
    expect(page).toMatch(/both awake, multiply the round trip by 2\.00×/)
    expect(page).toMatch(/Cores that may fall asleep multiply it by 6\.2\d×.*42\.\d µs of the round trip of `pipe`/)
  })

  it('says what more processes carry, as a multiple of the fewest', () => {
    const fan = { workload: 'fan', shape: 'side-by-side', placement: 'cross-core' } as const
    const page = pageOf(
      launch({ ...fan, peers: 1 }, carrying(1e6, 64)),
      launch({ ...fan, peers: 8 }, carrying(2.5e6, 64)),
    )
    expect(page).toContain('8 peers together carry 2.50× what 1 does')
  })

  it('says where the bytes stop growing, and what fewer system calls are worth', () => {
    const stream = { workload: 'stream' } as const
    const batch = carrying(9e6, 64)
    const page = pageOf(
      launch(stream, carrying(3e6, 64)),
      launch({ ...stream, size: 65536 }, carrying(1e5, 65536)),
      launch({ ...stream, size: 1 << 20 }, carrying(3e3, 1 << 20)),
      launch(
        { ...stream, method: 'batch' },
        { ...batch, producer: { ...side, syscalls: 30 }, consumer: { ...side, syscalls: 30 } },
      ),
    )
    expect(page).toMatch(
      /The most that any carries is 6554 MB\/s, by `pipe` in messages of 64\sKiB; at 1\sMiB there are/,
    )
    expect(page).toMatch(
      /`pipe batch` makes 0\.0300 system calls for a message where `pipe` makes 1\.00, and carries 3\.00×/,
    )
  })

  it('says of a rate that was too high which one was kept', () => {
    const at = (rate: number, ns: number, sustained: boolean) =>
      launch({ workload: 'openloop', rate }, { ...taking(ns), pace: { wanted: rate, achieved: rate, sustained } })
    expect(pageOf(at(1000, 5000, true), at(100_000, 900_000, false))).toMatch(
      /sustains 1000 messages\/s, and not 100\s000: its latency is 5\.00 µs at the one and 900 µs at the other/,
    )
  })

  it('names what is not here, with the reason, and what makes figures worth less', () => {
    const { measures: _, ...without } = launch({ placement: 'cross-node' }, taking(1))
    const page = pageOf(launch({}, taking(4000)), { ...without, verdict: 'unsupported', message: 'One node is here.' })
    expect(page).toContain('## What is not here\n\n- `pipe`: One node is here.')
  })

  it('holds no arm of a gate against the other, and nothing against its control', () => {
    const armed = (arm: LaunchRecord['arm'], size: number, ns: number): LaunchRecord => ({
      ...launch({ size }, taking(ns)),
      ...(arm === undefined ? {} : { arm }),
    })
    const page = pageOf(
      ...[64, 65536].flatMap((size) => [armed('a', size, 4000), armed('control', size, 9000), armed('b', size, 2000)]),
    )
    const rows = [...page.matchAll(/^\| `(.*)` \| (.*) \| (.*) \|$/gm)].map((found) => found.slice(1))
    expect(rows).toEqual([
      ['A: pipe', '4.00', '4.00'],
      ['B: pipe', '2.00', '2.00'],
    ])
    expect(page.match(/^## . Linux$|^## .: Linux$/gm)).toEqual(['## A: Linux', '## B: Linux'])
    expect(page).not.toContain('9.00')
  })

  it('lets no text from outside begin markup or end a cell', () => {
    const run = fixtureRun({ hostile: true })
    const evil = '<script>alert(1)</script>\n\n# H `x` |'
    const environment = { ...run.header.environment, cpu: evil, kernel: evil }
    const mechanism = 'a|b `c`'
    const odd = [...run.launches].map((one) => ({ ...one, cell: { ...one.cell, mechanism }, message: `${evil}<b>` }))
    for (const launches of [run.launches, odd]) {
      const [file] = measurementsReport([{ ...run, header: { ...run.header, environment, command: evil }, launches }])
      const text = [...(file?.contents ?? '')].join('')
      const prose = text.replace(/(`+)(?!`).*?[^`]\1(?!`)/g, '')
      expect(prose).not.toMatch(/(?<!\\)<\w/)
      expect(text).not.toMatch(/^# H/m)
      const tables = text.split('\n\n').filter((block) => block.startsWith('|'))
      expect(tables.length).toBeGreaterThan(0)
      for (const table of tables)
        expect(new Set(table.split('\n').map((line) => line.split(/(?<!\\)\|/).length)).size).toBe(1)
    }
  })
})
