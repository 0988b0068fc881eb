/** What services that keep figures over time read: Bencher, and github-action-benchmark. */

import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { cellName } from '../harness/measure/schedule.ts'
import type { ReportFile, Run } from '../harness/model.ts'
import { bencherReport } from './bencher.ts'
import { besideOthers } from './fixture/cells.ts'
import { gateRun } from './fixture/gate.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { githubActionBenchmarkReport } from './github-action-benchmark.ts'
import { placesOf, rowsAt } from './view/tally.ts'

const readJson = <T>(files: readonly ReportFile[], name: string): T =>
  JSON.parse(
    files
      .filter((file) => file.name === name)
      .flatMap(({ contents }) => [...contents])
      .join(''),
  )

const valid = (schema: object, value: unknown): void => {
  const validate = new Ajv({ strict: true, allErrors: true }).compile(schema)
  validate(value)
  expect(validate.errors ?? []).toEqual([])
}

const run = fixtureRun()
const rowsOf = (target: string) => placesOf(run).flatMap((place) => (place.target === target ? rowsAt(place) : []))

/** As bencher.dev documents it, and its limits on names. */
const metricFormat = {
  type: 'object',
  propertyNames: { minLength: 1, maxLength: 1024 },
  additionalProperties: {
    type: 'object',
    minProperties: 1,
    propertyNames: { pattern: '^[a-z0-9-]{1,64}$' },
    additionalProperties: {
      type: 'object',
      properties: {
        value: { type: 'number' },
        lower_value: { type: 'number' },
        upper_value: { type: 'number' },
      },
      required: ['value'],
      additionalProperties: false,
    },
  },
}
type Metrics = Readonly<Record<string, Readonly<Record<string, { value: number; lower_value?: number }>>>>

describe('bencher.json', () => {
  const metricsOf = (...runs: [Run, ...Run[]]): Metrics => {
    const metrics = readJson<Metrics>(bencherReport(runs), 'bencher.json')
    valid(metricFormat, metrics)
    return metrics
  }

  test('has each cell with its figure, the interval, and what a message costs', () => {
    const metrics = metricsOf(run)
    for (const row of rowsOf('native')) {
      const found = metrics[cellName(row.cell)]
      expect(found?.[row.figure]).toEqual({ value: row.value, lower_value: row.low, upper_value: row.high })
      expect(found?.['cpu-time-per-message']?.value).toBe(row.producerCpuNs + row.consumerCpuNs)
      expect(found?.['latency-p99']?.value).toBe(row.p99)
    }
    expect(Object.keys(metrics)).toHaveLength(rowsOf('native').length + rowsOf('wine').length)
    expect(metrics).toHaveProperty(['win-anonymous-pipe pingpong 64 same-core awake (wine)'])
  })

  test('tells runs and arms apart, and is a whole file where there is nothing', () => {
    expect(Object.keys(metricsOf(run, run))).toHaveLength(2 * Object.keys(metricsOf(run)).length)
    expect(metricsOf(gateRun())).toHaveProperty(['pipe pingpong 64 same-core awake arm-a', 'latency', 'value'])
    expect(metricsOf({ ...run, launches: [] })).toEqual({})
  })

  test('takes nothing from the control of a gate, or from what was held up on purpose', () => {
    const metrics = metricsOf(besideOthers())
    expect(Object.entries(metrics).map(([name, { latency }]) => [name, latency?.value])).toEqual([
      ['pipe pingpong 64 same-core awake arm-a', 100],
      ['pipe pingpong 64 same-core awake arm-b', 200],
    ])
  })

  test('holds hostile and long names', () => {
    const renamed = (mechanism: string) =>
      [...run.launches].slice(0, 1).map((launch) => ({ ...launch, cell: { ...launch.cell, mechanism } }))
    expect(Object.keys(metricsOf({ ...run, launches: renamed('__proto__') }))).toEqual([
      '__proto__ pingpong 64 same-core awake',
    ])
    const [long = ''] = Object.keys(metricsOf({ ...run, launches: renamed('n'.repeat(10_000)) }))
    expect(long).toHaveLength(1024)
    expect(Object.keys(metricsOf(fixtureRun({ hostile: true }))).some((name) => name.startsWith(hostile.markup))).toBe(
      true,
    )
  })
})

/** What the action's customSmallerIsBetter and customBiggerIsBetter take, and refuse when it is missing. */
const entries = {
  type: 'array',
  items: {
    type: 'object',
    properties: {
      name: { type: 'string', minLength: 1 },
      unit: { type: 'string', minLength: 1 },
      value: { type: 'number' },
      range: { type: 'string', pattern: '^± \\d' },
      extra: { type: 'string' },
    },
    required: ['name', 'unit', 'value'],
    additionalProperties: false,
  },
}
interface Entry {
  readonly name: string
  readonly unit: string
  readonly value: number
  readonly range: string
  readonly extra: string
}

describe('the files of github-action-benchmark', () => {
  const listOf = (way: 'smaller' | 'bigger', ...runs: [Run, ...Run[]]): Entry[] => {
    const list = readJson<Entry[]>(githubActionBenchmarkReport(runs), `benchmark-${way}-is-better.json`)
    valid(entries, list)
    return list
  }

  test.each([
    ['smaller', 'latency', 'ns'],
    ['bigger', 'throughput', 'messages/s'],
  ] as const)('have what is better when it is %s in a file of its own', (way, figure, unit) => {
    const list = listOf(way, run)
    const rows = rowsOf('native').filter((row) => row.figure === figure)
    expect(list.filter(({ name }) => !name.endsWith('(wine)'))).toEqual(
      rows.map((row) => ({
        name: cellName(row.cell),
        unit,
        value: row.value,
        range: `± ${Math.max(row.high - row.value, row.value - row.low)}`,
        extra: expect.stringMatching(/^median of 5 launches\n.*AMD EPYC 9B45$/s),
      })),
    )
    expect(new Set(list.map(({ name }) => name)).size).toBe(list.length)
    expect(listOf(way, run, run)).toHaveLength(2 * list.length)
    expect(listOf(way, { ...run, launches: [] })).toEqual([])
  })

  test('hold hostile names', () => {
    const names = listOf('smaller', fixtureRun({ hostile: true })).map(({ name }) => name)
    expect(names.some((name) => name.startsWith(hostile.markup))).toBe(true)
  })
})
