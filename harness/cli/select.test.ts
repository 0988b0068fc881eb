import { describe, expect, test } from 'vitest'
import { everyKind } from '../../suites/conformance/generic/rows.ts'
import type { Planned, Suite } from '../conformance/plan.ts'
import { matrixOf } from '../conformance/plan.ts'
import type { Family, Os, Theme } from '../model.ts'
import type { GenericCase, Mechanism, SpecificCase } from '../pair/stage.ts'
import { caseSelection, nothingSelected } from './select-cases.ts'

const mechanism = (id: string, family: Family, os: Os): Mechanism =>
  ({
    id,
    title: id,
    kind: 'channel',
    family,
    os,
    cites: [],
    traits: {},
    open: () => Promise.reject(),
  }) as unknown as Mechanism
const claim = (id: string, theme: Theme, core?: true) => ({
  id,
  theme,
  says: id,
  cites: [],
  ...(core && { core }),
})
const specific = (id: string, on: string, theme: Theme, core?: true): SpecificCase => ({
  ...claim(id, theme, core),
  mechanism: on,
  run: () => Promise.resolve(),
})
const generic = (id: string, theme: Theme, core?: true): GenericCase => ({
  ...claim(id, theme, core),
  rows: everyKind(() => Promise.resolve()),
})
const exempting = (one: GenericCase, id: string): GenericCase => ({
  ...one,
  exempts: ({ id: found }) => (found === id ? 'it has no name' : undefined),
})

const suite: Suite = {
  mechanisms: [
    mechanism('pipe', 'pipe', 'linux'),
    mechanism('fifo', 'pipe', 'linux'),
    mechanism('unix-stream', 'socket', 'linux'),
    mechanism('win-pipe', 'pipe', 'windows'),
  ],
  generic: [generic('x.end', 'eof', true), exempting(generic('x.name', 'naming'), 'pipe')],
  specific: [
    specific('pipe.end-late', 'pipe', 'eof'),
    specific('pipe.size', 'pipe', 'limit', true),
    specific('fifo.open', 'fifo', 'block'),
    specific('npipe.open', 'win-pipe', 'block', true),
  ],
}

const asked = (...words: string[]) => words.map((text) => ({ text }))
const chosen = (...words: string[]): string[] =>
  matrixOf(suite, 'linux')
    .cases.filter(caseSelection(asked(...words), suite))
    .map(({ id }: Planned) => id)

describe('a selector', () => {
  test.each<[string, string[], string[]]>([
    ['that is a mechanism', ['fifo'], ['fifo.open', 'x.end@fifo', 'x.name@fifo']],
    ['that is a mechanism and a family is the mechanism', ['pipe'], ['pipe.end-late', 'pipe.size', 'x.end@pipe']],
    ['that is a family by its kind', ['family:socket'], ['x.end@unix-stream', 'x.name@unix-stream']],
    ['that is a theme', ['limit'], ['pipe.size']],
    ['that is a case', ['fifo.open'], ['fifo.open']],
    ['that is a generic case', ['x.name'], ['x.name@fifo', 'x.name@unix-stream']],
    ['that is a generic case on a mechanism', ['x.end@fifo'], ['x.end@fifo']],
    ['that is the quick selection', ['core'], ['pipe.size', 'x.end@pipe', 'x.end@fifo', 'x.end@unix-stream']],
    ['that is a pattern of mechanisms', ['unix-*'], ['x.end@unix-stream', 'x.name@unix-stream']],
    ['that is a pattern of cases', ['pipe.*'], ['pipe.end-late', 'pipe.size']],
    ['that is an expression', ['/^x\\.end@(pipe|fifo)$/'], ['x.end@pipe', 'x.end@fifo']],
    ['that is an expression on a mechanism', ['/unix/'], ['x.end@unix-stream', 'x.name@unix-stream']],
  ])('%s', (_, words, ids) => {
    expect(chosen(...words).sort()).toEqual([...ids].sort())
  })

  test('adds to one of its kind, and narrows the other kinds', () => {
    expect(chosen('pipe', 'fifo', 'eof')).toEqual(['pipe.end-late', 'x.end@pipe', 'x.end@fifo'])
    expect(chosen('family:pipe', 'unix-stream', 'core', 'eof')).toEqual([
      'x.end@pipe',
      'x.end@fifo',
      'x.end@unix-stream',
    ])
  })

  test('behind an exclamation mark takes away, whatever its kind', () => {
    expect(chosen('pipe', '!eof')).toEqual(['pipe.size'])
    expect(chosen('!family:pipe')).toEqual(['x.end@unix-stream', 'x.name@unix-stream'])
    expect(chosen('eof', '!/@/')).toEqual(['pipe.end-late'])
    expect(chosen('eof', '!pip*', '!x.end@fifo')).toEqual(['x.end@unix-stream'])
  })

  test('that nothing has is refused, with the nearest', () => {
    expect(() => chosen('fifos')).toThrow(
      "no mechanism, family, theme, core or case is named 'fifos'; did you mean 'fifo'?",
    )
    expect(() => chosen('x.end@fofo')).toThrow("did you mean 'x.end@fifo'?")
    expect(() => chosen('!zzzzzz')).toThrow("'ipcmark list --cases' shows what there is")
    expect(() => chosen('theme:pipe')).toThrow("no theme is named 'pipe'")
  })

  test('that fits nothing leaves nothing, without a complaint', () => {
    expect(chosen('zzz*')).toEqual([])
    expect(chosen('/zzz/')).toEqual([])
  })
})

describe('an empty selection', () => {
  const why = (...words: string[]) => nothingSelected(asked(...words), suite, ['linux']).message
  test('of an exempt case has its reason', () => {
    expect(why('x.name@pipe')).toBe('nothing to run: x.name@pipe does not apply: it has no name.')
  })
  test('of another system names it', () => {
    expect(why('win-pipe')).toContain('belongs to Windows, and no target does; --target wine')
  })
  test('of anything else points to the list', () => {
    expect(why('pipe', 'block')).toContain("no case fits the filter; 'ipcmark list --cases'")
  })
})
