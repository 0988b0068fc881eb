/** The page of a comparison: what its plot is made of is closed, so that a browser draws all of it. */

import { expect, test } from 'vitest'
import { compareRuns } from '../../harness/gate/compare.ts'
import { fixtureRun, hostile } from '../fixture/run.ts'
import { comparisonHtml } from './html.ts'
import { comparisonMarkdown } from './markdown.ts'
import { comparisonText } from './terminal.ts'

test('every cell has a line with two ends and a point in the plot, and a row in the table', () => {
  const comparison = compareRuns(fixtureRun(), fixtureRun())
  const page = comparisonHtml(comparison)
  const count = (look: RegExp) => page.match(look)?.length ?? 0
  expect(comparison.cells.length).toBeGreaterThan(0)
  expect(count(/<circle cx="[\d.]+" cy="[\d.]+" r=4 \/>/g)).toBe(comparison.cells.length)
  expect(count(/<line [^>]* class=range \/>/g)).toBe(comparison.cells.length)
  expect(count(/<line [^>]* class=end \/>/g)).toBe(2 * comparison.cells.length)
  expect(count(/<tr><th scope=row>/g)).toBe(comparison.cells.length)
  // An unquoted value takes the slash that was to close its element.
  expect(count(/=[\w-]+\/>/g)).toBe(0)
})

test('the page names what only one of them has', () => {
  const comparison = {
    ...compareRuns(fixtureRun(), fixtureRun()),
    onlyBefore: [hostile.markup],
    onlyAfter: ['tcp.new'],
  }
  const page = comparisonHtml(comparison)
  expect(page).toMatch(/1 only in [\s\S]*&lt;[\s\S]*1 only in [\s\S]*<li>tcp\.new/)
  expect(page).not.toContain(hostile.markup)
  expect(comparisonHtml(compareRuns(fixtureRun(), fixtureRun()))).not.toContain('only in')
})

test('a case that was not there says so', () => {
  const run = fixtureRun()
  const [first, ...others] = run.cases
  if (first === undefined) throw new Error('the fixture has no case')
  const comparison = compareRuns(
    { ...run, cases: others },
    { ...run, cases: [{ ...first, verdict: 'fail' }, ...others] },
  )
  expect(comparisonHtml(comparison)).toMatch(/<td>not there<td>fail/)
  expect(comparisonMarkdown(comparison)).toMatch(/\| not there \| fail \|/)
  expect(comparisonText(comparison, { columns: 160, colour: false })).toContain('not there → fail')
})

test('the name of what differs comes from a record, and is nothing but text', () => {
  const change = { what: `target \u001b[2J${hostile.markup}`, matters: true, before: 'a', after: 'b' }
  const comparison = {
    ...compareRuns(fixtureRun(), fixtureRun()),
    environment: [change, { ...change, matters: false }],
  }
  expect(comparisonMarkdown(comparison)).not.toMatch(/(?<!\\)<(script|img|svg)/)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
  expect(comparisonText(comparison, { columns: 160, colour: false })).not.toMatch(/\u001b/)
})
