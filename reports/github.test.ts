import { describe, expect, test } from 'vitest'
import type { CaseRecord, Run, Runs } from '../harness/model.ts'
import { gateRun } from './fixture/gate.ts'
import { fixtureRun, hostile } from './fixture/run.ts'
import { githubReport } from './github.ts'

const fileOf = (name: string, runs: Runs): string =>
  githubReport(runs)
    .filter((file) => file.name === name)
    .map(({ contents }) => contents)
    .join('')

interface Command {
  readonly command: string
  readonly title: string
  readonly message: string
}

const unescaped = (text: string): string => text.replaceAll('%0A', '\n').replaceAll('%0D', '\r').replaceAll('%25', '%')

/** As the runner takes a line apart: the command and its properties end at the second `::`. */
function parsed(line: string): Command {
  const end = line.indexOf('::', 2)
  const [command = '', ...rest] = line.slice(2, end).split(' ')
  const [, title = ''] = /^title=(.*)$/.exec(rest.join(' ')) ?? []
  expect(line.startsWith('::')).toBe(true)
  expect(title).not.toMatch(/[:,]/)
  return {
    command,
    title: unescaped(title.replaceAll('%3A', ':').replaceAll('%2C', ',')),
    message: unescaped(line.slice(end + 2)),
  }
}

const annotationsOf = (...runs: [Run, ...Run[]]): Command[] =>
  fileOf('annotations.txt', runs).split('\n').slice(0, -1).map(parsed)
const summaryOf = (...runs: [Run, ...Run[]]): string => fileOf('step-summary.md', runs)

const wrong = (run: Run, count: number, message = 'it was wrong'): CaseRecord[] =>
  run.cases.slice(0, 1).flatMap((one) =>
    Array.from({ length: count }, (_, at) => ({
      ...one,
      ...({ id: `pipe.wrong-${at}`, verdict: 'fail', standing: 'regression', message } as const),
    })),
  )

describe('annotations.txt', () => {
  const run = fixtureRun()

  test('has what is red as errors, the gravest first, and what nobody has to mend at once as warnings', () => {
    const found = annotationsOf(run)
    expect(found.map(({ command, title }) => `${command} ${title}`)).toEqual([
      'error x.consumer-death-while-producer-blocked@unix-stream (Linux conformance)',
      'error x.eof-on-orderly-close@pipe-packet (Linux conformance)',
      'error x.multi-producer-atomicity@unix-stream (Linux conformance)',
      'error x.inherit-fork-spawn@unix-stream (Linux conformance)',
      ...[64, 1024, 4096, 16384].map((size) => `error unix-stream stream ${size} unpinned idle (Linux benchmarks)`),
      'warning npipe.flush-then-disconnect (Windows (Wine 8.0) conformance)',
      'notice ipcmark',
    ])
    expect(found[1]?.message).toBe('fail: read: expected to return 0, but it failed with EAGAIN (11)')
  })

  test('has ten of a kind at most, and says how many are left', () => {
    const errors = annotationsOf({ ...run, cases: wrong(run, 25), launches: [] }).filter(
      ({ command }) => command === 'error',
    )
    expect(errors).toHaveLength(10)
    expect(errors.at(-1)?.message).toBe('16 more are in the step summary.')
  })

  test('has a gate before anything else', () => {
    const [first, ...rest] = annotationsOf(gateRun())
    expect(first).toMatchObject({ command: 'error', title: 'pipe pingpong 64 same-core awake (gate)' })
    expect(first?.message).toMatch(/31 % slower \(at least 26 %\); p < 0.001/)
    expect(rest.map(({ title }) => title)).toContain('pipe.shell-pipeline (gate)')
    const unsure = annotationsOf(gateRun({ verdict: 'inconclusive', broken: [], exceeded: [], reasons: ['too noisy'] }))
    expect(unsure.map(({ command, title }) => [command, title])).toEqual([
      ['warning', 'verdict (gate)'],
      ['notice', 'ipcmark'],
    ])
    expect(unsure[0]?.message).toContain('too noisy')
  })

  test('lets no text begin a command of its own', () => {
    const text = '100 %0A\r\n::error::owned, a: b'
    const cases = wrong(run, 1, text).map((one) => ({ ...one, id: 'pipe\n::stop-commands::x, y' }))
    const found = annotationsOf({ ...run, cases, launches: [] })
    expect(found).toHaveLength(2)
    expect(found[0]?.message).toBe('fail: 100 %0A\\r\n::error::owned, a: b')
    expect(found[0]?.title).toBe('pipe\n::stop-commands::x, y (Linux conformance)')
    expect(
      annotationsOf(fixtureRun({ hostile: true })).every(({ command }) => /^(error|warning|notice)$/.test(command)),
    ).toBe(true)
  })
})

describe('step-summary.md', () => {
  const run = fixtureRun()

  test('tells each place, what is red with its ladder, and how it is made again', () => {
    const text = summaryOf(run)
    expect(text).toContain('## ❌ ipcmark: 4 unexpected results')
    expect(text).toMatch(/\| Linux \| \d+ of \d+ \| 4 \| 0 \| 0 \| \d+ \| \d+ \| 4 \|/)
    expect(text).toContain('write(4, "last words") = 10')
    expect(text).toContain(run.header.command)
    expect(summaryOf(run, run)).toMatch(/\| B: Windows/)
  })

  test('has a gate and the ladders of what it broke', () => {
    const text = summaryOf(gateRun())
    expect(text).toContain('❌ ipcmark gate: ')
    expect(text).toContain('pipe.shell-pipeline (in B): hang')
    expect(text).not.toContain('claims that hold')
  })

  test('stays below a mebibyte, and counts what had no room', () => {
    const long = 'a long story '.repeat(1000)
    const text = summaryOf({ ...run, cases: wrong(run, 200, long), launches: [] })
    expect(Buffer.byteLength(text)).toBeLessThan(1024 * 1024)
    expect(Buffer.byteLength(text)).toBeGreaterThan(900_000)
    expect(text).toMatch(/\d+ more sections had no room here/)
  })

  test('has a table that no name of a target breaks', () => {
    const [target] = run.header.targets
    const targets = target === undefined ? [] : [{ ...target, id: 'exec:`a|b`' } as const]
    const text = summaryOf({ ...run, header: { ...run.header, targets }, cases: [], launches: [] })
    const rows = text.split('\n').filter((line) => line.startsWith('|'))
    expect(rows).toHaveLength(3)
    expect(rows.map((row) => row.replace(/\\./g, '').split('|').length)).toEqual([10, 10, 10])
  })

  test('keeps markup of others inside a fence that they cannot close', () => {
    const text = summaryOf({ ...run, cases: wrong(run, 1, `\n\`\`\`\`\n${hostile.markup}`), launches: [] })
    expect(text).toContain('`````text')
    const outside = text.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    expect(outside).not.toContain('<script')
    const evil = summaryOf(fixtureRun({ hostile: true })).replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '')
    expect(evil).not.toMatch(/(?<!\\)<(?!\/?(details|summary)>)/)
  })
})
