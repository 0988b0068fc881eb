/**
 * What each line of a record must look like: the types of model.ts, as checks that run.
 */

import {
  arms,
  type Breakage,
  breakageOrigins,
  type CaseRecord,
  type Cell,
  type CellDecision,
  coreStates,
  type Deviation,
  type Elsewhere,
  type Environment,
  type GateRecord,
  gateVerdicts,
  type Injection,
  type Latency,
  type LaunchRecord,
  type Measures,
  type Merged,
  type MergedShard,
  methods,
  type Outcome,
  pageKinds,
  placements,
  type RunEnd,
  type RunHeader,
  runtimes,
  type Shard,
  type SideCost,
  type SparseHistogram,
  shapes,
  standings,
  type TargetInfo,
  type TraceStep,
  themes,
  transfers,
  type Usage,
  verdicts,
  type Warning,
  waits,
  workloads,
} from '../model.ts'
import {
  amount,
  anything,
  type Check,
  fields,
  isObject,
  listOf,
  mapOf,
  maybe,
  number,
  oneOf,
  text,
  wrong,
  yesNo,
} from './check.ts'

const os = oneOf('linux', 'windows')

const usage = fields<Usage>({
  userNs: amount,
  systemNs: amount,
  voluntarySwitches: amount,
  involuntarySwitches: amount,
  minorFaults: amount,
  maxRssKib: amount,
})

const warning = fields<Warning>({ id: text, says: text, remedy: text })

const environment = fields<Environment>({
  cpu: text,
  cores: number,
  topology: listOf(
    fields<Environment['topology'][number]>({ cpu: number, core: number, package: number, node: number }),
  ),
  memoryMib: number,
  kernel: text,
  distribution: text,
  virtualisation: text,
  governor: text,
  mitigations: mapOf(text),
  cgroupCpuLimit: text,
  load: listOf(number),
  node: text,
  user: fields<Environment['user']>({ uid: number, capabilities: text }),
  warnings: listOf(warning),
})

const target = fields<TargetInfo>({
  id: text,
  os,
  agentVersion: text,
  system: text,
  emulator: maybe(text),
  capabilities: listOf(text),
  filtered: maybe(yesNo),
})

/** A shard's header is like any other, but that no run is merged twice. */
const headerOfShard: Check = (value) =>
  isObject(value) && value.merged !== undefined ? wrong('must be of a run that was not merged') : header(value)

export const header: Check = fields<RunHeader>({
  type: oneOf('run'),
  schema: number,
  run: text,
  tool: fields<RunHeader['tool']>({ name: oneOf('ipcmark'), version: text, commit: maybe(text) }),
  command: text,
  words: maybe(listOf(text)),
  seed: number,
  started: text,
  environment,
  targets: listOf(target),
  shard: maybe(fields<Shard>({ index: number, of: number, plan: text, machine: text })),
  merged: maybe(
    fields<Merged>({
      of: number,
      shards: listOf(fields<MergedShard>({ header: headerOfShard, partial: maybe(text) })),
    }),
  ),
})

const outcome = fields<Outcome>({
  ret: number,
  error: maybe(text),
  code: maybe(number),
  filtered: maybe(yesNo),
  ns: number,
  length: maybe(number),
  hex: maybe(text),
  crc: maybe(number),
  out: maybe(mapOf(anything)),
})

const bytesOf = fields<{ hex: string }>({ hex: text })
const patternOf = fields<{ pattern: number; seed: number }>({ pattern: amount, seed: number })

/** An argument of a call; whole numbers that are too long for JSON are text. */
const argument: Check = (value) => {
  if (typeof value === 'string' || typeof value === 'number') return undefined
  if (Array.isArray(value)) return anything(value) ?? listOf(argument)(value)
  return isObject(value) && 'hex' in value ? bytesOf(value) : patternOf(value)
}

const step = fields<TraceStep>({
  peer: text,
  call: text,
  args: listOf(argument),
  at: number,
  until: maybe(number),
  outcome: maybe(outcome),
  blocked: maybe(yesNo),
  event: maybe(text),
})

const deviation = fields<Deviation>({
  case: text,
  verdict: oneOf(...verdicts),
  observed: text,
  reason: text,
  link: text,
})

const elsewhere = fields<Elsewhere>({ target: text, os, peers: listOf(text) })

const caseRecord: Check = fields<CaseRecord>({
  type: oneOf('case'),
  id: text,
  mechanism: text,
  target: text,
  os,
  arm: maybe(oneOf(...arms)),
  with: maybe(elsewhere),
  theme: oneOf(...themes),
  core: yesNo,
  says: text,
  cites: listOf(text),
  verdict: oneOf(...verdicts),
  standing: oneOf(...standings),
  message: maybe(text),
  expected: maybe(text),
  observed: maybe(text),
  findings: maybe(mapOf(anything)),
  deviation: maybe(deviation),
  trace: listOf(step),
  ms: number,
  shard: maybe(number),
})

const cell = fields<Cell>({
  mechanism: text,
  workload: oneOf(...workloads),
  size: amount,
  placement: oneOf(...placements),
  cores: oneOf(...coreStates),
  runtime: oneOf(...runtimes),
  wait: maybe(oneOf(...waits)),
  wake: maybe(text),
  transfer: maybe(oneOf(...transfers)),
  method: maybe(oneOf(...methods)),
  shape: maybe(oneOf(...shapes)),
  peers: maybe(amount),
  rate: maybe(amount),
  buffer: maybe(amount),
  pages: maybe(oneOf(...pageKinds)),
  busyPollUs: maybe(amount),
})

const side = fields<SideCost>({ messages: amount, bytes: amount, checksum: text, syscalls: maybe(amount), usage })

/** The last bucket that a number has which is exact, and more than there ever is in one. */
export const lastBucket = 45_055
export const mostOfOne = 2 ** 32

/** Whoever adds histograms up relies on their order. */
const buckets: Check = (value) => {
  if (!Array.isArray(value)) return wrong('must be a list')
  let before = -1
  for (const pair of value) {
    if (!Array.isArray(pair) || pair.length !== 2) return wrong('must be a list of pairs')
    const [index, count] = pair
    if (!Number.isInteger(index) || index <= before || index > lastBucket)
      return wrong(`must be of buckets in their order, but ${index} comes after ${before}`)
    if (!Number.isInteger(count) || count < 0 || count >= mostOfOne) return wrong(`must be counts, but one is ${count}`)
    before = index
  }
  return undefined
}
const histogram = fields<SparseHistogram>({ significantDigits: oneOf(3), unit: oneOf('ns'), counts: buckets })

const measures = fields<Measures>({
  elapsedNs: amount,
  messages: amount,
  latency: maybe(fields<Latency>({ meanNs: amount, minNs: amount, maxNs: amount, histogram })),
  throughput: maybe(
    fields<NonNullable<Measures['throughput']>>({
      messagesPerSecond: amount,
      bytesPerSecond: amount,
      batchNs: listOf(amount),
      messagesPerBatch: amount,
    }),
  ),
  loss: maybe(fields<NonNullable<Measures['loss']>>({ sent: amount, received: amount })),
  pace: maybe(fields<NonNullable<Measures['pace']>>({ wanted: amount, achieved: amount, sustained: yesNo })),
  alone: maybe(yesNo),
  stages: maybe(mapOf(amount)),
  producer: side,
  consumer: side,
  shares: maybe(
    fields<NonNullable<Measures['shares']>>({ messagesPerSecond: listOf(amount), leastOfGreatest: amount }),
  ),
  others: maybe(listOf(side)),
  timer: fields<Measures['timer']>({ source: text, costNs: amount, resolutionNs: amount }),
  steal: maybe(amount),
  awakeBy: maybe(text),
})

const launchRecord: Check = fields<LaunchRecord>({
  type: oneOf('launch'),
  cell,
  target: text,
  os,
  arm: maybe(oneOf(...arms)),
  injectNs: maybe(amount),
  round: amount,
  verdict: oneOf('ok', 'void', 'unsupported', 'broken', 'crash', 'hang'),
  message: maybe(text),
  measures: maybe(measures),
  findings: maybe(mapOf(anything)),
  ms: amount,
  shard: maybe(amount),
})

const breakage = fields<Breakage>({
  what: text,
  verdict: text,
  message: maybe(text),
  origin: maybe(oneOf(...breakageOrigins)),
})

const gate: Check = fields<GateRecord>({
  type: oneOf('gate'),
  verdict: oneOf(...gateVerdicts),
  a: text,
  b: text,
  cells: listOf(
    fields<CellDecision>({
      cell: text,
      verdict: oneOf(...gateVerdicts),
      ratio: number,
      atLeast: maybe(number),
      p: maybe(number),
      threshold: number,
      mde: maybe(number),
      history: maybe(fields<NonNullable<CellDecision['history']>>({ runs: number, scatter: number })),
      reason: maybe(text),
    }),
  ),
  broken: listOf(breakage),
  unmeasured: listOf(breakage),
  exceeded: listOf(breakage),
  reasons: listOf(text),
  claims: maybe(number),
  notes: maybe(listOf(text)),
  injected: maybe(listOf(fields<Injection>({ cell: text, ns: number, alone: maybe(number), held: maybe(number) }))),
  again: text,
})

const end: Check = fields<RunEnd>({
  type: oneOf('end'),
  finished: text,
  interrupted: yesNo,
  cases: number,
  launches: number,
})

/** What each type of line must look like. */
export const lineShapes: ReadonlyMap<unknown, Check> = new Map([
  ['run', header],
  ['case', caseRecord],
  ['launch', launchRecord],
  ['gate', gate],
  ['end', end],
])
