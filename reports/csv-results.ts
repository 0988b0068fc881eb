/**
 * The columns of results.csv: one row for each case or launch. Names and order are stable; new columns are added at the
 * end. Traces, histograms and batches do not fit a cell: they are in results.jsonl.
 */

import { samplesIn } from '../harness/measure/histogram.ts'
import {
  both,
  measure,
  ofCase,
  ofCases,
  ofLaunch,
  type ResultColumn,
  type ResultRow,
  side,
  streamed,
  tail,
  timed,
} from './csv-result-row.ts'
import { column, originColumns, variantColumns } from './csv-shared.ts'

const json = (value: unknown): string | undefined => (value === undefined ? undefined : JSON.stringify(value))
const cellOf = ({ record }: ResultRow) => (record.type === 'launch' ? record.cell : undefined)
const latencyOf =
  'of a round trip (pingpong, handoff), from the intended start (openloop), of a life (lifecycle), of one of many (baseline)'

const whatHappened: readonly ResultColumn[] = [
  both('record', 'text', 'case or launch', ({ type }) => type),
  column('run', 'text', 'the run’s id', ({ run }) => run.run),
  both('target', 'text', 'where the processes ran', ({ target }) => target),
  both('os', 'text', 'linux or windows', ({ os }) => os),
  both('mechanism', 'text', 'the mechanism’s id', (record) =>
    record.type === 'case' ? record.mechanism : record.cell.mechanism,
  ),
  both('verdict', 'text', 'what came out: pass, fail, … of a case; ok, void, … of a launch', ({ verdict }) => verdict),
  both(
    'message',
    'text',
    'one sentence: what was wrong, missing or observed',
    ({ message }) => message,
    'There is nothing to say.',
  ),
  both('duration_ns', 'ns', 'how long the case or launch took', ({ ms }) => Math.round(ms * 1e6)),
]

const claims: readonly ResultColumn[] = [
  ofCase('case', 'text', 'the case’s id', ({ id }) => id),
  ofCase('theme', 'text', 'what the case is about', ({ theme }) => theme),
  ofCase('core', 'true or false', 'whether it is part of the quick selection', ({ core }) => core),
  ofCase('standing', 'text', 'the verdict against the expectations file', ({ standing }) => standing),
  ofCase('says', 'text', 'the claim, one sentence', ({ says }) => says),
  ofCase('cites', 'list', 'what the claim rests on', ({ cites }) => cites.join(' | ')),
  ofCase('expected', 'text', 'what was expected', ({ expected }) => expected, 'It came.'),
  ofCase('observed', 'text', 'what was seen instead', ({ observed }) => observed, 'What was expected came.'),
  both(
    'findings',
    'JSON',
    'values that were recorded and not judged',
    ({ findings }) => json(findings),
    'There are none.',
  ),
  ofCase(
    'deviation_reason',
    'text',
    'why the deviation is excused',
    ({ deviation }) => deviation?.reason,
    'None is excused.',
  ),
  ofCase(
    'deviation_link',
    'text',
    'where the deviation is described',
    ({ deviation }) => deviation?.link,
    'None is excused.',
  ),
  ofCase('calls', 'count', 'how many steps its trace has', ({ trace }) => trace.length),
]

const figures: readonly ResultColumn[] = [
  ofLaunch(
    'workload',
    'text',
    'what was measured: pingpong, openloop, stream, handoff, lifecycle, fan, baseline',
    ({ cell }) => cell.workload,
  ),
  ofLaunch('size_bytes', 'bytes', 'one message; 0 where none travels', ({ cell }) => cell.size),
  ofLaunch('placement', 'text', 'on which cores: same-core, cross-core, unpinned, …', ({ cell }) => cell.placement),
  ofLaunch('cores', 'text', 'awake or idle', ({ cell }) => cell.cores),
  ofLaunch('runtime', 'text', 'whose code called: native or node', ({ cell }) => cell.runtime),
  ofLaunch('round', 'count', 'which repetition, from 0', ({ round }) => round),
  measure('elapsed_ns', 'ns', 'length of the timed loop', ({ elapsedNs }) => elapsedNs),
  measure('messages', 'count', 'messages that were carried, either way', ({ messages }) => messages),
  measure('latency_mean_ns', 'ns', `latency: mean; ${latencyOf}`, ({ latency }) => latency?.meanNs, timed),
  measure('latency_min_ns', 'ns', 'latency: shortest', ({ latency }) => latency?.minNs, timed),
  tail('latency_p50_ns', 0.5),
  tail('latency_p90_ns', 0.9),
  tail('latency_p99_ns', 0.99),
  tail('latency_p999_ns', 0.999),
  measure('latency_max_ns', 'ns', 'latency: longest', ({ latency }) => latency?.maxNs, timed),
  measure(
    'messages_per_second',
    'per second',
    'messages at the consumer: the median of the batches',
    ({ throughput }) => throughput?.messagesPerSecond,
    streamed,
  ),
  measure(
    'bytes_per_second',
    'per second',
    'the same in bytes',
    ({ throughput }) => throughput?.bytesPerSecond,
    streamed,
  ),
  measure(
    'batches',
    'count',
    'how many batches the rate is the median of',
    ({ throughput }) => throughput?.batchNs.length,
    streamed,
  ),
  ...side('producer'),
  ...side('consumer'),
  measure('timer', 'text', 'the clock', ({ timer }) => timer.source),
  measure('timer_cost_ns', 'ns', 'what reading the clock costs; never subtracted', ({ timer }) => timer.costNs),
  measure('timer_resolution_ns', 'ns', 'the clock’s smallest step that was seen', ({ timer }) => timer.resolutionNs),
  measure(
    'steal',
    'share',
    'processor time that the hypervisor took away',
    ({ steal }) => steal,
    'The system does not say.',
  ),
  measure('awake_by', 'text', 'how cores were kept awake', ({ awakeBy }) => awakeBy, 'They were not.'),
]

const addedLater: readonly ResultColumn[] = [
  ofCase('with_target', 'text', 'the other target', (record) => record.with?.target, 'The case has peers on one.'),
  ...variantColumns(cellOf, ofCases),
  measure('loss_sent', 'count', 'messages that were sent', ({ loss }) => loss?.sent, 'None may be lost.'),
  measure('loss_received', 'count', 'and those of them that came', ({ loss }) => loss?.received, 'None may be lost.'),
  measure(
    'pace_achieved',
    'per second',
    'messages that left, of those asked for',
    ({ pace }) => pace?.achieved,
    'No rate was asked for.',
  ),
  measure(
    'pace_sustained',
    'true or false',
    'whether the rate was kept within 1 %',
    ({ pace }) => pace?.sustained,
    'No rate was asked for.',
  ),
  measure(
    'stages_ns',
    'JSON',
    'the stages of a life, the median of each, ns',
    ({ stages }) => json(stages),
    'It is no life.',
  ),
  measure(
    'least_share',
    'share',
    'the smallest rate of the many as a part of the greatest',
    ({ shares }) => shares?.leastOfGreatest,
    'It is no fan.',
  ),
  measure(
    'others',
    'count',
    'how many more processes than two there were',
    ({ others }) => others?.length,
    'There were two.',
  ),
  both(
    'arm',
    'text',
    'the side of a gate: a, b, or control, which is A on the side of B',
    ({ arm }) => arm,
    'The run is no gate.',
  ),
]

const addedThen: readonly ResultColumn[] = [
  ofCase(
    'with_os',
    'text',
    'the system of the other target',
    (record) => record.with?.os,
    'The case has peers on one.',
  ),
  ofCase(
    'with_peers',
    'list',
    'which of the peers were there',
    (record) => record.with?.peers.join(' | '),
    'The case has peers on one.',
  ),
  ofCase(
    'deviation_verdict',
    'text',
    'the verdict that is excused',
    ({ deviation }) => deviation?.verdict,
    'None is excused.',
  ),
  ofCase('deviation_observed', 'text', 'what is excused', ({ deviation }) => deviation?.observed, 'None is excused.'),
  measure(
    'latency_samples',
    'count',
    'how often it was timed',
    ({ latency }) => latency && samplesIn(latency.histogram),
    timed,
  ),
  measure(
    'messages_per_batch',
    'count',
    'messages in a batch',
    ({ throughput }) => throughput?.messagesPerBatch,
    streamed,
  ),
  measure(
    'pace_wanted',
    'per second',
    'messages that were asked for',
    ({ pace }) => pace?.wanted,
    'No rate was asked for.',
  ),
  measure('alone', 'true or false', 'whether one process did all of it', ({ alone }) => alone ?? false),
  measure(
    'shares_per_second',
    'JSON',
    'the rate of each of the many',
    ({ shares }) => json(shares?.messagesPerSecond),
    'It is no fan.',
  ),
  measure(
    'others_costs',
    'JSON',
    'what each of those beyond the first on either side spent',
    ({ others }) => json(others),
    'There were two.',
  ),
  ofLaunch(
    'inject_ns',
    'ns',
    'by how much each message was held up on purpose',
    ({ injectNs }) => injectNs,
    'It was not.',
  ),
  both('shard', 'count', 'of which part of a merged run it is', ({ shard }) => shard, 'The run was not merged.'),
  ...originColumns<ResultRow>((row) => row),
]

export const resultColumns: readonly ResultColumn[] = [
  ...whatHappened,
  ...claims,
  ...figures,
  ...addedLater,
  ...addedThen,
]
