/**
 * `latency.hlog`: a log of HdrHistograms in nanoseconds, as HistogramLogProcessor, HdrHistogram's plotter and its ports in
 * other languages read it. An interval is a launch and its tag the cell, so that a reader can add up those of a cell. What
 * has no latency is not in it. A record does not say when a launch began: intervals follow each other.
 */

import { cellName } from '../harness/measure/schedule.ts'
import type { LaunchRecord, Reporter, Run } from '../harness/model.ts'
import { encodedHistogram } from './hdr-encoding.ts'
import { letterOf } from './view/tally.ts'
import { visibleLine } from './view/visible.ts'

/** Of several runs each has a file: the times in one are of one clock. */
export const hdrLogsReport = ((runs) =>
  runs.map((run, at) => {
    const letter = letterOf(at, runs)
    return { name: letter === undefined ? 'latency.hlog' : `latency-${letter.toLowerCase()}.hlog`, contents: log(run) }
  })) satisfies Reporter

function* log(run: Run): Generator<string> {
  const { tool, started, command, run: id } = run.header
  const epoch = Date.parse(started) / 1000
  yield [
    `#[Logged with ipcmark ${visibleLine(tool.version)}: ${visibleLine(command)}]`,
    `#[Run: ${visibleLine(id)}]`,
    '#[Histogram log format version 1.3]',
    ...(Number.isFinite(epoch)
      ? [`#[StartTime: ${epoch.toFixed(3)} (seconds since epoch), ${visibleLine(started)}]`]
      : []),
    '"StartTimestamp","Interval_Length","Interval_Max","Interval_Compressed_Histogram"\n',
  ].join('\n')
  let now = 0
  for (const launch of run.launches) {
    const latency = launch.verdict === 'ok' ? launch.measures?.latency : undefined
    if (latency !== undefined) {
      const { highest, base64 } = encodedHistogram(latency.histogram)
      // The longest is in milliseconds: so such logs have it, whatever the unit of the histogram.
      yield `Tag=${tagOf(launch)},${seconds(now)},${seconds(launch.ms)},${(highest / 1e6).toFixed(6)},${base64}\n`
    }
    now += launch.ms
  }
}

const seconds = (ms: number): string => (Number.isFinite(ms) ? Math.max(0, ms) / 1000 : 0).toFixed(3)

/** A tag has neither commas nor blanks: `pipe/pingpong/64/same-core/awake`. */
function tagOf({ cell, target, arm, injectNs }: LaunchRecord): string {
  const words = [
    ...cellName(cell).split(' '),
    ...(target === 'native' ? [] : [target]),
    ...(arm === undefined ? [] : [`arm-${arm}`]),
    ...(injectNs === undefined ? [] : [`held-up-${injectNs}-ns`]),
  ]
  return words.map((word) => encodeURIComponent(visibleLine(word)).replaceAll('%3D', '=')).join('/')
}
