import { expect, test } from 'vitest'
import { csvReport } from '../csv.ts'
import { launchOf, runOf } from '../fixture/cells.ts'
import { bookOf } from '../html/book.ts'
import { figures } from '../html/tables.ts'
import { summary } from '../terminal/summary.ts'
import { figureTables } from './figures.ts'

const stream = (mechanism: string, rate: number) => launchOf({ mechanism, workload: 'stream' }, { rate })
const idle = runOf(stream('pipe', 1000), stream('fifo', 0))
const pageOf = (run: typeof idle): string =>
  figures(bookOf([run]))
    .map(({ markup }) => markup.markup)
    .join('')

test('rows that are no number above zero are counted where they are left out', () => {
  expect(figureTables(idle).map(({ left, groups }) => [left, groups.flatMap(({ rows }) => rows).length])).toEqual([
    [1, 1],
  ])
  const says = 'Left out: 1 row whose figure is no number above zero'
  expect(pageOf(idle)).toContain(says)
  expect(summary([idle], { columns: 160, colour: false })).toContain(says)
  expect(summary([runOf(stream('fifo', 0))], { columns: 160, colour: false })).toContain(says)
  expect(pageOf(runOf(stream('pipe', 1000)))).not.toContain('Left out')
})

test('a figure of 0 has no spread that is no number', () => {
  const texts = csvReport([idle]).map(({ contents }) => [...contents].join(''))
  expect(texts.join('')).not.toContain('NaN')
})

test('a single launch of each cell has no interval to speak of', () => {
  expect(pageOf(idle)).toContain('1 launch of each cell.')
  expect(pageOf(idle)).not.toContain('confidence of 0')
})
