import { expect, test } from 'vitest'
import { paintFor, terminalOf, wantsColour } from './screen.ts'

const terminal = { isTTY: true, columns: 72 }
const pipe = {}

test.each([
  ['a terminal', terminal, {}, true],
  ['a pipe', pipe, {}, false],
  ['NO_COLOR', terminal, { NO_COLOR: '1' }, false],
  ['an empty NO_COLOR, which says nothing', terminal, { NO_COLOR: '' }, true],
  ['FORCE_COLOR', pipe, { FORCE_COLOR: '1' }, true],
  ['an empty FORCE_COLOR', pipe, { FORCE_COLOR: '' }, true],
  ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, false],
  ['both, of which NO_COLOR wins', pipe, { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
  ['a dumb terminal', terminal, { TERM: 'dumb' }, false],
])('colours with %s', (_, stream, variables, wanted) => {
  expect(wantsColour(stream, variables)).toBe(wanted)
  expect(paintFor(stream, variables)('red', 'x')).toBe(wanted ? '\x1b[31mx\x1b[39m' : 'x')
})

test('lines are as long as the terminal, and readable elsewhere', () => {
  expect(terminalOf(terminal, {})).toEqual({ columns: 72, colour: true })
  expect(terminalOf(pipe, {})).toEqual({ columns: 100, colour: false })
})
