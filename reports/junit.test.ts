import { readFileSync } from 'node:fs'
import { DOMParser, type Element } from '@xmldom/xmldom'
import { describe, expect, test } from 'vitest'
import { validateXML } from 'xmllint-wasm'
import type { Run } from '../harness/model.ts'
import { gateRun } from './fixture/gate.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { junitReport } from './junit.ts'
import { casesOf, tallyOf } from './view/tally.ts'
import { visible } from './view/visible.ts'

const schema = readFileSync(new URL('fixture/jenkins-junit.xsd', import.meta.url), 'utf8')

const xmlOf = (...runs: [Run, ...Run[]]): string =>
  junitReport(runs)
    .map(({ contents }) => [...contents].join(''))
    .join('')

const named = (parent: Element, name: string): Element[] => Array.from(parent.getElementsByTagName(name))
const suitesIn = (xml: string): Element[] => {
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement
  return root === null ? [] : named(root, 'testsuite')
}
const attribute = (one: Element | undefined, name: string) => one?.getAttribute(name)
const caseIn = (suites: readonly Element[], name: string): Element | undefined =>
  suites.flatMap((suite) => named(suite, 'testcase')).find((one) => attribute(one, 'name') === name)
const childOf = (one: Element | undefined, name: string) => one && named(one, name)[0]

describe('junit.xml', () => {
  const run = fixtureRun()
  const xml = xmlOf(run)
  const suites = suitesIn(xml)

  test('is valid by the schema that Jenkins publishes, hostile names, gates and empty runs included', async () => {
    const runs: [Run, ...Run[]][] = [
      [run],
      [fixtureRun({ hostile: true })],
      [run, run],
      [gateRun()],
      [{ ...run, cases: [], launches: [] }],
    ]
    const files = runs.map((one, at) => ({ fileName: `${at}.xml`, contents: xmlOf(...one) }))
    const { valid, errors } = await validateXML({ xml: files, schema })
    expect(errors).toEqual([])
    expect(valid).toBe(true)
  })

  test('has a suite for each place and kind, with all that is in the record', () => {
    expect(suites.map((suite) => attribute(suite, 'name'))).toEqual([
      'Linux conformance',
      'Linux benchmarks',
      'Windows (Wine 8.0) conformance',
      'Windows (Wine 8.0) benchmarks',
    ])
    for (const suite of suites) {
      const own = named(suite, 'testcase')
      expect(attribute(suite, 'tests')).toBe(String(own.length))
      for (const [tag, count] of [
        ['failure', 'failures'],
        ['error', 'errors'],
        ['skipped', 'skipped'],
      ] as const)
        expect(attribute(suite, count)).toBe(String(named(suite, tag).length))
      expect(attribute(suite, 'timestamp')).toBe('2026-11-20T10:31:07')
    }
    const names = suites.flatMap((suite) => named(suite, 'testcase').map((one) => attribute(one, 'name')))
    for (const { id } of run.cases) expect(names).toContain(id)
    const properties = new Map(
      suites
        .slice(0, 1)
        .flatMap((suite) =>
          named(suite, 'property').map((one) => [attribute(one, 'name'), attribute(one, 'value')] as const),
        ),
    )
    expect(properties.get('cpu')).toBe(run.header.environment.cpu)
    expect(properties.get('command')).toBe(run.header.command)
  })

  test('is red for regressions, and for nothing that is excused', () => {
    const red = suites
      .filter((suite) => attribute(suite, 'name')?.endsWith('conformance'))
      .flatMap((suite) => [...named(suite, 'failure'), ...named(suite, 'error')])
    expect(red).toHaveLength(tallyOf(casesOf([run])).regressions)
    const known = caseIn(suites, 'npipe.client-pid')
    expect(childOf(known, 'failure')).toBeUndefined()
    expect(childOf(known, 'system-out')?.textContent).toContain('Not implemented in Wine 8.')
    expect(childOf(caseIn(suites, 'npipe.flush-then-disconnect'), 'failure')).toBeUndefined()
  })

  test('tells of a failure what was expected and observed, and the ladder', () => {
    const failed = caseIn(suites, 'x.eof-on-orderly-close@pipe-packet')
    expect(attribute(failed, 'classname')).toBe('pipe-packet.eof')
    const record = run.cases.find(({ id }) => id === 'x.eof-on-orderly-close@pipe-packet')
    expect(Number(attribute(failed, 'time'))).toBeCloseTo((record?.ms ?? 0) / 1000, 3)
    const failure = childOf(failed, 'failure')
    expect(attribute(failure, 'type')).toBe('fail')
    expect(attribute(failure, 'message')).toBe(record?.message)
    for (const part of [record?.expected, record?.observed, 'write(4, "last words") = 10'])
      expect(failure?.textContent).toContain(part)
    expect(childOf(caseIn(suites, 'x.inherit-fork-spawn@unix-stream'), 'error')).toBeDefined()
    expect(childOf(caseIn(suites, 'pipe.cloforkflag'), 'skipped')?.textContent).toContain('O_CLOFORK')
  })

  test('leaves the middle of a long story out', () => {
    const [story] = run.cases.filter(({ standing }) => standing === 'regression')
    const [step] = story?.trace ?? []
    if (story === undefined || step === undefined) throw new Error('the fixture has no story')
    const trace = Array.from({ length: 50_000 }, (_, at) => ({ ...step, at: at * 1000, event: `turn ${at}` }))
    const long = xmlOf({ ...run, cases: [{ ...story, trace }], launches: [] })
    expect(long.length).toBeLessThan(40_000)
    for (const part of ['turn 0\n', 'turn 39\n', '… 49\u202f800 steps …', 'turn 49840\n', 'turn 49999\n'])
      expect(long).toContain(part)
  })

  test('has all launches of a cell as one test case', () => {
    const cell = caseIn(suites, 'pipe pingpong 64 same-core awake')
    expect(attribute(cell, 'classname')).toBe('pipe.pingpong')
    expect(attribute(cell, 'time')).toBe('1.050')
    expect(childOf(cell, 'system-out')?.textContent).toMatch(/^round trip, p50: .* ns, between .* of 5 launches\.$/)
    const ended = (size: number) => caseIn(suites, `unix-stream stream ${size} unpinned idle`)
    for (const [size, verdict] of [
      [64, 'void'],
      [1024, 'broken'],
      [4096, 'crash'],
      [16384, 'hang'],
    ] as const)
      expect(attribute(childOf(ended(size), 'error'), 'type')).toBe(verdict)
    expect(childOf(ended(256), 'skipped')?.textContent).toContain('Pinning needs two processors')
  })

  test('says of several runs which each is of', () => {
    const both = suitesIn(xmlOf(run, { ...run, cases: run.cases.slice(0, 3) }))
    expect(both.map((suite) => attribute(suite, 'name'))).toContain('B: Linux conformance')
    expect(named(both[4] as Element, 'testcase').map((one) => attribute(one, 'classname'))).toContain('B.pipe.data')
    expect(both.reduce((sum, suite) => sum + Number(attribute(suite, 'tests')), 0)).toBe(
      2 * Number(suites.reduce((sum, suite) => sum + named(suite, 'testcase').length, 0)) - run.cases.length + 3,
    )
  })

  test('has what a gate decided, and nothing of its arms beside that', () => {
    const gate = suitesIn(xmlOf(gateRun()))
    expect(gate.map((suite) => attribute(suite, 'name'))).toEqual(['gate'])
    expect(childOf(caseIn(gate, 'verdict'), 'failure')).toBeDefined()
    expect(attribute(childOf(caseIn(gate, 'pipe pingpong 64 same-core awake'), 'failure'), 'message')).toMatch(
      /^31 % slower \(at least 26 %\); p < 0.001/,
    )
    expect(childOf(caseIn(gate, 'fifo pingpong 64 same-core awake'), 'failure')).toBeUndefined()
    const claim = caseIn(gate, 'pipe.shell-pipeline')
    expect(attribute(childOf(claim, 'failure'), 'type')).toBe('hang')
    expect(attribute(claim, 'classname')).toBe('gate.claim')
    expect(attribute(childOf(claim, 'failure'), 'message')).toMatch(/^in B, and not in A; confirmed once: the case/)
    expect(childOf(caseIn(gate, 'pipe.default-capacity'), 'skipped')?.textContent).toMatch(/not hold in A either/)
    expect(attribute(childOf(caseIn(gate, 'pipe syscalls'), 'failure'), 'message')).toContain('3 at most')
    expect(childOf(caseIn(gate, 'udp pingpong 64 same-core awake'), 'skipped')).toBeDefined()
  })

  test('is not red for a cell of a gate that cannot tell', () => {
    const gate = suitesIn(xmlOf(gateRun({ verdict: 'inconclusive', broken: [], exceeded: [], reasons: ['too noisy'] })))
    expect(gate.map((suite) => attribute(suite, 'failures'))).toEqual(['0'])
    expect(childOf(caseIn(gate, 'pipe pingpong 64 same-core awake'), 'skipped')?.textContent).toMatch(
      /slower.*too noisy/,
    )
  })

  test('is red where nothing ran, or a record is damaged', () => {
    const empty = suitesIn(xmlOf({ ...run, cases: [], launches: [], partial: 'The record has no end.' }))
    expect(empty.map((suite) => [attribute(suite, 'name'), attribute(suite, 'errors')])).toEqual([['run', '2']])
  })

  test('brings hostile names back as they are looked at', () => {
    const evil = suitesIn(xmlOf(fixtureRun({ hostile: true })))
    const one = caseIn(evil, `x.evil' ${hostile.markup}`)
    expect(one).toBeDefined()
    expect(childOf(one, 'system-out')?.textContent).toContain(hostile.markup)
    const text = 'end \ufffe\uffff \ud800 & ]]> \u0007 <!-- \n line'
    const [first, ...rest] = run.cases
    if (first === undefined) throw new Error('the fixture has no case')
    const odd: Run = {
      ...run,
      cases: [{ ...first, verdict: 'fail', standing: 'regression', message: text, ms: -1e300 }, ...rest],
    }
    const failure = childOf(caseIn(suitesIn(xmlOf(odd)), first.id), 'failure')
    expect(attribute(failure, 'message')).toBe(visible(text).replace('\ufffe\uffff', '\\u{fffe}\\u{ffff}'))
  })
})
