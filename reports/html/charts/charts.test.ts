import { describe, expect, it } from 'vitest'
import type { LaunchRecord, Run, Runs } from '../../../harness/model.ts'
import { launchOf, runOf } from '../../fixture/cells.ts'
import { fixtureRun, hostile } from '../../fixture/run.ts'
import { bookOf } from '../book.ts'
import { charts } from './index.ts'

const pageOf = (...runs: readonly Run[]): string =>
  charts(bookOf(runs as unknown as Runs))
    .map(({ markup }) => markup.markup)
    .join('')
const all = (text: string, pattern: RegExp): string[] => [...text.matchAll(pattern)].map((found) => found[1] ?? '')
const chart = (page: string, id: string): string =>
  all(page, new RegExp(`(<figure class=chart id="chart-${id}">.*?</figure>)`, 'gs'))[0] ?? ''
const numbersIn = (path: string): number[] => all(path, /(-?\d+(?:\.\d+)?)/g).map(Number)
const paths = (page: string): string[] => all(page, / d="([^"]*)"/g)
/** Where the line of a way goes: x, y, x, y, … */
const lineIn = (picture: string, slot: number): number[] =>
  numbersIn(all(picture, new RegExp(`<g class="s${slot}">.*?<path class="cl" d="([^"]*)"`, 'g'))[0] ?? '')
const text = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/[\u202f\s]+/g, ' ')

const sizes = [64, 4096, 262144]
const latencies = [1000, 10_000, 100_000]
const pipe = sizes.flatMap((size, at) =>
  [0.9, 1, 1.2].map((times) => launchOf({ size }, { ns: Math.round((latencies[at] ?? 0) * times) })),
)

describe('latency against size', () => {
  const picture = chart(pageOf(runOf(...pipe)), 'latency')

  it('has a step of the same height for each ten times as long, and of the same width for as many times the size', () => {
    const [x1 = 0, y1 = 0, x2 = 0, y2 = 0, x3 = 0, y3 = 0] = lineIn(picture, 0)
    expect(x2 - x1).toBeCloseTo(x3 - x2, 0)
    expect(y1 - y2).toBeCloseTo(y2 - y3, 0)
    expect(x1).toBeLessThan(x2)
    expect(y1).toBeGreaterThan(y2)
  })
  it('has a point of 10 µs where the tick of 10 µs is', () => {
    const tick = all(picture, /<text x="[\d.]+" y="([\d.]+)">10\u202fµs</g).map(Number)[0] ?? 0
    // The words of a tick stand four units lower than it, so that their middle is there.
    expect(lineIn(picture, 0)[3]).toBeCloseTo(tick - 4, 0)
  })
  it('has the interval on both sides of each point', () => {
    const [bars = ''] = all(picture, /<path class="ce" d="([^"]*)"/g)
    const line = lineIn(picture, 0)
    const [x, low = 0, high = 0] = numbersIn(bars)
    expect(x).toBe(line[0])
    expect(low).toBeGreaterThan(line[1] ?? 0)
    expect(high).toBeLessThan(line[1] ?? 0)
  })
  it('has a table with the same numbers', () => {
    const [twin = ''] = all(picture, /(<details class=twin>.*?<\/details>)/gs)
    expect(text(twin)).toContain('64 B 4 KiB 256 KiB')
    expect(text(twin)).toContain('pipe 1.00~ (0.900–1.20) 10.0~ (9.00–12.0) 100~ (90.0–120)')
  })
  it('says in its name what the reader is told beside it', () => {
    const [name = ''] = all(picture, /aria-label="(Latency against size, Linux[^"]*\.[^"]*)"/g)
    expect(name).toContain('Latency against size, Linux, same-core, cores awake. ')
  })
  it('says how many lines are not drawn', () => {
    const more = launchOf({ mechanism: 'fifo' }, { ns: 900 })
    expect(text(chart(pageOf(runOf(...pipe, more)), 'latency'))).toContain('Not drawn: 1 of 2 lines')
  })
  it('draws those without a name grey, and each family by itself over the same grey', () => {
    const mechanisms = [
      'fifo',
      'vmsplice-pipe',
      'tcp',
      'udp',
      'unix-stream',
      'posix-mq',
      'sysv-msg',
      'rpc-tcp',
      'rpc-udp',
    ]
    const many = mechanisms.flatMap((mechanism, at) =>
      sizes.map((size) => launchOf({ mechanism, size }, { ns: 2000 + 300 * at })),
    )
    const full = chart(pageOf(runOf(...pipe, ...many)), 'latency')
    expect(all(full, /(<g class="n )/g)).toHaveLength(8)
    expect(all(full, /<h5>([^<]*)</g).length).toBeGreaterThan(0)
    const uses = all(full, /<use href="#(chart-latency-[^"]*)"/g)
    for (const id of uses) expect(all(full, new RegExp(`(<path id="${id}")`, 'g'))).toHaveLength(1)
    for (const name of ['pipe', ...mechanisms]) expect(text(full)).toContain(name)
  })
})

describe('several runs', () => {
  const slow = sizes.map((size) => launchOf({ size }, { ns: 50_000 }))
  const picture = chart(pageOf(runOf(...pipe), runOf(...slow)), 'latency')
  it('stand side by side on the same scales', () => {
    expect(all(picture, /<h4>([^<]*)</g)).toEqual([
      'A: Linux, same-core, cores awake',
      'B: Linux, same-core, cores awake',
    ])
    const [one, other] = all(picture, /<g class="ty">(.*?)<\/g>/g)
    expect(one).toBe(other)
  })
})

describe('the other charts', () => {
  it('draw throughput as bytes', () => {
    const run = runOf(...sizes.map((size) => launchOf({ workload: 'stream', size }, { rate: 1e6 })))
    expect(text(chart(pageOf(run), 'throughput'))).toContain('pipe 64.0 (64.0–64.0) 4096 (4096–4096)')
  })
  it('draw percentiles as far as ten samples lie above, of all launches together', () => {
    const picture = chart(pageOf(runOf(...[1, 2, 3].map(() => launchOf({}, { ns: 1000 })))), 'percentiles')
    // 30 000 round trips: 99.9 % has thirty above, 99.99 % has three.
    expect(text(picture)).toContain('50 % 90 % 99 % 99.9 % pipe')
    expect(text(picture)).toContain('1.00 1.00 10.0 10.0')
  })
  it('mark a rate that was not sustained', () => {
    const at = (rate: number, sustained: boolean) =>
      launchOf({ workload: 'openloop', rate }, { ns: rate, pace: { wanted: rate, achieved: rate, sustained } })
    const picture = chart(pageOf(runOf(at(1000, true), at(10_000, true), at(100_000, false))), 'load')
    const [halves = ''] = all(picture, /(<svg class="plot-area" .*?<\/svg>)/gs)
    const [ring = ''] = all(halves, /<path class="cr" d="([^"]*)"/g)
    expect(all(ring, /(M)/g)).toHaveLength(1)
    expect(numbersIn(ring)[0]).toBe(lineIn(halves, 0)[4])
    expect(text(picture)).toContain('100†')
  })
  it('map placements, darker where it takes longer', () => {
    const run = runOf(
      launchOf({}, { ns: 1000 }),
      launchOf({ placement: 'cross-core' }, { ns: 5000 }),
      launchOf({ placement: 'cross-core', cores: 'idle' }, { ns: 50_000 }),
    )
    expect(all(chart(pageOf(run), 'placement'), /<td class="h(\d)">/g)).toEqual(['0', '2', '6'])
  })
  it('stack what a side spends in the program and in the system', () => {
    const picture = chart(pageOf(runOf(launchOf({}, { ns: 1000, cpu: [100, 300] }))), 'cost')
    const width = (path: string) => Math.abs((numbersIn(path)[2] ?? 0) - (numbersIn(path)[0] ?? 0))
    const [producer = '', consumer = ''] = all(picture, /<path class="user" d="(M\d{3}[^"]*)"/g)
    const [system = ''] = all(picture, /<path class="system" d="(M\d{3}[^"]*)"/g)
    expect(width(system) / width(producer)).toBeCloseTo(3, 1)
    expect(width(consumer) / width(producer)).toBeCloseTo(2, 1)
    expect(text(picture)).toContain('100 300 400 200 600 800')
  })
  it('draw what more peers carry', () => {
    const fan = (peers: number, rate: number) => launchOf({ workload: 'fan', shape: 'side-by-side', peers }, { rate })
    const picture = chart(pageOf(runOf(fan(1, 1e6), fan(2, 2e6), fan(4, 4e6))), 'peers')
    expect(text(picture)).toContain('4 peers together carry 4.00× what 1 does')
    const [x1 = 0, , x2 = 0, , x3 = 0] = lineIn(picture, 0)
    expect(x2 - x1).toBeCloseTo(x3 - x2, 0)
  })
  it('hold Node against the native way that it has beside it', () => {
    const picture = chart(
      pageOf(runOf(launchOf({}, { ns: 1000 }), launchOf({ runtime: 'node' }, { ns: 2000 }))),
      'node',
    )
    expect(text(picture)).toContain('1.00 µs 2.00 µs 2.00×')
  })
  it('are left away where the runs have nothing for them', () => {
    expect(pageOf(runOf())).toBe('')
    const only = pageOf(runOf(launchOf({}, { ns: 1000 })))
    for (const id of ['latency', 'throughput', 'load', 'placement', 'peers', 'node']) expect(chart(only, id)).toBe('')
  })
})

describe('whatever the figures and the names are', () => {
  const odd = [1e-9, 0, -5, 1e300, 1.7e308, 3].flatMap((rate, at) =>
    sizes.flatMap((size) => [
      launchOf({ workload: 'stream', mechanism: `m${at}`, size }, { rate }),
      launchOf(
        { workload: 'fan', shape: 'many-to-one', peers: 2 ** (at % 3), mechanism: `m${at}`, size: 64 },
        { rate },
      ),
    ]),
  )
  const pages = {
    ordinary: pageOf(fixtureRun()),
    hostile: pageOf(fixtureRun({ hostile: true })),
    odd: pageOf(runOf(...pipe, ...odd)),
  }

  it.each(Object.entries(pages))('%s: no path is broken', (_, page) => {
    expect(page.length).toBeGreaterThan(1000)
    for (const path of paths(page)) expect(path).toMatch(/^[MLHVZmlhvzAa0-9 ,.-]*$/)
    expect(/NaN|undefined|Infinity/.exec(page)?.[0]).toBeUndefined()
  })
  it.each(Object.entries(pages))('%s: each picture has a name, and each block a table', (_, page) => {
    expect(all(page, /<svg class="plot-area[^>]*role="img"[^>]* aria-label="([^"]+)"/g)).toHaveLength(
      all(page, /(<svg class="plot-area)/g).length,
    )
    for (const block of page.split('<h4>').slice(1)) expect(block).toMatch(/<table/)
    const regions = all(page, /role=region aria-label="([^"]*)"/g)
    expect(new Set(regions).size).toBe(regions.length)
  })
  it('what has no place on a logarithmic scale is told', () => {
    expect(text(chart(pages.odd, 'throughput'))).toContain('Left out: 6 figures that are no number above zero')
  })
  it('names never become markup', () => {
    expect(pages.hostile.includes(hostile.markup)).toBe(false)
    expect(/<(?:script|img)|<[^>]*\son\w+=/i.exec(pages.hostile.replace(/"[^"]*"/g, '""'))?.[0]).toBeUndefined()
    const long = 'x'.repeat(10_000)
    const picture = pageOf(runOf(...sizes.map((size) => launchOf({ mechanism: long, size }, { ns: 1000 }))))
    expect(Math.max(...all(picture, /<text[^>]*>([^<]*)</g).map(({ length }) => length))).toBeLessThan(40)
  })
})

describe('sizes', () => {
  const picturesOf = (id: string, ...launches: readonly LaunchRecord[]) => chart(pageOf(runOf(...launches)), id)

  it('have pictures of their own against the load', () => {
    const paced = (size: number, rate: number) =>
      launchOf(
        { workload: 'openloop', size, rate },
        { ns: size * 100, pace: { wanted: rate, achieved: rate, sustained: true } },
      )
    const all = [64, 4096].flatMap((size) => [1000, 10_000].map((rate) => paced(size, rate)))
    const said = text(picturesOf('load', ...all))
    expect(said).toContain('Linux, 64 B, same-core')
    expect(said).toContain('Linux, 4 KiB, same-core')
    for (const ns of [6.4, 410]) expect(said).toMatch(new RegExp(`pipe ${String(ns).replace('.', '\\.')}`))
  })
  it('have pictures of their own against the number of peers', () => {
    const together = (size: number, peers: number, rate: number) =>
      launchOf({ workload: 'fan', shape: 'many-to-one', size, peers }, { rate })
    const said = text(
      picturesOf('peers', together(64, 2, 9e5), together(64, 8, 1.8e6), together(4096, 2, 1e5), together(4096, 8, 1e5)),
    )
    expect(said).toMatch(/many to one, 64 B, [^:]*: pipe : 8 peers together carry 2\.00× what 2 do/)
    expect(said).toMatch(/many to one, 4 KiB, [^:]*: pipe : 8 peers together carry 1\.00× what 2 do/)
  })
})
