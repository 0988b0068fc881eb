import { describe, expect, it } from 'vitest'
import type { Run } from '../harness/model.ts'
import { csvReport } from './csv.ts'
import { csvColumns } from './csv-columns.ts'
import { fixtureRun, hostile } from './fixture/run.ts'

const contentsOf = (run: Run): string =>
  csvReport([run])
    .flatMap(({ contents }) => [...contents])
    .join('')

/** RFC 4180, as any reader understands it. */
function parse(text: string): string[][] {
  const rows: string[][] = [[]]
  for (const [, quoted, plain = '', end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\n"]*))(,|\n|$)/g)) {
    rows.at(-1)?.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'))
    if (end === '\n') rows.push([])
    if (end === '') break
  }
  return rows.slice(0, -1)
}

function rowsOf(run: Run): Record<string, string>[] {
  const [head = [], ...rows] = parse(contentsOf(run))
  return rows.map((row) => {
    expect(row).toHaveLength(head.length)
    return Object.fromEntries(head.map((name, i) => [name, row[i] ?? '']))
  })
}

describe('results.csv', () => {
  const run = fixtureRun({ hostile: true })
  const rows = rowsOf(run)

  it('has one row for each case and launch', () => {
    expect(rows).toHaveLength(run.cases.length + run.launches.length)
    expect(rows.filter(({ record }) => record === 'case')).toHaveLength(run.cases.length)
  })

  it('has these columns, in this order: readers depend on it', () => {
    expect(csvColumns.map(({ name }) => name).join(' ')).toMatchInlineSnapshot(
      `"record run target os mechanism verdict message duration_ns case theme core standing says cites expected observed findings deviation_reason deviation_link calls workload size_bytes placement cores runtime round elapsed_ns messages latency_mean_ns latency_min_ns latency_p50_ns latency_p90_ns latency_p99_ns latency_p999_ns latency_max_ns messages_per_second bytes_per_second batches producer_messages producer_bytes producer_checksum producer_syscalls producer_user_ns producer_system_ns producer_voluntary_switches producer_involuntary_switches producer_minor_faults producer_max_rss_bytes consumer_messages consumer_bytes consumer_checksum consumer_syscalls consumer_user_ns consumer_system_ns consumer_voluntary_switches consumer_involuntary_switches consumer_minor_faults consumer_max_rss_bytes timer timer_cost_ns timer_resolution_ns steal awake_by with_target wait wake transfer method shape peers rate_per_second buffer_bytes pages busy_poll_us loss_sent loss_received pace_achieved pace_sustained stages_ns least_share others arm"`,
    )
    for (const { says } of csvColumns) expect(says).not.toBe('')
  })

  it('has the fields of a case', () => {
    expect(rows.find((row) => row.case === 'x.eof-on-orderly-close@pipe-packet')).toMatchObject({
      target: 'native',
      os: 'linux',
      mechanism: 'pipe-packet',
      theme: 'eof',
      core: 'true',
      verdict: 'fail',
      standing: 'regression',
      expected: 'read to return 0',
      observed: 'it failed with EAGAIN (11)',
      cites: 'POSIX.1-2024 read() | ReadFile: ERROR_BROKEN_PIPE',
      workload: '',
      latency_p50_ns: '',
    })
  })

  it('has the figures of a launch, in ns and bytes', () => {
    const row = rows.find(({ workload, size_bytes }) => workload === 'pingpong' && size_bytes === '4096')
    const p50 = Number(row?.latency_p50_ns)
    expect(p50).toBeGreaterThan(1000)
    expect(Number(row?.latency_p99_ns)).toBeGreaterThan(p50)
    expect(row).toMatchObject({
      case: '',
      core: '',
      placement: 'same-core',
      cores: 'awake',
      round: '0',
      timer_cost_ns: '21.4',
    })
    expect(rows.find(({ workload }) => workload === 'stream')).toMatchObject({ batches: '20', latency_p50_ns: '' })
  })

  it('leaves a percentile empty that too few samples lie above', () => {
    const [launch] = [...run.launches]
    const few = launch?.measures?.latency && {
      ...launch,
      measures: {
        ...launch.measures,
        latency: {
          ...launch.measures.latency,
          histogram: { significantDigits: 3, unit: 'ns', counts: [[100, 30]] } as const,
        },
      },
    }
    const [row] = rowsOf({ ...run, cases: [], launches: few ? [few] : [] })
    expect(row).toMatchObject({ latency_p50_ns: '100', latency_p99_ns: '' })
  })

  it('defuses formulas, and leaves negative numbers alone', () => {
    const row = rows.find(({ standing, mechanism }) => standing === 'known' && mechanism === hostile.markup)
    expect(row?.cites?.startsWith(`'=HYPERLINK(`)).toBe(true)
    expect(row?.observed).toBe(hostile.closing)
    const [one] = run.cases
    const negative = one && { ...one, findings: { ret: -1 }, message: '-1 and +1' }
    expect(rowsOf({ ...run, cases: negative ? [negative] : [], launches: [] })[0]).toMatchObject({
      message: "'-1 and +1",
      findings: '{"ret":-1}',
    })
  })

  it('writes control characters out, so that a terminal can show it', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.exec(contentsOf(run))).toBeNull()
  })

  it('of a run without records is a head', () => {
    expect(parse(contentsOf({ header: run.header, cases: [], launches: [] }))).toHaveLength(1)
  })
})
