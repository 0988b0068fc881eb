import { describe, expect, it } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import { seeded } from '../measure/random.ts'
import { problemWith } from './check.ts'
import { parseRecord } from './counts.ts'
import { lineShapes } from './shape.ts'

const lines = [...fixtureRun({ hostile: true }).launches].map((launch) => JSON.stringify(launch))
const timed = lines.find((line) => line.includes('"counts":[[')) ?? ''

/** What comes of it: a value, or that it is no JSON. */
function outcome(parse: () => unknown): unknown {
  try {
    return { value: parse() }
  } catch (error) {
    return error instanceof SyntaxError ? 'no JSON' : error
  }
}
const expectTheSame = (text: string) =>
  expect(outcome(() => parseRecord(text))).toEqual(outcome(() => JSON.parse(text)))

describe('a line with counts', () => {
  it('is parsed as JSON.parse parses it', () => {
    expect(timed).not.toBe('')
    for (const line of lines) expectTheSame(line)
  })

  it.each([
    ['no pairs', '[]'],
    ['a pair too short', '[[1]]'],
    ['a pair too long', '[[1,2,3]]'],
    ['a number too many digits for a loop', '[[1,12345678901234567890]]'],
    ['a zero before a number', '[[01,2]]'],
    ['zeros', '[[0,0],[10,0]]'],
    ['negative', '[[1,-2]]'],
    ['a fraction', '[[1,2.5]]'],
    ['an exponent', '[[1,2e3]]'],
    ['spaces', '[ [1, 2] ]'],
    ['text', '[["1",2]]'],
    ['a comma behind the last', '[[1,2],]'],
    ['nothing behind a comma', '[[1,],[2,3]]'],
    ['no end', '[[1,2]'],
    ['null', 'null'],
    ['no list', '7'],
  ])('that are %s', (_, counts) => {
    const text = timed.replace(/"counts":\[\[.*?\]\]/, `"counts":${counts}`)
    expect(text).not.toBe(timed)
    expectTheSame(text)
  })

  it('that stand somewhere else, or twice, is parsed as JSON.parse parses it', () => {
    const histogram = '"histogram":{"significantDigits":3,"unit":"ns","counts":[[1,2]]}'
    expectTheSame(`{"type":"launch","findings":{${histogram}}}`)
    expectTheSame(`[{${histogram}}]`)
    expectTheSame(`{"message":${JSON.stringify(histogram)}}`)
    expectTheSame(timed.replace('"round":', `"findings":{${histogram}},"round":`))
    expectTheSame(timed.replace('"latency":{', `"latency":{${histogram},`))
  })

  it('that was damaged anywhere comes out as it does of JSON.parse', () => {
    const random = seeded(7)
    const signs = '[]{},:"0123456789.-e \\n'
    for (let turn = 0; turn < 3000; turn++) {
      const at = Math.floor(random() * timed.length)
      const sign = signs[Math.floor(random() * signs.length)] ?? ''
      expectTheSame(timed.slice(0, at) + sign + timed.slice(at + (turn % 2)))
      expectTheSame(timed.slice(0, at))
    }
  })

  it('is found right or wrong whether its counts are kept or only looked at', () => {
    const shape = lineShapes.get('launch')
    if (shape === undefined) throw new Error('a launch has no shape')
    const [kept, lookedAt] = (['kept', 'looked-at'] as const).map(
      (counts) => (text: string) => outcome(() => problemWith(parseRecord(text, counts), shape)),
    )
    const beyond = ['[[5,1],[3,1]]', '[[1,1],[1,1]]', '[[99999999,1]]', '[[1,99999999999999]]']
    for (const counts of ['[[1,2],[3,4]]', '[]', '[[1]]', '[[1,"2"]]', '[[1,2.5]]', '"none"', '[7]', ...beyond]) {
      const text = timed.replace(/"counts":\[\[.*?\]\]/, `"counts":${counts}`)
      expect([counts, lookedAt?.(text)]).toEqual([counts, kept?.(text)])
      if (beyond.includes(counts)) expect(lookedAt?.(text)).toMatchObject({ value: expect.stringMatching(/counts/) })
    }
  })
})
