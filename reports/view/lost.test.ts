import { describe, expect, test } from 'vitest'
import type { Runs } from '../../harness/model.ts'
import { launchOf, runOf } from '../fixture/cells.ts'
import { htmlReport } from '../html/index.ts'
import { markdownReport } from '../markdown.ts'
import { summary } from '../terminal/summary.ts'

const timed = launchOf({}, { ns: 1000 })
const { measures: _, ...untimed } = launchOf({ mechanism: 'fifo' }, { ns: 1000 })
const absent = { ...untimed, cell: { ...untimed.cell, mechanism: 'tcp' }, verdict: 'unsupported' } as const
const runs: Runs = [runOf(timed, untimed, { ...absent, message: 'there is no network' })]
const textOf = (files: readonly { readonly contents: unknown }[]): string =>
  files.map(({ contents }) => [...(contents as Iterable<string>)].join('')).join('')

describe('a launch that went well and gave no figure', () => {
  const page = textOf(htmlReport(runs))

  test('is not counted as measured', () => {
    expect(page).toContain('1 launch measured, 2 without a figure')
  })
  test('is told from one that could not be made here', () => {
    const terminal = summary(runs, { columns: 160, colour: false })
    expect(terminal).toMatch(/1 launch without a figure \(fifo\): Too few were timed/)
    expect(terminal).toMatch(/1 launch not here \(tcp\): there is no network/)
    const markdown = textOf(markdownReport(runs))
    expect(markdown).toMatch(/1 launch of fifo without a figure: Too few were timed/)
    expect(markdown).toMatch(/1 launch of tcp not here: there is no network/)
    expect(page).toMatch(/2 not here or without a figure, and why/)
  })
})
