import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { CaseRecord, Run, TraceStep } from '../../harness/model.ts'
import { fixtureRun, hostile, manyTimes } from '../fixture/run.ts'
import { unpack } from '../fixture/unpack.ts'
import { escaped, html, link, trusted, withCode } from './escape.ts'
import { htmlReport } from './index.ts'
import { ladder } from './ladder.ts'

const pageOf = (run: Run): string => {
  const [file, ...others] = htmlReport([run])
  expect(others).toEqual([])
  expect(file?.name).toBe('report.html')
  return file?.contents ?? ''
}
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((found) => found[1] ?? '')
const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

describe('the page', () => {
  const page = pageOf(fixtureRun())

  it('asks the network for nothing', () => {
    expect(/<(?:img|iframe|object|embed|audio|video|source|base)\b/i.exec(page)?.[0]).toBeUndefined()
    expect(/@import|\burl\((?!"data:image\/svg)/.exec(page)?.[0]).toBeUndefined()
    expect(all(page, /\ssrc=(\S+)/g)).toEqual([])
    expect(all(page, /<link rel=icon href="([^:]+):/g)).toEqual(['data'])
  })

  it('lets in its own style and script by their hashes, and nothing else', () => {
    const policy = all(page, /Content-Security-Policy" content="([^"]+)"/g)[0] ?? ''
    const [style = ''] = all(page, /<style>([\s\S]*?)<\/style>/g)
    const [script = ''] = all(page, /<script>([\s\S]*?)<\/script>/g)
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src 'sha256-${sha256(style)}'`,
      `script-src 'sha256-${sha256(script)}'`,
      'img-src data:',
      "base-uri 'none'",
      "form-action 'none'",
    ])
    expect(/\sstyle=|\son[a-z]+=/i.exec(page.replace(/"[^"]*"/g, '""'))?.[0]).toBeUndefined()
  })

  it('has each id once, and leads to each that it names', () => {
    const ids = all(page, /\sid="?([^\s">]+)/g)
    expect(new Set(ids).size).toBe(ids.length)
    const known = new Set(ids)
    expect(all(page, /href="?#([^">\s]+)/g).filter((name) => !known.has(name))).toEqual([])
    for (const { id } of fixtureRun().cases) expect(known).toContain(id)
  })

  it('says what is wrong, what is excused, what is not here, and why', () => {
    expect(page.includes('<h1 class=bad>4 unexpected results, 4 failed launches and 1 stale excuse</h1>')).toBe(true)
    expect(page.includes('it failed with EAGAIN (11)')).toBe(true)
    expect(page.includes('Wine 8 does not queue a message of no bytes')).toBe(true)
    expect(page.includes('a C library that defines it is needed.')).toBe(true)
    expect(page.includes('Stop them, or wait until the load falls below 0.2.')).toBe(true)
  })

  it('says how to make the run again', () => {
    expect(page.includes('ipcmark run --quick --target native --target wine --seed 20261120')).toBe(true)
  })

  it('names unit and direction in the heads of its tables', () => {
    expect(page.includes('Round trip, p50<span>µs</span><span>↓ lower is better</span>')).toBe(true)
    expect(page.includes('Messages<span>thousand/s</span><span>↑ higher is better</span>')).toBe(true)
  })

  it('warns that figures of an emulator say nothing about the system that is imitated', () => {
    expect(page.includes('Measured under Wine 8.0')).toBe(true)
  })
})

describe('a ladder on the page', () => {
  const run = fixtureRun()
  const one = run.cases.find(({ id }) => id === 'x.read-empty-blocks@pipe')
  const page = pageOf({ ...run, cases: one === undefined ? [] : [one], launches: [] })

  it('has each call at its process, who waits meanwhile, and what woke it', () => {
    expect(page.includes('<li class="p1 B"><i>226</i>read(3, 64) <em>waits</em>')).toBe(true)
    expect(page.includes('<li class="p0 w1"><u>producer</u><i>288</i>write(4, &quot;hello&quot;) <b>= 5</b>')).toBe(
      true,
    )
    expect(
      page.includes(
        '<li class="p1 R k0"><u>consumer</u><i>315</i>read <b>= 5</b> &quot;hello&quot; <em>woken by write</em>',
      ),
    ).toBe(true)
  })
})

describe('the cases of a large run', () => {
  const run = manyTimes(fixtureRun(), 6)
  const page = pageOf(run)
  const packed = all(page, /<template id=packed>([^<]*)<\/template>/g)
  const lines = all(page, /<p(?: class=\w+)? id=([^>\s]+)>/g)
  const unpacked = unpack(packed[0] ?? '')
  const idOf = (markup: string) => / id="([^"]+)"/.exec(markup)?.[1] ?? ''
  const partly = all(page, /<details class="case \w+" data-part>.*?<div class=body id="([^"]+)">/g)

  it('are packed where all went well, each once, and whole where something did not', () => {
    expect(unpacked.map(idOf).toSorted()).toEqual([...lines, ...partly].toSorted())
    expect(lines.length).toBeGreaterThan(100)
    const wrong = run.cases.filter(
      ({ standing, verdict, trace }) =>
        trace.length > 0 &&
        (standing === 'known' ? verdict === 'crash' || verdict === 'hang' : standing !== 'expected'),
    )
    expect(page.match(/<ol class="l /g)?.length).toBe(wrong.length)
  })

  it('have the facts of what is excused where it stands, and its ladder in the pack', () => {
    expect(partly.length).toBeGreaterThan(0)
    const ladders = unpacked.filter((markup) => partly.includes(idOf(markup)))
    expect(ladders.every((markup) => markup.includes('<ol class="l '))).toBe(true)
    expect(all(page, /( data-part>.*?<dt>Excused)/g)).toHaveLength(partly.length)
  })

  it('keep each rung as it would stand on the page', () => {
    const one = run.cases.find(({ id }) => id === 'x.read-empty-blocks@pipe') as CaseRecord
    const markup = unpacked.find((those) => idOf(those) === one.id) ?? ''
    expect(markup).toContain(ladder(one).markup)
    expect(markup).toContain('<i>226</i>')
  })

  it('say their sentence where they stand, or share it with the same claim about others', () => {
    const lineOf = (id: string) => new RegExp(`<p id=${id}>[^<]*(<span>[^<]*)?`).exec(page)?.[1]
    expect(lineOf('x.eof-on-orderly-close@fifo')).toBeUndefined()
    expect(lineOf('pipe.eof-withheld-by-inherited-writer')).toBe(
      '<span>As long as anyone holds a write end there is no end of file.',
    )
    expect(page).toContain(
      '<div id="x.eof-on-orderly-close"><dt><code>x.eof-on-orderly-close</code></dt><dd>What was sent before',
    )
  })

  it('take a small part of the room', () => {
    expect(packed.length).toBe(1)
    expect(page.length).toBeLessThan(1400 * run.cases.length)
  })
})

describe('text from outside', () => {
  const page = pageOf(fixtureRun({ hostile: true }))

  it('never becomes markup', () => {
    expect(all(page, /(<script)/gi)).toHaveLength(1)
    expect(page.includes(hostile.markup)).toBe(false)
    expect(page.includes(hostile.closing)).toBe(false)
    expect(page.includes(escaped(hostile.markup))).toBe(true)
    expect(/<[^>]*\s(?:onerror|onload)=/i.exec(page.replace(/"[^"]*"/g, '""'))?.[0]).toBeUndefined()
  })

  it('never becomes a link that runs something', () => {
    expect(/href="?javascript:/i.exec(page)?.[0]).toBeUndefined()
    expect(link('javascript:alert(1)').markup).toBe('<code>javascript:alert(1)</code>')
    expect(link('https://example.org/?a=1&b=2').markup).toContain('href="https://example.org/?a=1&amp;b=2"')
  })

  it('never turns the text round or hides in it', () => {
    expect(page.includes(String.raw`red \x1b[31m bell \x07 back \u{202e} txet \x00 end`)).toBe(true)
    expect(/[\u202a-\u202e\u2066-\u2069]/.exec(page)?.[0]).toBeUndefined()
  })

  it('has its programs as code, and nothing else of it becomes markup', () => {
    expect(withCode('see with `top <b>` what & runs').markup).toBe(
      'see with <code>top &lt;b&gt;</code> what &amp; runs',
    )
    expect(withCode('one ` alone').markup).toBe('one ` alone')
  })

  it('is escaped by the template unless this folder made it', () => {
    expect(html`<p title="${'"&\''}">${'<b>'}${trusted('<i>')}${1}${undefined}</p>`.markup).toBe(
      '<p title="&quot;&amp;&#39;">&lt;b&gt;<i>1</p>',
    )
  })
})

describe('the size of the page', () => {
  /** Traces of 10 to 40 steps, as real cases have them. */
  const stretched = (trace: readonly TraceStep[], steps: number): TraceStep[] => {
    const last = trace.at(-1)?.at ?? 0
    return Array.from({ length: trace.length === 0 ? 0 : steps }, (_, i) => {
      const step = trace[i % trace.length] as TraceStep
      const later = Math.floor(i / trace.length) * last
      return { ...step, at: step.at + later, ...(step.until !== undefined && { until: step.until + later }) }
    })
  }

  it('leaves out the middle of a ladder that nobody would read, and says so', () => {
    const run = fixtureRun()
    const [one] = run.cases
    const page = pageOf({ ...run, launches: [], cases: one ? [{ ...one, trace: stretched(one.trace, 400) }] : [] })
    expect(all(page, /<li class=gap>([^<]+)/g)).toEqual(['250 more are in results.jsonl'])
    expect(all(page, /(<li class="p)/g)).toHaveLength(150)
  })

  it('of a quick run is below a megabyte', () => {
    const run = fixtureRun()
    const cases = Array.from({ length: 250 }, (_, i) => {
      const one = run.cases[i % run.cases.length] as Run['cases'][number]
      return { ...one, trace: stretched(one.trace, 10 + (i % 31)) }
    })
    const size = Buffer.byteLength(pageOf({ ...run, cases }))
    expect(size).toBeGreaterThan(100_000)
    expect(size).toBeLessThan(1_000_000)
  })
})

describe('figures that cannot be', () => {
  const run = fixtureRun()
  const twisted = (number: number): Run => ({
    ...run,
    launches: [...run.launches].map((launch) => {
      const { measures, cell } = launch
      if (measures?.throughput === undefined || cell.mechanism !== 'pipe') return launch
      const throughput = { ...measures.throughput, messagesPerSecond: number, bytesPerSecond: number }
      return { ...launch, measures: { ...measures, elapsedNs: number, throughput } }
    }),
  })

  it.each([Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -5, 0, 5e-324, 1.7e308])(
    'a rate of %d leaves the rest of the page whole',
    (number) => {
      const page = pageOf(twisted(number)).replace(/<script>[\s\S]*<\/script>/, '')
      expect(
        /<(?:path|rect|circle|line|text|use)\b[^>]*(?:NaN|Infinity|undefined)[^>]*>/.exec(page)?.[0],
      ).toBeUndefined()
      expect(/ width=-/.exec(page)?.[0]).toBeUndefined()
      expect(page).toContain('id="cell-fifo-stream-64-same-core-awake"')
      expect(all(page, /(<section id=raw>)/g)).toHaveLength(1)
    },
  )
})

describe('what is missing', () => {
  const run = fixtureRun()
  it.each<readonly [string, Run, RegExp]>([
    [
      'nothing but a header',
      { header: run.header, cases: [], launches: [] },
      /<h1 class=none>Nothing was recorded<\/h1>/,
    ],
    ['cases only', { ...run, launches: [] }, /id=conformance/],
    ['launches only', { ...run, cases: [] }, /id=latency/],
    [
      'a part',
      { ...run, partial: 'One line was left out: line 4, the last, was cut short.' },
      /This record is not whole\.<\/strong> One line was left out/,
    ],
    ['targets without a description', { ...run, header: { ...run.header, targets: [] } }, /Linux, native/],
  ])('%s is a page all the same', (_, partial, pattern) => {
    const page = pageOf(partial)
    expect(pattern.test(page)).toBe(true)
    expect(/NaN|undefined|Infinity/.exec(page.replace(/<script>[\s\S]*<\/script>/, ''))?.[0]).toBeUndefined()
  })
})
