/** The page of a comparison: what its plot is made of is closed, so that a browser draws all of it. */

import { expect, test } from 'vitest'
import { compareRuns } from '../../harness/gate/compare.ts'
import { fixtureRun } from '../fixture/run.ts'
import { comparisonHtml } from './html.ts'

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
