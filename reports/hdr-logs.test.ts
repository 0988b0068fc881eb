import { inflateSync } from 'node:zlib'
import { build, encodeIntoCompressedBase64, HistogramLogReader, JsHistogram, listTags } from 'hdr-histogram-js'
import { describe, expect, test } from 'vitest'
import { indexOf, percentile, samplesIn, valueAt } from '../harness/measure/histogram.ts'
import type { LaunchRecord, Run, SparseHistogram } from '../harness/model.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { encodedHistogram } from './hdr-encoding.ts'
import { hdrLogsReport } from './hdr-logs.ts'

const logOf = (run: Run): string =>
  hdrLogsReport([run])
    .flatMap(({ contents }) => [...contents])
    .join('')

function intervalsIn(log: string): JsHistogram[] {
  const reader = new HistogramLogReader(log, 64)
  const found: JsHistogram[] = []
  for (let one = reader.nextIntervalHistogram(); one !== null; one = reader.nextIntervalHistogram()) {
    if (!(one instanceof JsHistogram)) throw new Error('the library reads into something else now')
    found.push(one)
  }
  return found
}

const timed = (run: Run): LaunchRecord[] => [...run.launches].filter(({ measures }) => measures?.latency !== undefined)

describe('latency.hlog', () => {
  const run = fixtureRun()
  const log = logOf(run)

  test('has an interval for each launch with a latency, which brings the same counts back', () => {
    const intervals = intervalsIn(log)
    const launches = timed(run)
    expect(intervals).toHaveLength(launches.length)
    for (const [at, interval] of intervals.entries()) {
      const { measures } = launches[at] as LaunchRecord
      const { histogram } = measures?.latency ?? {
        histogram: { significantDigits: 3, unit: 'ns', counts: [] } as const,
      }
      expect(interval.totalCount).toBe(samplesIn(histogram))
      for (const [index, count] of histogram.counts) expect(interval.getCountAtIndex(index)).toBe(count)
      // A library tells the end of a bucket, a record its middle.
      expect(Math.abs(interval.getValueAtPercentile(99) / (percentile(histogram, 0.99) ?? 0) - 1)).toBeLessThan(0.001)
    }
  })

  test('is tagged by cells, in the order of time', () => {
    expect(listTags(log)).toContain('pipe/pingpong/64/same-core/awake')
    expect(listTags(log)).toContain('win-anonymous-pipe/pingpong/64/same-core/awake/wine')
    expect(new Set(listTags(log)).size).toBe(timed(run).length / 5)
    const starts = intervalsIn(log).map(({ startTimeStampMsec }) => startTimeStampMsec)
    expect(starts).toEqual([...starts].sort((a, b) => a - b))
    expect(starts[0]).toBe(Date.parse(run.header.started))
    expect(log).toMatch(
      /^#\[Logged with .*\n#\[Run: ipcmark-fixture-1-2-quick\]\n#\[Histogram log format version 1\.3\]\n#\[StartTime: 1795170667\.000 \(/,
    )
  })

  test('tags the arms of a gate, and what was held up on purpose, apart', () => {
    const launches = timed(run)
      .slice(0, 2)
      .map((launch, at) => ({ ...launch, arm: 'a' as const, ...(at === 0 ? { injectNs: 800 } : {}) }))
    expect(listTags(logOf({ ...run, launches }))).toEqual([
      'pipe/pingpong/64/same-core/awake/arm-a/held-up-800-ns',
      'pipe/pingpong/64/cross-core/awake/arm-a',
    ])
  })

  test('is a file for each of several runs', () => {
    expect(hdrLogsReport([run, run]).map(({ name }) => name)).toEqual(['latency-a.hlog', 'latency-b.hlog'])
  })

  test('lets no name end its tag or its line', () => {
    const evil = logOf(fixtureRun({ hostile: true }))
    const tags = intervalsIn(evil).map(({ tag }) => tag)
    expect(tags.every((tag) => /^[^\s,"]+$/.test(tag))).toBe(true)
    const [name = ''] = (tags.find((tag) => tag.includes('script')) ?? '').split('/pingpong')
    expect(decodeURIComponent(name).replaceAll('/', ' ')).toBe(hostile.markup.replaceAll('/', ' '))
    const comments = evil.split('\n').filter((line) => line.startsWith('#'))
    expect(comments).toHaveLength(4)
  })
})

describe('the encoding', () => {
  const encodedOf = (...counts: (readonly [number, number])[]) => {
    const { base64, highest } = encodedHistogram({ significantDigits: 3, unit: 'ns', counts })
    const [read] = intervalsIn(`Tag=x,0,1,1,${base64}\n`)
    if (read === undefined) throw new Error('nothing was read')
    return { read, highest }
  }

  test('holds values from 0 to hours, and counts beyond 32 bits', () => {
    const hour = 3_600_000_000_000
    const values = [0, 1, 2047, 2048, 65_535, 1_000_000_007, hour]
    const pairs = values.map((value, at) => [indexOf(value), at === 3 ? 5_000_000_000 : at + 1] as const)
    const { read, highest } = encodedOf(...pairs)
    for (const [index, count] of pairs) expect(read.getCountAtIndex(index)).toBe(count)
    expect(read.maxValue).toBe(highest)
    expect(highest).toBeGreaterThanOrEqual(hour)
    expect(read.minNonZeroValue).toBe(1)
    expect(Math.abs(read.maxValue / valueAt(indexOf(hour)) - 1)).toBeLessThan(0.001)
  })

  test('writes the counts byte for byte as the library does', () => {
    const library = build({
      lowestDiscernibleValue: 1,
      highestTrackableValue: 2 ** 40,
      numberOfSignificantValueDigits: 3,
    })
    const values = [3, 5, 6, 2048, 2050, 90_001, 123_456_789]
    for (const [at, value] of values.entries()) library.recordValueWithCount(value, 10 ** at)
    const own = encodedHistogram({
      significantDigits: 3,
      unit: 'ns',
      counts: values.map((value, at) => [indexOf(value), 10 ** at]),
    })
    const payload = (base64: string) => inflateSync(Buffer.from(base64, 'base64').subarray(8)).subarray(40)
    expect(payload(own.base64)).toEqual(payload(encodeIntoCompressedBase64(library)))
  })

  test('leaves out what is no count, and holds nothing at all', () => {
    const { read } = encodedOf([7, 3], [5, 2], [-1, 4], [1.5, 4], [9, -4], [9, Number.NaN], [1e9, 1])
    expect(read.totalCount).toBe(5)
    expect(encodedOf().read.totalCount).toBe(0)
    const none: SparseHistogram = { significantDigits: 3, unit: 'ns', counts: [] }
    expect(encodedHistogram(none).highest).toBe(0)
  })
})
