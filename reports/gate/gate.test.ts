/** The verdict of a gate on a terminal and in Markdown. */

import { describe, expect, it } from 'vitest'
import type { Breakage, GateRecord } from '../../harness/model.ts'
import { gateRun } from '../fixture/gate.ts'
import { hostile } from '../fixture/run.ts'
import { gateMarkdown } from './markdown.ts'
import { gateText } from './terminal.ts'
import { changeWords } from './words.ts'

function gateOf(other: Partial<GateRecord> = {}): GateRecord {
  const { gate } = gateRun(other)
  if (gate === undefined) throw new Error('the fixture has no gate')
  return gate
}
const textOf = (gate: GateRecord, columns = 80) => gateText(gate, { columns, colour: false })
const worst = gateOf({
  broken: [{ what: 'x'.repeat(10_000), verdict: hostile.control, message: `${hostile.markup} `.repeat(200) }],
  cells: [{ cell: hostile.control.repeat(30), verdict: 'fail', ratio: 1e308, p: -1, threshold: 0, mde: 1e300 }],
  reasons: [hostile.closing.repeat(9)],
})

describe('on a terminal a gate', () => {
  it('says in three lines what got slower, by how much and how surely', () => {
    expect(textOf(gateOf())).toContain(
      '\n  pipe pingpong 64 same-core awake\n    31 % slower (at least 26 %)\n    p < 0.001, for all cells that were tested together\n',
    )
  })

  it.each([80, 160])('never goes beyond %i columns, and moves no cursor', (columns) => {
    for (const gate of [gateOf(), worst]) {
      const lines = textOf(gate, columns).split('\n')
      expect(lines.filter((line) => line.length > columns)).toEqual([])
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
      expect(lines.filter((line) => /[\u0000-\u001f\u202e]/.test(line))).toEqual([])
    }
  })

  it('says of what broke what it is held against, and never of A what nobody saw', () => {
    const what = { what: 'pipe.x', verdict: 'fail' }
    const textWith = (...origins: Breakage['origin'][]) =>
      textOf(
        gateOf({ cells: [], exceeded: [], broken: origins.map((origin) => ({ ...what, ...(origin && { origin }) })) }),
        160,
      )
    expect(textWith(undefined)).toMatch(/1 thing broke that A gets right[\s\S]*fail in B, and not in A; confirmed once/)
    expect(textWith('expectations')).toMatch(/1 thing broke that nothing excuses[\s\S]*no expectation excuses it/)
    const stored = textWith('stored-cell', 'stored-claim')
    expect(stored).toMatch(/2 things broke that stored runs get right[\s\S]*stored runs could measure it/)
    expect(stored).not.toMatch(/A gets right|not in A/)
    expect(stored.match(/confirmed/g)).toHaveLength(1)
    expect(textWith('repeated')).toMatch(/fail in B again and again, and not once in A/)
    expect(textWith('repeated')).not.toContain('confirmed')
    expect(textWith('a', 'expectations')).toContain(
      '1 thing broke that A gets right, 1 thing broke that nothing excuses',
    )
  })

  it('names no least change where nobody knows what could have been seen', () => {
    const gate = gateOf({ cells: [{ cell: 'tcp', verdict: 'inconclusive', ratio: 1, threshold: 1.05 }] })
    expect(textOf(gate)).toMatch(/tcp .*–/)
    expect(gateMarkdown(gate)).toContain('it is not known what it could have seen')
    expect(textOf(gate) + gateMarkdown(gate)).not.toMatch(/≥|NaN|Infinity|undefined/)
  })

  it('says of what was injected by nanoseconds no more than is known', () => {
    const text = textOf(gateOf({ injected: [{ cell: 'tcp', ns: 150 }] }), 160)
    expect(text).toContain('tcp: each message 150 ns longer\n')
  })

  it('tells changes that nobody thinks of in percent as multiples', () => {
    expect([
      changeWords({ ratio: 1.204, atLeast: 1.17 }),
      changeWords({ ratio: 0.98 }),
      changeWords({ ratio: 123.4, atLeast: 110 }),
    ]).toEqual(['20 % slower (at least 17 %)', '2.0 % faster', '123 times as slow (at least 110 times)'])
  })
})

describe('in Markdown a gate', () => {
  it('has a row for each cell, and the command that decides once more', () => {
    const text = gateMarkdown(gateOf())
    expect(text).toMatch(/^\| ❌ \| pipe pingpong 64 same\\?-core awake \| 31 % slower \\?\(at least 26 %\\?\) \|/m)
    expect(text).toContain(`\`\`\`sh\n${gateOf().again}\n\`\`\``)
  })

  it('lets no text from outside begin markup', () => {
    const text = gateMarkdown(worst)
    expect(text.split('\n').filter((line) => /(?<!\\)<(script|img|svg)/.test(line))).toEqual([])
  })

  it('lets no command close its fence, and no bar between ticks end a cell', () => {
    const [cell] = gateOf().cells
    const bars = ['`a|b`', '`a\\|b`', '`a\\\\|b`', 'a\\|b']
    const cells = bars.flatMap((name) => (cell === undefined ? [] : [{ ...cell, cell: name }]))
    const text = gateMarkdown({ ...gateOf(), cells, again: '```' })
    expect(text).toContain('````sh\n```\n````')
    const rows = text.split('\n').filter((line) => line.startsWith('|'))
    // As GitHub splits them: a backslash takes the sign after it along.
    expect(rows.map((row) => row.replace(/\\./g, '').split('|').length)).toEqual(rows.map(() => 6))
    expect(rows).toHaveLength(2 + bars.length)
  })
})
