/**
 * What each line of a record must look like: the types of model.ts, as checks that run.
 */

import {
  arms,
  type Breakage,
  type CaseRecord,
  type Cell,
  type CellDecision,
  coreStates,
  type Deviation,
  type Elsewhere,
  type Environment,
  type GateRecord,
  gateVerdicts,
  type Latency,
  type LaunchRecord,
  type Measures,
  methods,
  type Outcome,
  pageKinds,
  placements,
  type RunEnd,
  type RunHeader,
  runtimes,
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
import { anything, type Check, fields, listOf, mapOf, maybe, number, oneOf, text, yesNo } from './check.ts'

const os = oneOf('linux', 'windows')

const usage = fields<Usage>({
  userNs: number,
  systemNs: number,
  voluntarySwitches: number,
  involuntarySwitches: number,
  minorFaults: number,
  maxRssKib: number,
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

const step = fields<TraceStep>({
  peer: text,
  call: text,
  args: listOf(anything),
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
})

const cell = fields<Cell>({
  mechanism: text,
  workload: oneOf(...workloads),
  size: number,
  placement: oneOf(...placements),
  cores: oneOf(...coreStates),
  runtime: oneOf(...runtimes),
  wait: maybe(oneOf(...waits)),
  wake: maybe(text),
  transfer: maybe(oneOf(...transfers)),
  method: maybe(oneOf(...methods)),
  shape: maybe(oneOf(...shapes)),
  peers: maybe(number),
  rate: maybe(number),
  buffer: maybe(number),
  pages: maybe(oneOf(...pageKinds)),
  busyPollUs: maybe(number),
})

const side = fields<SideCost>({ messages: number, bytes: number, checksum: text, syscalls: maybe(number), usage })

const histogram = fields<SparseHistogram>({
  significantDigits: oneOf(3),
  unit: oneOf('ns'),
  counts: listOf((pair, at) =>
    Array.isArray(pair) && pair.length === 2 ? listOf(number)(pair, at) : `${at} must be a pair`,
  ),
})

const measures = fields<Measures>({
  elapsedNs: number,
  messages: number,
  latency: maybe(fields<Latency>({ meanNs: number, minNs: number, maxNs: number, histogram })),
  throughput: maybe(
    fields<NonNullable<Measures['throughput']>>({
      messagesPerSecond: number,
      bytesPerSecond: number,
      batchNs: listOf(number),
      messagesPerBatch: number,
    }),
  ),
  loss: maybe(fields<NonNullable<Measures['loss']>>({ sent: number, received: number })),
  pace: maybe(fields<NonNullable<Measures['pace']>>({ wanted: number, achieved: number, sustained: yesNo })),
  alone: maybe(yesNo),
  stages: maybe(mapOf(number)),
  producer: side,
  consumer: side,
  shares: maybe(
    fields<NonNullable<Measures['shares']>>({ messagesPerSecond: listOf(number), leastOfGreatest: number }),
  ),
  others: maybe(listOf(side)),
  timer: fields<Measures['timer']>({ source: text, costNs: number, resolutionNs: number }),
  steal: maybe(number),
  awakeBy: maybe(text),
})

const launchRecord: Check = fields<LaunchRecord>({
  type: oneOf('launch'),
  cell,
  target: text,
  os,
  arm: maybe(oneOf(...arms)),
  round: number,
  verdict: oneOf('ok', 'void', 'unsupported', 'broken', 'crash', 'hang'),
  message: maybe(text),
  measures: maybe(measures),
  findings: maybe(mapOf(anything)),
  ms: number,
})

const breakage = fields<Breakage>({ what: text, verdict: text, message: maybe(text) })

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
      mde: number,
      reason: maybe(text),
    }),
  ),
  broken: listOf(breakage),
  unmeasured: listOf(breakage),
  exceeded: listOf(breakage),
  reasons: listOf(text),
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
