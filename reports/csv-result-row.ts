/** The rows of results.csv, and how its columns are made: of cases, of launches, of what launches measured, or of both. */

import { percentiles } from '../harness/measure/histogram.ts'
import type { CaseRecord, LaunchRecord, Measures, Runs, SideCost, TargetId, TargetInfo } from '../harness/model.ts'
import { column, type Origin } from './csv-shared.ts'
import type { CsvColumn, CsvUnit, CsvValue } from './csv-text.ts'
import { whileMeasuring } from './view/measured.ts'

export interface ResultRow extends Origin {
  readonly record: CaseRecord | LaunchRecord
  /** Shares of a launch’s samples, and within what they lie. */
  readonly tails: ReadonlyMap<number, number>
}
export type ResultColumn = CsvColumn<ResultRow>

const tailShares = [0.5, 0.9, 0.99, 0.999]
const noTails: ResultRow['tails'] = new Map()

export function* resultRows(runs: Runs): Generator<ResultRow> {
  for (const one of runs) {
    const { header: run, cases } = one
    const infos = new Map<TargetId, TargetInfo>(run.targets.map((info) => [info.id, info]))
    for (const record of cases) yield { run, info: infos.get(record.target), record, tails: noTails }
    for (const record of whileMeasuring(one))
      yield { run, info: infos.get(record.target), record, tails: tailsOf(record) }
  }
}

const tailsOf = ({ measures }: LaunchRecord): ResultRow['tails'] =>
  measures?.latency === undefined ? noTails : new Map(percentiles(measures.latency.histogram, tailShares))

export const both = (
  name: string,
  unit: CsvUnit,
  says: string,
  of: (record: ResultRow['record']) => CsvValue,
  empty = '',
) => column<ResultRow>(name, unit, says, ({ record }) => of(record), empty)

const ofLaunches = 'The row is of a launch. '
export const ofCases = 'The row is of a case. '
const unmeasured = `${ofCases}The launch measured nothing. `

export const ofCase = (
  name: string,
  unit: CsvUnit,
  says: string,
  of: (record: CaseRecord) => CsvValue,
  empty = '',
): ResultColumn =>
  both(name, unit, says, (record) => (record.type === 'case' ? of(record) : undefined), ofLaunches + empty)

export const ofLaunch = (
  name: string,
  unit: CsvUnit,
  says: string,
  of: (record: LaunchRecord) => CsvValue,
  empty = '',
): ResultColumn =>
  both(name, unit, says, (record) => (record.type === 'launch' ? of(record) : undefined), ofCases + empty)

export const measure = (
  name: string,
  unit: CsvUnit,
  says: string,
  of: (measures: Measures) => CsvValue,
  empty = '',
): ResultColumn =>
  both(
    name,
    unit,
    says,
    (record) => (record.type === 'launch' && record.measures !== undefined ? of(record.measures) : undefined),
    unmeasured + empty,
  )

export const timed = 'It has a throughput. '
export const streamed = 'It has a latency. '

export const tail = (name: string, share: number): ResultColumn =>
  column(
    name,
    'ns',
    `latency: ${share * 100} of 100 samples took at most this long`,
    ({ tails }) => tails.get(share),
    `${unmeasured}${timed}Fewer than ten samples lie above.`,
  )

export const side = (which: 'producer' | 'consumer'): ResultColumn[] => {
  const cost = (name: string, unit: CsvUnit, says: string, of: (side: SideCost) => CsvValue, empty = '') =>
    measure(`${which}_${name}`, unit, `${which}: ${says}`, (measures) => of(measures[which]), empty)
  return [
    cost('messages', 'count', 'messages that it counted', ({ messages }) => messages),
    cost('bytes', 'bytes', 'what it counted', ({ bytes }) => bytes),
    cost('checksum', 'text', 'checksum of what it carried', ({ checksum }) => checksum),
    cost('syscalls', 'count', 'system calls that it made', ({ syscalls }) => syscalls, 'Nobody counts them there.'),
    cost('user_ns', 'ns', 'processor time in user mode', ({ usage }) => usage.userNs),
    cost('system_ns', 'ns', 'processor time in the kernel', ({ usage }) => usage.systemNs),
    cost('voluntary_switches', 'count', 'context switches because it waited', ({ usage }) => usage.voluntarySwitches),
    cost(
      'involuntary_switches',
      'count',
      'context switches because others ran',
      ({ usage }) => usage.involuntarySwitches,
    ),
    cost('minor_faults', 'count', 'page faults without input or output', ({ usage }) => usage.minorFaults),
    cost('max_rss_bytes', 'bytes', 'most memory that was resident', ({ usage }) => usage.maxRssKib * 1024),
  ]
}
