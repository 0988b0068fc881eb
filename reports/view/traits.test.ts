import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../harness/conformance/plan.ts'
import type { CaseRecord, Run } from '../../harness/model.ts'
import { suite } from '../../suites/index.ts'
import { fixtureRun } from '../fixture/run.ts'
import { placesOf } from './tally.ts'
import { type Finding, traitTables } from './traits.ts'
import { alsoSpeakOf, type Column, columns, columnsOf } from './traits-columns.ts'
import { notedFigures } from './traits-figures.ts'
import { promiseOf } from './traits-promise.ts'

const fixture = fixtureRun()
const template = fixture.cases.find(({ id }) => id === 'x.eof-on-orderly-close@pipe') as CaseRecord
const caseOf = (different: Partial<CaseRecord>): CaseRecord => ({ ...template, ...different })
const runWith = (...cases: readonly CaseRecord[]): Run => ({ ...fixture, cases, launches: [] })

function findingsOf(run: Run, mechanism: string, column: Column): readonly Finding[] {
  const rows = traitTables(placesOf(run)).flatMap((table) => table.rows)
  return rows.find((row) => row.mechanism === mechanism)?.cells.get(column)?.findings ?? []
}
const findingOf = (run: Run, mechanism: string, column: Column) => findingsOf(run, mechanism, column)[0]

describe('what is promised', () => {
  const promised = (id: string, column: Column): string[] => {
    const mechanism = suite.mechanisms.find((one) => one.id === id)
    return mechanism === undefined ? [] : promiseOf(mechanism, column)
  }

  it.each([
    ['pipe', 'direction', ['one way; back: EBADF']],
    ['pipe', 'atomicity', ['≤ 4\u202fKiB']],
    ['pipe', 'connection', ['made by one, inherited by the other']],
    [
      'tcp',
      'death',
      ['sender told after one send: SIGPIPE, EPIPE', 'a cut send leaves its beginning', 'a waiting sender is woken'],
    ],
    ['udp', 'reliability', ['drops what has no room']],
    ['udp', 'connection', ['none: sent to a name']],
    ['sysv-msg', 'capacity', ['sends ≤ kernel.msgmax, else EINVAL', 'full: EAGAIN']],
    ['sysv-msg', 'connection', ['none: whoever knows the queue']],
    ['posix-mq', 'persistence', ['name and contents outlive both']],
    ['fifo', 'permissions', ['without right: EACCES']],
    ['tcp', 'permissions', ['whoever knows the name']],
    ['win-named-pipe-message', 'boundaries', ['messages', 'short read: ERROR_MORE_DATA', 'an empty send arrives']],
    ['sysv-sem-undo', 'death', ['units of the dead come back']],
    ['rpc-udp', 'reliability', ['carried out at least once']],
  ] as const)('%s, %s', (id, column, words) => {
    expect(promised(id, column)).toEqual(words)
  })

  it('is in words for every mechanism, in each column of which it has a trait', () => {
    for (const mechanism of suite.mechanisms) {
      const said = columns.flatMap((column) => promiseOf(mechanism, column))
      expect(said.length, mechanism.id).toBeGreaterThan(5)
      for (const words of said) expect(words).not.toMatch(/undefined|\[object|NaN|^\s*$/)
    }
  })
})

describe('which cases speak of which column', () => {
  it('names general claims that there are', () => {
    const known = suite.generic.map(({ id }) => id)
    expect(Object.keys(alsoSpeakOf).filter((id) => !known.includes(id))).toEqual([])
  })

  it('has a column for every general claim, and a claim for every column', () => {
    const { cases } = matrixOf({ ...suite, specific: [] })
    expect(cases.filter((one) => columnsOf(one).length === 0).map(({ id }) => id)).toEqual([])
    const claimed = new Set(cases.flatMap(columnsOf))
    expect(columns.filter((column) => !claimed.has(column))).toEqual([])
  })

  it('has a case for what a trait of a channel promises, wherever something can be put to the test', () => {
    const { cases } = matrixOf(suite)
    const without = suite.mechanisms.flatMap((mechanism) => {
      if (mechanism.kind !== 'channel') return []
      const own = cases.filter((one) => one.mechanism.id === mechanism.id)
      const claimed = new Set(own.flatMap(columnsOf))
      return columns.filter((column) => promiseOf(mechanism, column).length > 0 && !claimed.has(column))
    })
    // A link without a name leaves nothing behind, and lets in nobody but who was given it.
    expect([...new Set(without)].sort()).toEqual(['permissions', 'persistence'])
  })

  it('takes a theme of another version, and one that is the name of something else, for none', () => {
    for (const theme of ['colour', 'constructor', '__proto__']) {
      expect(columnsOf({ id: 'x.y@pipe', theme: theme as CaseRecord['theme'] })).toEqual([])
    }
    expect(columnsOf({ id: 'constructor@pipe', theme: 'eof' })).toEqual(['end'])
  })
})

describe('what was found', () => {
  it('counts the cases that hold, and says what they noted', () => {
    const { state, judged, held, figures } = findingOf(fixture, 'pipe', 'capacity') as Finding
    expect({ state, judged, held, figures }).toEqual({ state: 'holds', judged: 5, held: 5, figures: ['64\u202fKiB'] })
  })

  it('puts first the case that does not hold', () => {
    const found = findingOf(fixture, 'pipe-packet', 'end')
    expect(found?.state).toBe('deviates')
    expect(found?.first?.id).toBe('x.eof-on-orderly-close@pipe-packet')
  })

  it.each([
    ['broken', caseOf({ verdict: 'broken' })],
    ['open', caseOf({ verdict: 'observed' })],
    ['not-here', caseOf({ verdict: 'unsupported', message: 'no' })],
    ['deviates', caseOf({ verdict: 'hang' })],
    ['holds', caseOf({})],
    ['not-played', caseOf({ id: 'x.duplex@pipe', theme: 'direction' })],
    ['unclaimed', caseOf({ mechanism: 'futex', id: 'x.eintr-restart@futex', theme: 'signal' })],
  ] as const)('is %s', (state, one) => {
    const column = state === 'unclaimed' ? 'direction' : 'end'
    expect(findingOf(runWith(one), one.mechanism, column)?.state).toBe(state)
  })

  it('says why once, where nothing of a mechanism could be played', () => {
    const away = { verdict: 'unsupported', message: 'There is no such module.' } as const
    const [table] = traitTables(
      placesOf(runWith(caseOf(away), caseOf({ ...away, id: 'x.duplex@pipe', theme: 'direction' }))),
    )
    expect(table?.rows[0]?.notHere).toEqual(['There is no such module.'])
  })

  it('has findings and no promise of a mechanism that it does not know', () => {
    const run = runWith(caseOf({ mechanism: 'pigeon', id: 'x.eof-on-orderly-close@pigeon' }))
    const [table, ...others] = traitTables(placesOf(run))
    expect(others).toEqual([])
    expect(table?.kind).toBe(undefined)
    expect(table?.columns).toEqual(['end'])
    expect(table?.rows[0]?.cells.get('end')).toMatchObject({ promise: [], findings: [{ state: 'holds', held: 1 }] })
  })

  it('has several runs side by side, and systems apart', () => {
    const tables = traitTables(placesOf(fixture, runWith(caseOf({ verdict: 'crash' }))))
    expect(tables.map(({ kind, os, places }) => [kind, os, places.length])).toEqual([
      ['channel', 'linux', 2],
      ['channel', 'windows', 1],
    ])
    const pipe = tables[0]?.rows.find(({ mechanism }) => mechanism === 'pipe')
    expect(pipe?.cells.get('end')?.findings.map(({ state }) => state)).toEqual(['holds', 'deviates'])
  })

  it('has nothing where no case was played', () => {
    expect(traitTables(placesOf(runWith()))).toEqual([])
  })

  it('shows how much launches lost, and how long an imitated system took to connect in no place', () => {
    const [one] = [...fixture.launches]
    if (one?.measures === undefined) throw new Error('the first launch of the fixture has no figures')
    const { measures } = one
    const launch = { ...one, measures: { ...measures, loss: { sent: 100, received: 97 }, stages: { connect: 5000 } } }
    const run = { ...runWith(template), launches: [launch] }
    expect(findingOf(run, 'pipe', 'reliability')?.figures).toEqual(['launches lost up to 3.00\u202f%'])
    expect(findingOf(run, 'pipe', 'connection')?.figures).toEqual(['takes 5.00 µs'])
    const [target] = fixture.header.targets
    const header = { ...fixture.header, targets: target === undefined ? [] : [{ ...target, emulator: 'Wine 8.0' }] }
    expect(findingOf({ ...run, header }, 'pipe', 'connection')?.figures).toEqual([])
  })
})

describe('figures that a case noted', () => {
  it.each([
    ['capacity', { capacity: { sends: 16, bytes: 65536 } }, ['held 64\u202fKiB in 16 sends']],
    ['capacity', { capacity: { sends: 1000, arrived: 44 } }, ['kept 44 of 1000 sends']],
    ['capacity', { longest: 65507 }, ['longest 65\u202f507\u202fB']],
    ['atomicity', { torn: 0 }, ['none torn']],
    ['death', { moved: 'left waiting' }, ['a waiting sender: left waiting']],
    ['death', { moved: 8064, detectionMs: 0.3141 }, ['told after 0.314 ms', 'a waiting sender had sent 8064\u202fB']],
    ['waiting', { 'revents-at-the-end': '\u202etxet\n' }, ['seen at the end: \\u{202e}txet\\n']],
  ] as const)('%s %o', (column, findings, words) => {
    expect(notedFigures(column, findings)).toEqual(words)
  })

  it('are none where they are of another shape', () => {
    const odd = { capacity: [1, 2], longest: Number.NaN, torn: -3, moved: null, detectionMs: Infinity, ret: 'x' }
    for (const column of columns) expect(notedFigures(column, odd)).toEqual([])
    expect(notedFigures('capacity', { capacity: { sends: 'many', bytes: 5 } })).toEqual([])
    expect(notedFigures('waiting', { 'revents-at-the-end': 'x'.repeat(10_000) })[0]?.length).toBeLessThan(80)
  })
})
