import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import type { LaunchRecord } from '../../harness/model.ts'
import { launchOf, runOf } from '../fixture/cells.ts'
import { bookOf } from './book.ts'
import { raw } from './raw.ts'

const text = 'first, 1.23456789012,\nsecond "quoted"'

test('rows are counted and cut as rows, whatever lines their texts have, and texts keep their numbers', () => {
  const cells = Array.from({ length: 40 }, (_, at) => ({ mechanism: `m${at}`, workload: 'stream' }) as const)
  const failed = cells.flatMap((cell): LaunchRecord[] => {
    const { measures: _, ...launch } = launchOf(cell, {})
    return [launchOf(cell, { rate: 1e6 / 7 }), { ...launch, verdict: 'void', message: text }]
  })
  const markup = raw(bookOf([runOf(...failed)]))
    .map((section) => section.markup.markup)
    .join('')
  const [, count = ''] = /The first (\d+) of 40 rows of summary\.csv/.exec(markup) ?? []
  const [, shown = ''] = /<pre[^>]*>([^<]*)<\/pre>/.exec(markup) ?? []
  const csv = shown.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&')
  const rows: Readonly<Record<string, string>>[] = parse(csv, { columns: true })
  expect(rows).toHaveLength(Number(count))
  expect(rows.length).toBeGreaterThan(1)
  for (const row of rows) expect(row).toMatchObject({ value: '142857.1', why_without_figure: `void: ${text}` })
})
