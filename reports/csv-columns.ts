/**
 * The columns of results.csv: one row for each case or launch. Names and order are stable; new columns are added at the
 * end. Times are nanoseconds, lengths are bytes, and what does not apply to a row is empty. Traces, histograms and batches
 * do not fit a cell: they are in results.jsonl.
 */

import { percentile } from '../harness/measure/histogram.ts'
import type { CaseRecord, Cell, LaunchRecord, Measures, Run, SideCost } from '../harness/model.ts'

export type CsvValue = string | number | boolean | undefined

export interface CsvColumn {
  readonly name: string
  /** What it holds, for the data dictionary. */
  readonly says: string
  readonly of: (row: CsvRow) => CsvValue
}

export interface CsvRow {
  readonly run: Run['header']
  readonly record: CaseRecord | LaunchRecord
}

const column = (name: string, says: string, of: CsvColumn['of']): CsvColumn => ({ name, says, of })

const caseColumn = (name: string, says: string, of: (record: CaseRecord) => CsvValue): CsvColumn =>
  column(name, says, ({ record }) => (record.type === 'case' ? of(record) : undefined))

const launchColumn = (name: string, says: string, of: (record: LaunchRecord) => CsvValue): CsvColumn =>
  column(name, says, ({ record }) => (record.type === 'launch' ? of(record) : undefined))

const measure = (name: string, says: string, of: (measures: Measures) => CsvValue): CsvColumn =>
  launchColumn(name, says, ({ measures }) => measures && of(measures))

const variant = (name: string, says: string, of: (cell: Cell) => CsvValue): CsvColumn =>
  launchColumn(name, says, ({ cell }) => of(cell))

const tail = (name: string, share: number): CsvColumn =>
  measure(
    name,
    `latency: ${share * 100} of 100 samples took at most this long, ns; empty where fewer than ten samples lie above`,
    ({ latency }) => latency && percentile(latency.histogram, share),
  )

const side = (which: 'producer' | 'consumer'): CsvColumn[] => {
  const cost = (name: string, says: string, of: (side: SideCost) => CsvValue) =>
    measure(`${which}_${name}`, `${which}: ${says}`, (measures) => of(measures[which]))
  return [
    cost('messages', 'messages that it counted', ({ messages }) => messages),
    cost('bytes', 'bytes that it counted', ({ bytes }) => bytes),
    cost('checksum', 'checksum of what it carried', ({ checksum }) => checksum),
    cost('syscalls', 'system calls that it made', ({ syscalls }) => syscalls),
    cost('user_ns', 'processor time in user mode, ns', ({ usage }) => usage.userNs),
    cost('system_ns', 'processor time in the kernel, ns', ({ usage }) => usage.systemNs),
    cost('voluntary_switches', 'context switches because it waited', ({ usage }) => usage.voluntarySwitches),
    cost('involuntary_switches', 'context switches because others ran', ({ usage }) => usage.involuntarySwitches),
    cost('minor_faults', 'page faults without input or output', ({ usage }) => usage.minorFaults),
    cost('max_rss_bytes', 'most memory that was resident, bytes', ({ usage }) => usage.maxRssKib * 1024),
  ]
}

export const csvColumns: readonly CsvColumn[] = [
  column('record', 'case or launch', ({ record }) => record.type),
  column('run', 'the run’s id', ({ run }) => run.run),
  column('target', 'where the processes ran', ({ record }) => record.target),
  column('os', 'linux or windows', ({ record }) => record.os),
  column('mechanism', 'the mechanism’s id', ({ record }) =>
    record.type === 'case' ? record.mechanism : record.cell.mechanism,
  ),
  column(
    'verdict',
    'what came out: pass, fail, … for a case; ok, void, … for a launch',
    ({ record }) => record.verdict,
  ),
  column('message', 'one sentence: what was wrong, missing or observed', ({ record }) => record.message),
  column('duration_ns', 'how long the case or launch took, ns', ({ record }) => Math.round(record.ms * 1e6)),
  caseColumn('case', 'the case’s id', ({ id }) => id),
  caseColumn('theme', 'what the case is about', ({ theme }) => theme),
  caseColumn('core', 'whether it is part of the quick selection', ({ core }) => core),
  caseColumn('standing', 'the verdict against the expectations file', ({ standing }) => standing),
  caseColumn('says', 'the claim, one sentence', ({ says }) => says),
  caseColumn('cites', 'what the claim rests on, separated by " | "', ({ cites }) => cites.join(' | ')),
  caseColumn('expected', 'what was expected', ({ expected }) => expected),
  caseColumn('observed', 'what was seen instead', ({ observed }) => observed),
  caseColumn(
    'findings',
    'values recorded and not judged, as JSON',
    ({ findings }) => findings && JSON.stringify(findings),
  ),
  caseColumn('deviation_reason', 'why the deviation is excused', ({ deviation }) => deviation?.reason),
  caseColumn('deviation_link', 'where the deviation is described', ({ deviation }) => deviation?.link),
  caseColumn('calls', 'how many steps its trace has', ({ trace }) => trace.length),
  launchColumn(
    'workload',
    'what was measured: pingpong, openloop, stream, handoff, lifecycle, fan, baseline',
    ({ cell }) => cell.workload,
  ),
  launchColumn('size_bytes', 'bytes in one message', ({ cell }) => cell.size),
  launchColumn(
    'placement',
    'where the processes ran: same-core, cross-core, unpinned, …',
    ({ cell }) => cell.placement,
  ),
  launchColumn('cores', 'awake or idle', ({ cell }) => cell.cores),
  launchColumn('runtime', 'whose code called: native or node', ({ cell }) => cell.runtime),
  launchColumn('round', 'which repetition, from 0', ({ round }) => round),
  measure('elapsed_ns', 'length of the timed loop, ns', ({ elapsedNs }) => elapsedNs),
  measure('messages', 'messages in the timed loop', ({ messages }) => messages),
  measure(
    'latency_mean_ns',
    'latency: mean, ns; of a round trip (pingpong, handoff), from the intended start (openloop), of a life (lifecycle), of one of many (baseline)',
    ({ latency }) => latency?.meanNs,
  ),
  measure('latency_min_ns', 'latency: shortest, ns', ({ latency }) => latency?.minNs),
  tail('latency_p50_ns', 0.5),
  tail('latency_p90_ns', 0.9),
  tail('latency_p99_ns', 0.99),
  tail('latency_p999_ns', 0.999),
  measure('latency_max_ns', 'latency: longest, ns', ({ latency }) => latency?.maxNs),
  measure(
    'messages_per_second',
    'rate at the consumer: the median of the batches',
    ({ throughput }) => throughput?.messagesPerSecond,
  ),
  measure('bytes_per_second', 'the same in bytes', ({ throughput }) => throughput?.bytesPerSecond),
  measure('batches', 'how many batches the rate is the median of', ({ throughput }) => throughput?.batchNs.length),
  ...side('producer'),
  ...side('consumer'),
  measure('timer', 'the clock', ({ timer }) => timer.source),
  measure('timer_cost_ns', 'what reading the clock costs, ns; never subtracted', ({ timer }) => timer.costNs),
  measure('timer_resolution_ns', 'the clock’s smallest step that was seen, ns', ({ timer }) => timer.resolutionNs),
  measure('steal', 'share of processor time that the hypervisor took away', ({ steal }) => steal),
  measure('awake_by', 'how cores were kept awake', ({ awakeBy }) => awakeBy),
  caseColumn('with_target', 'the other target, where a case has peers on two', (record) => record.with?.target),
  variant('wait', 'what a side does that has to wait; empty: it blocks', ({ wait }) => wait),
  variant('wake', 'what wakes a side that blocks on shared memory', ({ wake }) => wake),
  variant('transfer', 'copy or loan; empty: copy', ({ transfer }) => transfer),
  variant('method', 'how messages cross into the kernel; empty: each by a call of its own', ({ method }) => method),
  variant('shape', 'who is on either side of a fan', ({ shape }) => shape),
  variant('peers', 'how many of the many there are in a fan', ({ peers }) => peers),
  variant('rate_per_second', 'messages a second that were asked for', ({ rate }) => rate),
  variant('buffer_bytes', 'bytes of the link’s buffer; empty: as the system has it', ({ buffer }) => buffer),
  variant('pages', 'how the memory of a ring was had; empty: touched beforehand', ({ pages }) => pages),
  variant('busy_poll_us', 'for how long a receive looked at the device itself, µs', ({ busyPollUs }) => busyPollUs),
  measure('loss_sent', 'messages sent, where they may be lost', ({ loss }) => loss?.sent),
  measure('loss_received', 'messages of those that came', ({ loss }) => loss?.received),
  measure('pace_achieved', 'messages a second that left, of those asked for', ({ pace }) => pace?.achieved),
  measure('pace_sustained', 'whether the rate was kept within 1 %', ({ pace }) => pace?.sustained),
  measure(
    'stages_ns',
    'the stages of a life, the median of each, ns, as JSON',
    ({ stages }) => stages && JSON.stringify(stages),
  ),
  measure(
    'least_share',
    'of a fan: the smallest rate of the many as a part of the greatest',
    ({ shares }) => shares?.leastOfGreatest,
  ),
  measure('others', 'how many more processes than two there were', ({ others }) => others?.length),
  column('arm', 'the side of a gate: a, b, or control, which is A on the side of B', ({ record }) => record.arm),
]
