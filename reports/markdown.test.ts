import { describe, expect, it } from 'vitest'
import type { Run } from '../harness/model.ts'
import { fixtureRun, hostile, manyTimes } from './fixture/run.ts'
import { markdownReport } from './markdown.ts'
import { markdownCode, markdownText } from './markdown-text.ts'

const reportOf = (...runs: readonly [Run, ...Run[]]): string =>
  markdownReport(runs)
    .map(({ contents }) => contents)
    .join('')
const run = fixtureRun()
const page = reportOf(run)

describe('report.md', () => {
  it('begins with what came out, and how to make it again', () => {
    expect(page).toMatch(/^# ipcmark: \d+ unexpected results?/)
    expect(page).toContain(`\n    ${run.header.command}\n`)
    expect(page).toContain('- processor: AMD EPYC 9B45, 2 logical processors')
  })

  it('says for each family and place how many claims hold, and what is unexpected', () => {
    expect(page).toMatch(/\| family +\| +Linux \| +Windows \(Wine 8\.0\) \|/)
    expect(page).toMatch(
      /\| pipe +\| +\d+\/\d+, 1 unexpected, .*not here \| +\d+\/\d+, 2 known, 1 stale, 1 not here \|/,
    )
    expect(page).toContain('- `x.eof-on-orderly-close@pipe-packet`: fail, unexpected. read: expected to return 0')
  })

  it('has figures by mechanism and size, with unit and direction, the best first', () => {
    const [, table = ''] = /## Latency\n.*?\*\*Linux: same-core, cores awake\*\*\n\n(.*?)\n\n/s.exec(page) ?? []
    const [head = '', , ...rows] = table.split('\n')
    expect(head).toMatch(/64.B, µs ↓ \| +4.KiB, µs ↓ \| +64.KiB, µs ↓ \|$/)
    expect(rows.map((row) => /`(.*?)`/.exec(row)?.[1])).toEqual(['pipe', 'pipe-packet', 'fifo', 'unix-stream'])
  })

  it('has lines of a table end below each other, for who reads it as it is', () => {
    for (const table of page.split('\n\n').filter((block) => block.startsWith('|'))) {
      expect(new Set(table.split('\n').map(({ length }) => length)).size).toBe(1)
    }
  })

  it('keeps several runs apart', () => {
    const other = { ...run, header: { ...run.header, run: 'ipcmark-other' } } as const
    const both = reportOf(run, other)
    expect(both).toMatch(/\| family +\| +A: Linux \| +A: Windows \(Wine 8\.0\) \| +B: Linux \| +B: Windows/)
    expect(both).toContain('**B: Linux: same-core, cores awake**')
    expect(both).toContain('B: Run `ipcmark-other`')
  })

  it('is of a bounded size', () => {
    const many = manyTimes(run, 40)
    const launches = [...run.launches].flatMap((launch) =>
      Array.from({ length: 60 }, (_, at) => ({
        ...launch,
        cell: { ...launch.cell, mechanism: `${launch.cell.mechanism}-${at}` },
      })),
    )
    const large = reportOf({ ...many, launches })
    expect(large.length).toBeLessThan(420_000)
    expect(large).toMatch(/- and \d+ more: report\.html has all\./)
    expect(large).toMatch(/\d+ more rows: `summary\.csv` has all\./)
  })

  it('lets nothing from outside become markup', () => {
    const nasty = reportOf(fixtureRun({ hostile: true }))
    const outsideCode = nasty.replace(/^ {4}.*$/gm, '').replace(/(`+).+?\1/g, '')
    expect(outsideCode).not.toMatch(/(?<!\\)<(?!!-- )/)
    expect(nasty).not.toContain('\u001b')
    expect(nasty).not.toContain('\u202e')
  })

  it('of a run without records says so', () => {
    const empty = reportOf({ header: run.header, cases: [], launches: [] })
    expect(empty).toContain('# ipcmark: Nothing was recorded')
    expect(empty).not.toContain('## Conformance')
  })
})

describe('text from outside', () => {
  it.each([
    ['a | b', 'a \\| b'],
    ['*bold* snake_case _em_', '\\*bold\\* snake_case \\_em\\_'],
    ['<script>', '\\<script\\>'],
    ['&lt; &amp R&D', '\\&lt; &amp R&D'],
    ['1. one', '1\\. one'],
    ['0.1.0 of it', '0.1.0 of it'],
    ['# no heading', '\\# no heading'],
    ['see `ipcmark doctor` and ` alone', 'see `ipcmark doctor` and \\` alone'],
    ['[link](javascript:x)', '\\[link\\](javascript:x)'],
    ['two\nlines', 'two\\\\nlines'],
  ])('%s', (text, expected) => {
    expect(markdownText(text)).toBe(expected)
  })

  it('as code has more ticks around it than it has', () => {
    expect(markdownCode('a``b`')).toBe('``` a``b` ```')
    expect(markdownCode(hostile.markup)).toBe(`\`${hostile.markup}\``)
  })
})
