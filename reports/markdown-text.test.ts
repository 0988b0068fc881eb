import { expect, test } from 'vitest'
import { launchOf, runOf } from './fixture/cells.ts'
import { alignedTable, markdownRow, markdownText } from './markdown-text.ts'
import { conditionOf } from './view/advice-ranking.ts'
import { measuredOf } from './view/measured.ts'

/** More than a call takes as arguments. */
const many = 130_000

test('a table may have any number of rows', () => {
  const lines = alignedTable(
    ['name', 'figure'],
    Array.from({ length: many }, (_, at) => [`m${at}`, '1']),
  )
  expect(lines).toHaveLength(many + 2)
  const [row] = measuredOf(runOf(launchOf({}, { ns: 1000 }))).rows
  const rows = Array.from({ length: many }, () => (row === undefined ? [] : [row])).flat()
  expect(conditionOf(rows)).toContain('1 launch of each')
})

test('a bar in code has a backslash before it, and one that has it gets no other', () => {
  expect(markdownRow([markdownText('`a|b` c|d')])).toBe('| `a\\|b` c\\|d |')
  expect(markdownRow(['`a\\\\|b`'])).toBe('| `a\\\\\\|b` |')
})

test('the columns of a table are as wide as what stands in them, bars included', () => {
  const lines = alignedTable(
    ['name', 'x'],
    [
      ['`a|b`', '1'],
      ['`a`', '2'],
    ],
  )
  expect(new Set(lines.map(({ length }) => length)).size).toBe(1)
})
