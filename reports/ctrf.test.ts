import { type CTRFReport, validate } from 'ctrf'
import { describe, expect, test } from 'vitest'
import type { Run, Runs } from '../harness/model.ts'
import { ctrfReport } from './ctrf.ts'
import { gateRun } from './fixture/gate.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { visible } from './view/visible.ts'

const textOf = (runs: Runs): string =>
  ctrfReport(runs)
    .flatMap(({ contents }) => [...contents])
    .join('')

/** Held to the official schema before anything is read of it. */
function reportOf(...runs: [Run, ...Run[]]): CTRFReport {
  const report: unknown = JSON.parse(textOf(runs))
  const { errors } = validate(report)
  expect(errors ?? []).toEqual([])
  return report as CTRFReport
}
const testIn = ({ results }: CTRFReport, name: string) => results.tests.find((one) => one.name === name)

describe('ctrf-report.json', () => {
  const run = fixtureRun()
  const report = reportOf(run)

  test('has each case and cell, and a summary that adds up', () => {
    const { tests, summary, environment, tool } = report.results
    const count = (status: string) => tests.filter((one) => one.status === status).length
    expect(summary).toMatchObject({
      tests: tests.length,
      passed: count('passed'),
      failed: count('failed'),
      skipped: count('skipped'),
      suites: 4,
      start: Date.parse(run.header.started),
      stop: Date.parse(run.end?.finished ?? ''),
    })
    const names = new Set(tests.map(({ name }) => name))
    expect(run.cases.filter(({ id }) => !names.has(id))).toEqual([])
    expect(tool).toEqual({ name: 'ipcmark', version: '0.1.0' })
    expect(environment?.osVersion).toBe(run.header.environment.kernel)
  })

  test('has of a failure what the record has', () => {
    const record = run.cases.find(({ id }) => id === 'x.eof-on-orderly-close@pipe-packet')
    const failed = testIn(report, 'x.eof-on-orderly-close@pipe-packet')
    expect(failed).toMatchObject({
      status: 'failed',
      rawStatus: 'fail',
      duration: record?.ms,
      suite: ['Linux conformance', 'pipe-packet', 'eof'],
      message: record?.message,
      labels: { run: run.header.run },
    })
    expect(failed?.trace).toContain('write(4, "last words") = 10')
    expect(testIn(report, 'x.inherit-fork-spawn@unix-stream')).toMatchObject({ status: 'failed', rawStatus: 'broken' })
    expect(testIn(report, 'npipe.client-pid')).toMatchObject({ status: 'passed', tags: ['known-deviation'] })
    expect(testIn(report, 'npipe.flush-then-disconnect')).toMatchObject({ status: 'passed', tags: ['stale-excuse'] })
    expect(testIn(report, 'pipe.cloforkflag')?.status).toBe('skipped')
  })

  test('keeps several runs apart', () => {
    const both = reportOf(run, { ...run, header: { ...run.header, run: 'ipcmark-other' } })
    expect(both.results.tests).toHaveLength(2 * report.results.tests.length)
    expect(new Set(both.results.tests.map(({ testId }) => testId)).size).toBe(both.results.tests.length)
    const ofB = both.results.tests.filter(({ suite = [] }) => suite[0]?.startsWith('B: '))
    expect(new Set(ofB.map(({ labels }) => labels?.run))).toEqual(new Set(['ipcmark-other']))
    expect(both.results.environment?.extra?.runs).toHaveLength(2)
  })

  test('has a gate', () => {
    const gate = reportOf(gateRun())
    expect(testIn(gate, 'verdict')).toMatchObject({ status: 'failed', suite: ['gate', 'gate', 'verdict'] })
    expect(testIn(gate, 'tcp pingpong 64 same-core awake')).toMatchObject({
      status: 'skipped',
      rawStatus: 'inconclusive',
    })
  })

  test('holds what hostile runs say, and nothing that a record cannot know', () => {
    const evil = testIn(reportOf(fixtureRun({ hostile: true })), `x.evil' ${hostile.markup}`)
    expect(evil?.message).toContain(visible(hostile.markup))
    const [first] = run.cases
    if (first === undefined) throw new Error('the fixture has no case')
    const odd = { ...first, id: '', ms: Number.NaN }
    const header = { ...run.header, started: 'some day', run: 'ipcmark-"\u202e' as const }
    const report = reportOf({ header, cases: [odd], launches: [] })
    expect(report.results.tests[0]).toMatchObject({ name: '(no name)', duration: 0 })
    expect(report.results.summary).toMatchObject({ start: 0, stop: 0 })
    expect(reportOf({ ...run, cases: [], launches: [] }).results.summary.failed).toBe(1)
  })
})
