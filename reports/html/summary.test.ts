import { describe, expect, it } from 'vitest'
import type { Run, Runs } from '../../harness/model.ts'
import { launchOf, runOf } from '../fixture/cells.ts'
import { fixtureRun, hostile } from '../fixture/run.ts'
import { bookOf } from './book.ts'
import { summary } from './summary.ts'

const markupOf = (...runs: readonly Run[]): string =>
  summary(bookOf(runs as unknown as Runs))
    .map(({ markup }) => markup.markup)
    .join('')
const rowOf = (markup: string, mechanism: string): string => {
  const [row = ''] = new RegExp(`<tr><th scope=row><a [^>]*>${mechanism}<.*?(?=<tr|</tbody>)`, 's').exec(markup) ?? []
  return row
    .replace(/<(?!\/?strong)[^>]*>/g, ' ')
    .replace(/[\u202f\s]+/g, ' ')
    .trim()
}

describe('the summary', () => {
  const markup = markupOf(
    runOf(
      launchOf({ mechanism: 'yield-switch', workload: 'baseline', size: 0 }, { ns: 500 }),
      launchOf({}, { ns: 1000 }),
      launchOf({ wait: 'spin' }, { ns: 800 }),
      launchOf({ mechanism: 'fifo' }, { ns: 2000 }),
      launchOf({ size: 4096 }, { ns: 3000 }),
      launchOf({ workload: 'stream' }, { rate: 4e6 }),
      launchOf({ workload: 'stream', mechanism: 'fifo' }, { rate: 1e6 }),
    ),
  )
  const [latency = '', throughput = ''] = markup.split('<h3>').slice(1)

  it('has each figure with its multiple of the best of its column and of its baseline', () => {
    expect(rowOf(latency, 'fifo')).toMatch(/^fifo 2\.00 2\.00× 4\.00×/)
    expect(rowOf(latency, 'pipe')).toMatch(
      /^pipe <strong>1\.00<\/strong> 1\.00× 2\.00× <strong>3\.00<\/strong> 1\.00× 6\.00×/,
    )
  })
  it('names the best way of a mechanism where that is not the plain one', () => {
    expect(rowOf(latency, 'pipe')).toMatch(/spin <strong>0\.800<\/strong> µs$/)
    expect(rowOf(latency, 'fifo')).not.toContain('spin')
  })
  it('says of a throughput how many times less is carried', () => {
    expect(rowOf(throughput, 'fifo')).toMatch(/^fifo 1000 4\.00×/)
    expect(rowOf(throughput, 'pipe')).toMatch(/^pipe <strong>4000<\/strong> 1\.00×/)
  })
  it('has unit and direction in each head', () => {
    expect(latency).toContain('µs<span>↓ lower</span>')
    expect(throughput).toContain('k/s<span>↑ higher</span>')
  })
  it('keeps runs and conditions apart, each in a table of its own', () => {
    const two = markupOf(
      runOf(launchOf({}, { ns: 1000 })),
      runOf(launchOf({}, { ns: 2000 }), launchOf({ placement: 'cross-core' }, { ns: 9 })),
    )
    expect([...two.matchAll(/<h4>([^<]*)</g)].map(([, title]) => title)).toEqual([
      'A: Linux, same-core, cores awake',
      'B: Linux, same-core, cores awake',
      'B: Linux, cross-core, cores awake',
    ])
    expect(two.match(/<strong>/g)).toHaveLength(3)
  })
  it('is left away where nothing was measured, and escapes what it names', () => {
    expect(markupOf(runOf())).toBe('')
    const evil = markupOf(fixtureRun({ hostile: true }))
    expect(evil.length).toBeGreaterThan(1000)
    expect(evil.includes(hostile.markup)).toBe(false)
    expect(/NaN|undefined|Infinity/.exec(evil)?.[0]).toBeUndefined()
  })
})
