import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import type { CaseRecord, LaunchRecord, Run, Runs } from '../harness/model.ts'
import { csvReport } from './csv.ts'
import { conformanceColumns } from './csv-conformance.ts'
import { resultColumns } from './csv-results.ts'
import { summaryColumns } from './csv-summary.ts'
import { gateRun } from './fixture/gate.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { visible } from './view/visible.ts'

type Row = Readonly<Record<string, string>>
type FileName = 'results.csv' | 'summary.csv' | 'conformance.csv'

function textOf(name: FileName, ...runs: Runs): string {
  const file = csvReport(runs).find((one) => one.name === name)
  return [...(file?.contents ?? '')].join('')
}
const rowsOf = (name: FileName, ...runs: Runs): Row[] => parse(textOf(name, ...runs), { columns: true })

const run = fixtureRun({ hostile: true })

/** With every member there is: one that is added to the model does not compile before it is here. */
type Whole<T> = T extends readonly unknown[]
  ? T
  : T extends object
    ? { [Name in keyof Required<T>]: Whole<T[Name]> }
    : T

const side = (seed: number) => ({
  messages: 1000 + seed,
  bytes: 2000 + seed,
  checksum: `${seed}c0ffee`,
  syscalls: 3000 + seed,
  usage: {
    userNs: 4000 + seed,
    systemNs: 5000 + seed,
    voluntarySwitches: 6000 + seed,
    involuntarySwitches: 7000 + seed,
    minorFaults: 8000 + seed,
    maxRssKib: 9000 + seed,
  },
})

const wholeLaunch = {
  type: 'launch',
  cell: {
    mechanism: 'tcp',
    workload: 'openloop',
    size: 64,
    placement: 'cross-core',
    cores: 'idle',
    runtime: 'node',
    wait: 'spin',
    wake: 'futex',
    transfer: 'loan',
    method: 'batch',
    shape: 'many-to-one',
    peers: 4,
    rate: 10_000,
    buffer: 65_536,
    pages: 'huge',
    busyPollUs: 50,
  },
  target: 'native',
  os: 'linux',
  arm: 'b',
  injectNs: 2000,
  round: 7,
  verdict: 'ok',
  message: 'It went "well", they say.',
  measures: {
    elapsedNs: 123_456_789,
    messages: 4321,
    latency: {
      meanNs: 1234.5,
      minNs: 900,
      maxNs: 99_999,
      histogram: { significantDigits: 3, unit: 'ns', counts: [[1000, 20_000]] },
    },
    throughput: {
      messagesPerSecond: 1.5e6,
      bytesPerSecond: 9.6e7,
      batchNs: [5_000_001, 5_000_002],
      messagesPerBatch: 75,
    },
    loss: { sent: 500, received: 499 },
    pace: { wanted: 10_000, achieved: 9990.5, sustained: true },
    alone: true,
    stages: { create: 10, connect: 20 },
    producer: side(1),
    consumer: side(2),
    shares: { messagesPerSecond: [3, 4], leastOfGreatest: 0.75 },
    others: [side(3)],
    timer: { source: 'tsc', costNs: 21.5, resolutionNs: 1 },
    steal: 0.001,
    awakeBy: 'cpu-dma-latency',
  },
  findings: { granted: [1, 2], ok: true },
  ms: 12.25,
  shard: 2,
} as const satisfies Whole<LaunchRecord>

const wholeCase = {
  type: 'case',
  id: 'x.order-fifo@pipe',
  mechanism: 'pipe',
  target: 'native',
  os: 'linux',
  arm: 'a',
  with: { target: 'wine', os: 'windows', peers: ['consumer', 'third'] },
  theme: 'order',
  core: true,
  says: 'What is sent first arrives first.',
  cites: ['XSH read', 'pipe(7)'],
  verdict: 'fail',
  standing: 'known',
  message: 'two lines\nof text',
  expected: '"a"',
  observed: '"b", then "a"',
  findings: { capacity: 65_536 },
  deviation: {
    case: 'x.order-fifo@pipe',
    verdict: 'fail',
    observed: 'it was reversed',
    reason: 'nobody knows, yet',
    link: 'https://example.org/?a=1,2',
  },
  trace: [{ peer: 'producer', call: 'write', args: [3], at: 1 }],
  ms: 3,
  shard: 1,
} as const satisfies Whole<CaseRecord>

/** Where in a record, or in what stands around it, each column of results.csv has its value from. */
const sources: Readonly<Record<string, string>> = {
  ...{ record: 'type', run: 'header.run', target: 'target', os: 'os', verdict: 'verdict', message: 'message' },
  ...{ case: 'id', theme: 'theme', core: 'core', standing: 'standing', says: 'says', expected: 'expected' },
  ...{ observed: 'observed', findings: 'findings', deviation_reason: 'deviation.reason', round: 'round' },
  ...{ deviation_link: 'deviation.link', workload: 'cell.workload', size_bytes: 'cell.size', arm: 'arm' },
  ...{ placement: 'cell.placement', cores: 'cell.cores', runtime: 'cell.runtime', shard: 'shard' },
  ...{ elapsed_ns: 'measures.elapsedNs', messages: 'measures.messages', steal: 'measures.steal' },
  ...{ latency_mean_ns: 'measures.latency.meanNs', latency_min_ns: 'measures.latency.minNs' },
  ...{ latency_max_ns: 'measures.latency.maxNs', bytes_per_second: 'measures.throughput.bytesPerSecond' },
  ...{ messages_per_second: 'measures.throughput.messagesPerSecond', awake_by: 'measures.awakeBy' },
  ...Object.fromEntries(
    ['producer', 'consumer'].flatMap((who) => [
      ...['messages', 'bytes', 'checksum', 'syscalls'].map((name) => [`${who}_${name}`, `measures.${who}.${name}`]),
      [`${who}_user_ns`, `measures.${who}.usage.userNs`],
      [`${who}_system_ns`, `measures.${who}.usage.systemNs`],
      [`${who}_voluntary_switches`, `measures.${who}.usage.voluntarySwitches`],
      [`${who}_involuntary_switches`, `measures.${who}.usage.involuntarySwitches`],
      [`${who}_minor_faults`, `measures.${who}.usage.minorFaults`],
    ]),
  ),
  ...{ timer: 'measures.timer.source', timer_cost_ns: 'measures.timer.costNs' },
  ...{ timer_resolution_ns: 'measures.timer.resolutionNs', with_target: 'with.target', with_os: 'with.os' },
  ...{ wait: 'cell.wait', wake: 'cell.wake', transfer: 'cell.transfer', method: 'cell.method', shape: 'cell.shape' },
  ...{ peers: 'cell.peers', rate_per_second: 'cell.rate', buffer_bytes: 'cell.buffer', pages: 'cell.pages' },
  ...{ busy_poll_us: 'cell.busyPollUs', loss_sent: 'measures.loss.sent', loss_received: 'measures.loss.received' },
  ...{ pace_achieved: 'measures.pace.achieved', pace_sustained: 'measures.pace.sustained' },
  ...{ stages_ns: 'measures.stages', least_share: 'measures.shares.leastOfGreatest' },
  ...{ deviation_verdict: 'deviation.verdict', deviation_observed: 'deviation.observed', inject_ns: 'injectNs' },
  ...{ messages_per_batch: 'measures.throughput.messagesPerBatch', pace_wanted: 'measures.pace.wanted' },
  ...{ shares_per_second: 'measures.shares.messagesPerSecond', others_costs: 'measures.others' },
  ...{ run_started: 'header.started', tool_version: 'header.tool.version', cpu: 'header.environment.cpu' },
  ...{ kernel: 'header.environment.kernel', virtualisation: 'header.environment.virtualisation' },
}

/** What is worked out: of the whole case, and of the whole launch. */
const workedOut: Readonly<Record<string, readonly [ofCase: string, ofLaunch: string]>> = {
  mechanism: ['pipe', 'tcp'],
  duration_ns: ['3000000', '12250000'],
  cites: ['XSH read | pipe(7)', ''],
  calls: ['1', ''],
  ...{ latency_p50_ns: ['', '1000'], latency_p90_ns: ['', '1000'], latency_p99_ns: ['', '1000'] },
  latency_p999_ns: ['', '1000'],
  batches: ['', '2'],
  producer_max_rss_bytes: ['', String(9001 * 1024)],
  consumer_max_rss_bytes: ['', String(9002 * 1024)],
  others: ['', '1'],
  alone: ['', 'true'],
  with_peers: ['consumer | third', ''],
  latency_samples: ['', '20000'],
  system: ['Linux 6.18.44 x86_64', 'Linux 6.18.44 x86_64'],
  emulator: ['', ''],
}

function at(path: string, from: unknown): string {
  const value = path.split('.').reduce<unknown>((so, name) => (so as Record<string, unknown> | undefined)?.[name], from)
  return value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
}

describe('results.csv', () => {
  const rows = rowsOf('results.csv', run)

  it('has one row for each case and launch', () => {
    expect(rows).toHaveLength(run.cases.length + run.launches.length)
    expect(rows.filter(({ record }) => record === 'case')).toHaveLength(run.cases.length)
  })

  it('has these columns, in this order: readers depend on it', () => {
    expect(resultColumns.map(({ name }) => name).join(' ')).toMatchInlineSnapshot(
      `"record run target os mechanism verdict message duration_ns case theme core standing says cites expected observed findings deviation_reason deviation_link calls workload size_bytes placement cores runtime round elapsed_ns messages latency_mean_ns latency_min_ns latency_p50_ns latency_p90_ns latency_p99_ns latency_p999_ns latency_max_ns messages_per_second bytes_per_second batches producer_messages producer_bytes producer_checksum producer_syscalls producer_user_ns producer_system_ns producer_voluntary_switches producer_involuntary_switches producer_minor_faults producer_max_rss_bytes consumer_messages consumer_bytes consumer_checksum consumer_syscalls consumer_user_ns consumer_system_ns consumer_voluntary_switches consumer_involuntary_switches consumer_minor_faults consumer_max_rss_bytes timer timer_cost_ns timer_resolution_ns steal awake_by with_target wait wake transfer method shape peers rate_per_second buffer_bytes pages busy_poll_us loss_sent loss_received pace_achieved pace_sustained stages_ns least_share others arm with_os with_peers deviation_verdict deviation_observed latency_samples messages_per_batch pace_wanted alone shares_per_second others_costs inject_ns shard run_started tool_version system emulator cpu kernel virtualisation"`,
    )
  })

  it('has in every column what the record has, of a case and of a launch with all that there can be', () => {
    const [ofCase = {}, ofLaunch = {}] = rowsOf('results.csv', { ...run, cases: [wholeCase], launches: [wholeLaunch] })
    expect(Object.keys(ofCase).sort()).toEqual([...Object.keys(sources), ...Object.keys(workedOut)].sort())
    for (const [name, path] of Object.entries(sources)) {
      expect([name, ofCase[name]]).toEqual([name, at(path, { ...wholeCase, header: run.header })])
      expect([name, ofLaunch[name]]).toEqual([name, at(path, { ...wholeLaunch, header: run.header })])
    }
    for (const [name, expected] of Object.entries(workedOut)) {
      expect([name, ofCase[name], ofLaunch[name]]).toEqual([name, ...expected])
    }
  })

  it('has every member of a record in a column, but for what does not fit a cell', () => {
    const inColumns = new Set([
      ...Object.values(sources),
      'measures.alone',
      'ms',
      'cites',
      'with.peers',
      'cell.mechanism',
      'mechanism',
    ])
    const elsewhere = ['trace', 'measures.latency.histogram', 'measures.throughput.batchNs', 'deviation.case']
    const inKib = ['measures.producer.usage.maxRssKib', 'measures.consumer.usage.maxRssKib']
    const missing = (value: unknown, path: string): string[] => {
      if (inColumns.has(path) || elsewhere.includes(path) || inKib.includes(path)) return []
      if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path]
      return Object.entries(value).flatMap(([name, own]) => missing(own, path === '' ? name : `${path}.${name}`))
    }
    expect([...missing(wholeCase, ''), ...missing(wholeLaunch, '')]).toEqual([])
  })

  it('has every row of a run as it was recorded', () => {
    const records = [...run.cases, ...run.launches].map((record) => ({ ...record, header: run.header }))
    for (const [index, record] of records.entries()) {
      for (const [name, path] of Object.entries(sources)) {
        expect(rows[index]?.[name]?.replace(/^'(?=[=+@-])/, '')).toBe(visible(at(path, record)))
      }
    }
  })

  it('leaves a percentile empty that too few samples lie above', () => {
    const histogram = { ...wholeLaunch.measures.latency.histogram, counts: [[100, 30]] as const }
    const measures = { ...wholeLaunch.measures, latency: { ...wholeLaunch.measures.latency, histogram } }
    const [row] = rowsOf('results.csv', { ...run, cases: [], launches: [{ ...wholeLaunch, measures }] })
    expect(row).toMatchObject({ latency_p50_ns: '100', latency_p90_ns: '', latency_p99_ns: '' })
  })

  it('defuses formulas, and leaves negative numbers alone', () => {
    const row = rows.find(({ standing, mechanism }) => standing === 'known' && mechanism === hostile.markup)
    expect(row?.cites?.startsWith(`'=HYPERLINK(`)).toBe(true)
    expect(row?.observed).toBe(hostile.closing)
    const negative = { ...wholeCase, ms: -1, message: '-1 and +1', expected: '@SUM(A1)', observed: '\tx' }
    const text = textOf('results.csv', { ...run, cases: [negative], launches: [] })
    expect(parse(text, { columns: true })[0]).toMatchObject({
      message: "'-1 and +1",
      duration_ns: '-1000000',
      expected: "'@SUM(A1)",
      observed: "'\tx",
    })
  })

  it('keeps values that no machine gives', () => {
    const measures = { ...wholeLaunch.measures, elapsedNs: Number.NaN, messages: -5, steal: 1e300 }
    const launch: LaunchRecord = { ...wholeLaunch, measures, message: 'x'.repeat(10_000) }
    const [row] = rowsOf('results.csv', { ...run, cases: [], launches: [launch] })
    expect(row).toMatchObject({ elapsed_ns: 'NaN', messages: '-5', steal: '1e+300', message: 'x'.repeat(10_000) })
  })

  it('writes control characters out, so that a terminal can show it', () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]/.exec(textOf('results.csv', run))).toBeNull()
  })

  it('says of several runs which one and which machine a row is of', () => {
    const environment = { ...run.header.environment, kernel: 'Linux 7.0', cpu: 'another, with a comma' }
    const other: Run = { ...run, header: { ...run.header, run: 'ipcmark-other', environment } }
    const all = rowsOf('results.csv', run, other)
    expect(all).toHaveLength(2 * rows.length)
    expect(new Set(all.slice(0, rows.length).map((row) => `${row.run} ${row.kernel}`))).toEqual(
      new Set([`${run.header.run} ${run.header.environment.kernel}`]),
    )
    expect(new Set(all.slice(rows.length).map((row) => `${row.run} ${row.kernel} ${row.cpu}`))).toEqual(
      new Set(['ipcmark-other Linux 7.0 another, with a comma']),
    )
  })

  it('goes through the launches once for all of its files: there may be more than fit in memory', () => {
    let passes = 0
    const all = [...run.launches]
    const launches = {
      length: all.length,
      *[Symbol.iterator]() {
        yield* all
        passes++
      },
    }
    const made = csvReport([{ ...run, launches }]).map(({ contents }) => [...contents].join(''))
    expect(passes).toBe(1)
    expect(made).toEqual(csvReport([run]).map(({ contents }) => [...contents].join('')))
  })

  it('of a run without records is a head', () => {
    for (const name of ['results.csv', 'summary.csv', 'conformance.csv'] as const) {
      expect(parse(textOf(name, { header: run.header, cases: [], launches: [] }))).toHaveLength(1)
    }
  })
})

describe('summary.csv', () => {
  const rows = rowsOf('summary.csv', run)
  const plain = { size_bytes: '64', placement: 'same-core', workload: 'pingpong', mechanism: 'pipe' }
  const find = (wanted: Row) => rows.find((row) => Object.entries(wanted).every(([name, value]) => row[name] === value))

  it('has one row for each cell of each target', () => {
    const cells = new Set([...run.launches].map(({ target, cell }) => `${target} ${JSON.stringify(cell)}`))
    expect(rows).toHaveLength(cells.size)
    expect(summaryColumns.map(({ name }) => name).join(' ')).toMatchInlineSnapshot(
      `"run target os arm family mechanism name workload size_bytes placement cores runtime wait wake transfer method shape peers rate_per_second buffer_bytes pages busy_poll_us figure value low high confidence launches spread latency_p50_ns latency_p90_ns latency_p99_ns latency_p999_ns messages_per_second bytes_per_second producer_cpu_ns_per_message consumer_cpu_ns_per_message producer_user_share consumer_user_share switches_per_message syscalls_per_message baseline times_baseline least_share loss pace_wanted pace_achieved pace_sustained stages_ns steal clock_ns pushed_out_per_second warnings launches_without_figure why_without_figure run_started tool_version system emulator cpu kernel virtualisation"`,
    )
  })

  it('has the figure, its interval and its costs', () => {
    const row = find(plain)
    expect(row).toMatchObject({ figure: 'latency', launches: '5', target: 'native', family: 'pipe', name: 'pipe' })
    expect(row?.latency_p50_ns).toBe(row?.value)
    expect(Number(row?.low)).toBeLessThanOrEqual(Number(row?.value))
    expect(Number(row?.high)).toBeGreaterThanOrEqual(Number(row?.value))
    expect(Number(row?.latency_p99_ns)).toBeGreaterThan(Number(row?.latency_p90_ns))
    expect(row?.messages_per_second).toBe('')
    expect(Number(row?.producer_cpu_ns_per_message)).toBeGreaterThan(0)
    expect(find({ ...plain, workload: 'stream' })).toMatchObject({ figure: 'throughput', latency_p50_ns: '' })
  })

  it('has a row for what gave no figure, and says why', () => {
    expect(find({ mechanism: 'unix-stream', placement: 'unpinned', size_bytes: '64' })).toMatchObject({
      value: '',
      launches: '0',
      launches_without_figure: '1',
      why_without_figure: expect.stringMatching(/^void: The producer sent/),
    })
  })

  it('says of which side of a gate a row is, though the side gave no figure', () => {
    const gate = gateRun()
    const launches = [...gate.launches].map(
      ({ measures, ...launch }): LaunchRecord =>
        launch.arm === 'b' || measures === undefined ? { ...launch, verdict: 'void' } : { ...launch, measures },
    )
    const arms = rowsOf('summary.csv', { ...gate, launches }).map(({ arm, figure }) => [arm, figure === ''])
    expect(arms).toContainEqual(['a', false])
    expect(arms).toContainEqual(['b', true])
    expect(arms).not.toContainEqual(['', true])
  })

  it('names what makes a figure worth less', () => {
    const launches = [...run.launches].map((launch) => ({ ...launch, ...stolen(launch) }))
    const [row] = rowsOf('summary.csv', { ...run, cases: [], launches })
    expect(row?.warnings?.split(' | ')).toContain('stolen-time')
  })

  const stolen = ({ measures }: LaunchRecord) => measures && { measures: { ...measures, steal: 0.2 } }
})

describe('conformance.csv', () => {
  it('has one row for each case, by its name', () => {
    const rows = rowsOf('conformance.csv', run)
    expect(rows).toHaveLength(run.cases.length)
    const names = rows.map((row) => row.case ?? '')
    expect(names).toEqual([...names].sort((a, b) => (a < b ? -1 : 1)))
    expect(rows.find((row) => row.case === 'npipe.client-pid')).toMatchObject({
      family: 'pipe',
      theme: 'naming',
      verdict: 'fail',
      standing: 'known',
      expected: 'the client’s process id, 36',
      observed: '0',
      reason: 'Not implemented in Wine 8.',
      emulator: 'Wine 8.0',
    })
    expect(conformanceColumns.map(({ name }) => name).join(' ')).toMatchInlineSnapshot(
      `"run target os family mechanism theme case core verdict standing says expected observed message cites reason link with_target arm shard duration_ns run_started tool_version system emulator cpu kernel virtualisation"`,
    )
  })
})
