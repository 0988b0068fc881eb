import { describe, expect, it } from 'vitest'
import type { CaseRecord, Run, Runs } from '../../harness/model.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import { fixtureRun, hostile } from '../fixture/run.ts'
import { explanation } from './explain.ts'
import { summary } from './summary.ts'
import { cellsOf, fitted, splitAt, widthOf } from './width.ts'

const plain = (columns: number) => ({ columns, colour: false })
const linesOf = (runs: Runs, columns: number) => summary(runs, plain(columns)).split('\n')
const widest = (lines: readonly string[]) => Math.max(...lines.map(widthOf))

const run = fixtureRun()
const [first] = run.cases
if (first === undefined) throw new Error('the fixture has no case')
const played = (other: Partial<CaseRecord>): CaseRecord => ({
  ...first,
  verdict: 'pass',
  standing: 'expected',
  ...other,
})
const of = (...cases: readonly CaseRecord[]): Run => ({ ...run, cases, launches: [] })

/** As many mechanisms as Linux has: too many for a line each on a narrow screen. */
const many = of(
  ...mechanisms
    .filter(({ os }) => os === 'linux')
    .flatMap(({ id: mechanism }) => [played({ mechanism, theme: 'data' }), played({ mechanism, theme: 'eof' })]),
  played({ mechanism: 'fifo', theme: 'eof', verdict: 'fail', standing: 'regression' }),
)

describe('the matrix', () => {
  it('has a cell for each mechanism and theme: the gravest verdict, and how many', () => {
    const text = linesOf(
      [
        of(
          played({ mechanism: 'pipe', theme: 'data' }),
          played({ mechanism: 'pipe', theme: 'data', verdict: 'unsupported' }),
          played({ mechanism: 'pipe', theme: 'crash', verdict: 'hang', standing: 'known' }),
          played({ mechanism: 'fifo', theme: 'data', verdict: 'fail', standing: 'regression' }),
          played({ mechanism: 'fifo', theme: 'data', verdict: 'fail', standing: 'regression' }),
        ),
      ],
      80,
    )
    expect(text).toContain('Linux  1 of 4 claims hold')
    expect(text).toContain('  2\u00a0fail · 1\u00a0unsupported · 1\u00a0hang')
    expect(text).toContain('       data')
    expect(text).toContain('  fifo ✗2 ·')
    expect(text).toContain('  pipe ✓1 ⧗1')
  })

  it('has a line for each family where there are many mechanisms, and for each with which something is wrong', () => {
    const text = linesOf([many], 80)
    expect(text.some((line) => /^ {2}pipe, 5 +✓5 +✗1$/.test(line))).toBe(true)
    expect(text.some((line) => /^ {4}fifo +✓1 +✗1$/.test(line))).toBe(true)
    expect(text.some((line) => /^ +unix-stream /.test(line))).toBe(false)
    expect(linesOf([many], 140).some((line) => /^ +unix-stream /.test(line))).toBe(true)
  })

  it('puts places side by side where there is room, and below each other where there is none', () => {
    const titled = (lines: readonly string[]) => lines.filter((line) => /Linux .*claims hold/.test(line))
    expect(titled(linesOf([run], 160))).toEqual([
      expect.stringMatching(/^Linux .*claims hold {4,}Windows \(Wine 8\.0\) .*claims hold$/),
    ])
    expect(titled(linesOf([run], 80))).toEqual([expect.not.stringContaining('Windows')])
    expect(widest(linesOf([run], 160))).toBeLessThanOrEqual(160)
  })
})

describe('several runs', () => {
  const other = { ...run, header: { ...run.header, run: 'ipcmark-other', seed: 7 } } as const
  const older: Run = {
    ...other,
    header: { ...other.header, environment: { ...run.header.environment, kernel: 'Linux 5.10', warnings: [] } },
  }

  it('have letters, and say in what they differ', () => {
    const text = linesOf([run, older], 100)
    expect(text.slice(2, 7)).toEqual([
      'Side by side',
      `  A  ${run.header.run}  2026-11-20T10:31:07.000Z`,
      '  B  ipcmark-other  2026-11-20T10:31:07.000Z',
      'They differ in',
      '  kernel  A Linux 6.18.44 x86_64 · B Linux 5.10',
    ])
    expect(text.some((line) => line.startsWith('A: Linux, latency'))).toBe(true)
    expect(text.some((line) => line.startsWith('B: Linux, latency'))).toBe(true)
    expect(linesOf([run, other], 100)).toContain('They differ neither in machine nor in system')
  })

  it('say once what is the same for all of them', () => {
    const warned = (lines: readonly string[]) => lines.filter((line) => line.includes('virtual machine'))
    expect(warned(linesOf([run, other], 100))).toEqual([expect.stringMatching(/^! This is/)])
    expect(warned(linesOf([run, older], 100))).toEqual([expect.stringMatching(/^! A: This is/)])
  })
})

describe('no line is wider than the screen', () => {
  const names = [
    ...Object.values(hostile),
    '漢字'.repeat(80),
    'e\u0301\u0323'.repeat(200),
    '👩‍👩‍👧'.repeat(60),
    'x'.repeat(10_000),
    '',
  ]
  const bad = of(
    ...names.flatMap((name, at) => [
      played({ id: name, mechanism: name, says: name, message: name }),
      played({ id: `${name}${at}`, mechanism: name, verdict: 'fail', standing: 'regression', message: name }),
      played({ id: name, mechanism: name, verdict: 'unsupported', message: name }),
    ]),
  )
  const worst: Run = {
    ...bad,
    partial: names.join(' '),
    header: {
      ...run.header,
      run: `ipcmark-${'漢'.repeat(99)}`,
      targets: run.header.targets.map((target) => ({ ...target, emulator: names.join('') })),
    },
    launches: [...run.launches].slice(0, 60).map((launch, at) => ({
      ...launch,
      cell: { ...launch.cell, mechanism: names[at % names.length] ?? '' },
      message: names[at % names.length] ?? '',
    })),
  }

  it.each([40, 80, 120, 160])('of %i columns, whatever things are called', (columns) => {
    for (const runs of [[worst], [worst, run]] as const) {
      const lines = linesOf(runs, columns)
      expect(lines.filter((line) => widthOf(line) > columns)).toEqual([])
      expect(/[\p{Cc}\p{Cf}]/u.exec(lines.join(''))).toBeNull()
    }
    const told = [...bad.cases].flatMap((one) => explanation(one, plain(columns)).split('\n'))
    expect(told.filter((line) => widthOf(line) > columns)).toEqual([])
  })
})

describe('widths', () => {
  it('are those of a screen', () => {
    expect([widthOf('pipe'), widthOf('漢字'), widthOf('e\u0301'), widthOf('✓ 65\u202f536')]).toEqual([4, 4, 1, 8])
    expect(splitAt('漢字漢字', 5)).toEqual(['漢字', '漢字'])
    expect(splitAt('e\u0301e\u0301', 1)).toEqual(['e\u0301', 'e\u0301'])
    expect([fitted('unix-stream', 5), fitted('漢字漢字', 4), fitted('pipe', 4), fitted('pipe', 0)]).toEqual([
      'unix…',
      '漢…',
      'pipe',
      '…',
    ])
    expect(cellsOf('a漢b')).toEqual(['a', '漢', '', 'b'])
  })
})
