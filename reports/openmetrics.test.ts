import { describe, expect, test } from 'vitest'
import type { Run } from '../harness/model.ts'
import { besideOthers } from './fixture/cells.ts'
import { gateRun } from './fixture/gate.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { openmetricsReport } from './openmetrics.ts'
import { casesAt, placesOf, rowsAt, tallyOf } from './view/tally.ts'
import { visible } from './view/visible.ts'

interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const unescaped = (text: string): string =>
  text.replace(/\\([\\n"])/g, (_, sign: string) => (sign === 'n' ? '\n' : sign))

/**
 * Read by the grammar of the specification: metadata stands before its samples, families are not mixed, no series is there
 * twice, a unit ends its name, and the last line is the end.
 */
function samplesOf(...runs: [Run, ...Run[]]): Sample[] {
  const lines = openmetricsReport(runs)
    .flatMap(({ contents }) => [...contents])
    .join('')
    .split('\n')
  expect(lines.splice(-2)).toEqual(['# EOF', ''])
  const [families, series] = [new Set<string>(), new Set<string>()]
  let family = ''
  return lines.flatMap((line) => {
    const [, keyword, name = '', rest = ''] = /^# (TYPE|UNIT|HELP) ([a-z][a-z0-9_]*) (.+)$/.exec(line) ?? []
    if (keyword === 'TYPE') {
      expect(families.has(name)).toBe(false)
      expect(rest).toBe('gauge')
      families.add(name)
      family = name
    }
    if (keyword === 'UNIT') expect(name.endsWith(`_${rest}`)).toBe(true)
    if (keyword !== undefined) {
      expect(name).toBe(family)
      return []
    }
    const sample =
      /^([a-z][a-z0-9_]*)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\[\\"n])*",?)+)\})? (-?[0-9.]+(?:e[+-]?[0-9]+)?)$/.exec(line)
    expect(sample, line).not.toBeNull()
    const [, metric = '', pairs = '', value = ''] = sample ?? []
    expect(metric).toBe(family)
    expect(series.has(`${metric}{${pairs}}`)).toBe(false)
    series.add(`${metric}{${pairs}}`)
    const labels = [...pairs.matchAll(/([a-z_]+)="((?:[^"\\]|\\.)*)"/g)].map(([, key = '', text = '']) => [
      key,
      unescaped(text),
    ])
    return [{ name: metric, labels: Object.fromEntries(labels), value: Number(value) }]
  })
}

describe('metrics.prom', () => {
  const run = fixtureRun()
  const samples = samplesOf(run)
  const named = (name: string, labels: Readonly<Record<string, string>> = {}) =>
    samples.filter(
      (one) => one.name === name && Object.entries(labels).every(([key, value]) => one.labels[key] === value),
    )

  test('has the figures of each cell in base units, with their interval and launches', () => {
    const [linux] = placesOf(run)
    const row = linux && rowsAt(linux).find(({ cell }) => cell.mechanism === 'pipe' && cell.size === 4096)
    const labels = {
      ...{ target: 'native', os: 'linux', mechanism: 'pipe', workload: 'pingpong' },
      ...{ size_bytes: '4096', placement: 'same-core', cores: 'awake', runtime: 'native' },
    }
    const one = (name: string) => named(`ipcmark_${name}`, labels)
    expect(one('latency_seconds')).toEqual([
      { name: 'ipcmark_latency_seconds', labels, value: (row?.value ?? 0) / 1e9 },
    ])
    expect(one('latency_low_seconds')[0]?.value).toBe((row?.low ?? 0) / 1e9)
    expect(one('latency_high_seconds')[0]?.value).toBe((row?.high ?? 0) / 1e9)
    expect(one('latency_p99_seconds')[0]?.value).toBe((row?.p99 ?? 0) / 1e9)
    expect(one('cell_launches')[0]?.value).toBe(5)
    expect(one('throughput_messages_per_second')).toEqual([])
    const rates = named('ipcmark_throughput_messages_per_second')
    expect(rates).toHaveLength(named('ipcmark_throughput_bytes_per_second').length)
    expect(rates.every(({ labels, value }) => labels.workload === 'stream' && value > 1000)).toBe(true)
  })

  test('counts cases and launches by what became of them', () => {
    for (const place of placesOf(run)) {
      const { verdicts, all } = tallyOf(casesAt(place))
      const at = (labels: Readonly<Record<string, string>>) =>
        named('ipcmark_cases', { target: place.target, ...labels }).reduce((sum, { value }) => sum + value, 0)
      expect(at({})).toBe(all)
      expect(at({ verdict: 'fail' })).toBe(verdicts.fail)
    }
    const launches = named('ipcmark_launches')
    expect(launches.reduce((sum, { value }) => sum + value, 0)).toBe(run.launches.length)
    expect(named('ipcmark_launches', { verdict: 'crash' })[0]?.value).toBe(1)
    expect(named('ipcmark_run_started_timestamp_seconds')[0]?.value).toBe(Date.parse(run.header.started) / 1000)
    expect(named('ipcmark_run_info')[0]?.labels).toMatchObject({ id: run.header.run, cpu: 'AMD EPYC 9B45' })
  })

  test('tells runs apart by a letter, and the arms of a gate by theirs', () => {
    const both = samplesOf(run, run)
    expect(both).toHaveLength(2 * samples.length)
    expect(both.filter(({ labels }) => labels.run === 'B')).toHaveLength(samples.length)
    const gate = samplesOf(gateRun())
    const verdicts = gate.filter(({ name }) => name === 'ipcmark_gate_verdict')
    expect(verdicts.map(({ labels, value }) => [labels.verdict, value])).toEqual([
      ['pass', 0],
      ['fail', 1],
      ['inconclusive', 0],
    ])
    expect(gate.filter(({ name }) => name === 'ipcmark_gate_cost_ratio').map(({ value }) => value)).toEqual([
      1.306, 0.994, 1.09,
    ])
    expect(new Set(gate.filter(({ name }) => name === 'ipcmark_cases').map(({ labels }) => labels.arm))).toEqual(
      new Set(['a', 'b']),
    )
  })

  test('takes nothing from the control of a gate, or from what was held up on purpose', () => {
    const own = samplesOf(besideOthers())
    const medians = own.filter(({ name }) => name === 'ipcmark_latency_seconds')
    expect(medians.map(({ labels, value }) => [labels.arm, Math.round(value * 1e9)])).toEqual([
      ['a', 100],
      ['b', 200],
    ])
    expect(own.find(({ name }) => name === 'ipcmark_launches')?.value).toBe(5)
  })

  test('brings hostile names back, takes no name for a label, and leaves out what is no number', () => {
    const evil = samplesOf(fixtureRun({ hostile: true }))
    const text = `a "b" \\ c\n# EOF\n{x="1"} ${hostile.control}`
    expect(evil.some(({ labels }) => labels.mechanism === hostile.markup)).toBe(true)
    const odd = [...run.launches].slice(0, 1).map((launch) => ({
      ...launch,
      cell: { ...launch.cell, mechanism: text, 'x"} 1\n': 'forged' },
      ms: Number.NaN,
    }))
    const read = samplesOf({ ...run, header: { ...run.header, started: 'some day' }, cases: [], launches: odd })
    const mechanisms = read.flatMap(({ labels }) => labels.mechanism ?? [])
    expect(new Set(mechanisms)).toEqual(new Set([visible(text)]))
    expect(read.some(({ name }) => name === 'ipcmark_run_started_timestamp_seconds')).toBe(false)
  })
})
