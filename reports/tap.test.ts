import { Parser, type Result } from 'tap-parser'
import { describe, expect, test } from 'vitest'
import type { Run } from '../harness/model.ts'
import { gateRun } from './fixture/gate.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { tapReport } from './tap.ts'
import { visibleLine } from './view/visible.ts'

interface Read {
  readonly ok: boolean
  readonly failures: number
  readonly suites: readonly Result[]
  readonly points: ReadonlyMap<string, Result>
}

/** Read by node-tap's own parser, in its strict mode: what is no TAP is a failure. */
function readTap(...runs: [Run, ...Run[]]): Read {
  const parser = new Parser({ strict: true })
  const breaches: unknown[] = []
  const watch = (one: Parser) => {
    one.on('extra', (text: string) => breaches.push(text))
    one.on('complete', ({ failures }: { failures: { tapError: string | null }[] }) => {
      breaches.push(...failures.filter(({ tapError }) => tapError !== null))
    })
  }
  watch(parser)
  const suites: Result[] = []
  const points = new Map<string, Result>()
  parser.on('assert', (result: Result) => suites.push(result))
  parser.on('child', (child: Parser) => {
    watch(child)
    child.on('assert', (result: Result) => points.set(`${child.name}: ${result.name}`, result))
  })
  for (const { contents } of tapReport(runs)) for (const piece of contents) parser.write(piece)
  parser.end()
  expect(breaches).toEqual([])
  return { ok: parser.ok, failures: parser.fail, suites, points }
}

describe('results.tap', () => {
  const run = fixtureRun()
  const { suites, points, ok } = readTap(run)
  const point = (name: string) => points.get(`Linux conformance: ${name}`)
  const onWindows = (name: string) => points.get(`Windows (Wine 8.0) conformance: ${name}`)

  test('has a subtest for each place and kind, with a point for each case and cell', () => {
    expect(suites.map(({ name, ok }) => [name, ok])).toEqual([
      ['Linux conformance', false],
      ['Linux benchmarks', false],
      ['Windows (Wine 8.0) conformance', true],
      ['Windows (Wine 8.0) benchmarks', true],
    ])
    expect(ok).toBe(false)
    for (const { id, target } of run.cases) expect((target === 'native' ? point : onWindows)(id)).toBeDefined()
  })

  test('has of a failure what the record has', () => {
    const record = run.cases.find(({ id }) => id === 'x.eof-on-orderly-close@pipe-packet')
    const failed = point('x.eof-on-orderly-close@pipe-packet')
    expect(failed?.ok).toBe(false)
    expect(failed?.diag).toMatchObject({ verdict: 'fail', message: record?.message })
    expect(failed?.time).toBe(record?.ms)
    expect(failed?.diag.details).toContain('write(4, "last words") = 10')
    expect(failed?.diag.details).toContain(`\nexpected  ${record?.expected}\n`)
  })

  test('excuses by TODO, and skips what is not here', () => {
    expect(onWindows('npipe.client-pid')).toMatchObject({ ok: false })
    expect(onWindows('npipe.client-pid')?.todo).toContain('Not implemented in Wine 8.')
    expect(onWindows('npipe.flush-then-disconnect')).toMatchObject({
      ok: true,
      todo: 'it passes: take its excuse away',
    })
    expect(point('pipe.cloforkflag')?.skip).toContain('O_CLOFORK')
  })

  test('has a gate, and says of several runs which each is of', () => {
    const gate = readTap(gateRun())
    expect(gate.points.get('gate: pipe pingpong 64 same-core awake')?.ok).toBe(false)
    expect(gate.points.get('gate: tcp pingpong 64 same-core awake')?.skip).toContain('launches differ too much')
    const names = readTap(run, run).suites.map(({ name }) => name)
    expect(names).toEqual(['A', 'B'].flatMap((letter) => suites.map(({ name }) => `${letter}: ${name}`)))
  })

  test('lets no text end its line, begin a directive or leave its block', () => {
    const [first] = run.cases
    if (first === undefined) throw new Error('the fixture has no case')
    const message = '\n...\nok 2 - forged # SKIP\n---\nBail out! \u0007\u202e'
    const wrong = { ...first, verdict: 'fail', standing: 'regression', message, says: message } as const
    const cases = [
      { ...wrong, id: 'pipe.a # SKIP all is well \\# TODO\nok 3 - forged' },
      { ...first, id: 'pipe.b', verdict: 'unsupported', message: `no # TODO ${hostile.control}` } as const,
    ]
    const found = readTap({ ...run, cases, launches: [] })
    expect([...found.points.keys()]).toEqual([
      'Linux conformance: pipe.a # SKIP all is well \\# TODO\\nok 3 - forged',
      'Linux conformance: pipe.b',
    ])
    const [a, b] = [...found.points.values()]
    expect(a).toMatchObject({ ok: false, skip: false, todo: false })
    expect(a?.diag.message).toBe(message.replace('\u0007', '\\x07').replace('\u202e', '\\u{202e}'))
    expect(b).toMatchObject({ ok: true, todo: false })
    expect(b?.skip).toBe(`no # TODO ${visibleLine(hostile.control)}`)
    const evil = readTap(fixtureRun({ hostile: true }))
    expect([...evil.points.keys()].some((name) => name.endsWith(`x.evil' ${hostile.markup}`))).toBe(true)
  })
})
