/** The gate on the page: its verdict on top, what is red in three lines, each cell in the plot and in the table. */

import { describe, expect, it } from 'vitest'
import type { CellDecision, GateRecord } from '../../harness/model.ts'
import { gateRun } from '../fixture/gate.ts'
import { fixtureRun, hostile } from '../fixture/run.ts'
import { htmlReport } from './index.ts'

const pageOf = (...runs: Parameters<typeof htmlReport>[0]): string => {
  const contents = htmlReport(runs)[0]?.contents ?? ''
  return typeof contents === 'string' ? contents : [...contents].join('')
}
/** Without showing all of a page where it is not so. */
const expectIn = (page: string, ...texts: readonly string[]) =>
  expect(texts.filter((text) => !page.includes(text))).toEqual([])
const count = (page: string, look: RegExp): number => page.match(look)?.length ?? 0
const between = (page: string, from: string, to: string): string => page.slice(page.indexOf(from)).split(to)[0] ?? ''
const sectionIn = (page: string): string => between(page, '<section id="gate">', '</section>')

describe('a red gate', () => {
  const page = pageOf(gateRun())
  const section = sectionIn(page)
  const card = between(page, '<section class="card gate', '</section>')

  it('is the first thing that the page says', () => {
    const says = 'Gate failed: 1 cell of 3 got slower, 2 things broke that A gets right, 1 limit exceeded'
    expectIn(page, `<h1 class=bad>${says}; 1 cell could not be measured</h1>`)
    expect(card.startsWith('<section class="card gate fail">')).toBe(true)
    expectIn(card, '<p><b>pipe.shell-pipeline</b></p><p>hang in B, and not in A; confirmed once</p>')
    expectIn(card, 'and 2 more')
  })

  it('says in three lines what got slower, by how much and how surely', () => {
    expectIn(
      section,
      '<p><b>pipe pingpong 64 same-core awake</b></p><p>31 % slower (at least 26 %)</p><p>p &lt; 0.001, for all cells that were tested together</p>',
    )
  })

  it('has each cell in the plot and in the table, with what could have been seen', () => {
    expect([count(section, /<circle /g), count(section, /<tr><th scope=row>/g)]).toEqual([3, 3])
    expect(count(section, /class=threshold/g)).toBe(3)
    expectIn(section, '<td>1.306×<td>1.257×<td>1.050×<td>&lt; 0.001<td>≥ 5.20')
    expectIn(section, 'launches differ too much')
  })

  it('leads from a claim that broke to its calls, and says how to decide once more', () => {
    expectIn(section, '<a href="#pipe.shell-pipeline~b-native"><b>pipe.shell-pipeline</b></a>')
    expectIn(page, ' id="pipe.shell-pipeline~b-native"')
    expectIn(section, `<code>${gateRun().gate?.again}</code>`)
  })

  it('says what was not measured, and which limits were exceeded', () => {
    expectIn(section, 'udp pingpong 64 same-core awake: void: both ends did not agree')
    expectIn(section, '<p><b>pipe syscalls</b></p><p>4 a message</p><p>3 at most</p>')
  })

  it('tells its machine and its command once, though it has two sides', () => {
    expect(count(page, /<pre class=command>/g)).toBe(2)
    expect(count(page, /<dt>Processor<\/dt>/g)).toBe(1)
  })
})

describe('other gates', () => {
  const of = (other: Partial<GateRecord>) => pageOf(gateRun({ broken: [], exceeded: [], unmeasured: [], ...other }))

  it('that cannot tell say why before what they saw, and are neither good nor bad', () => {
    const page = of({ verdict: 'inconclusive', reasons: ['the hypervisor took 9 %'] })
    expectIn(page, '<h1 class=unsure>Gate inconclusive: ')
    const section = sectionIn(page)
    expect(section.indexOf('the hypervisor took 9 %')).toBeLessThan(section.indexOf('31 % slower'))
    expectIn(section, 'What would be red on a calmer machine')
  })

  it('that passed say so, and have nothing red', () => {
    const page = of({ verdict: 'pass', cells: (gateRun().gate?.cells ?? []).slice(1, 2) })
    expectIn(page, '<h1 class=good>Gate passed: nothing got slower, of 1 cell</h1>')
    expect(sectionIn(page).includes('class=finding')).toBe(false)
  })

  it('that were cut short say so, and are not good', () => {
    const { gate: _, ...cut } = gateRun()
    expectIn(pageOf(cut), '<h1 class=none>The gate was cut short before it decided</h1>')
  })

  it('that were on trial are no verdict', () => {
    const { gate: _, header, ...trial } = gateRun()
    const page = pageOf({ ...trial, header: { ...header, words: ['gate', '--self-test'] } })
    expectIn(page, '<h1 class=none>A gate was on trial')
  })

  it('beside a run have their letters, and the verdict of both', () => {
    const page = pageOf(gateRun(), fixtureRun())
    expectIn(page, 'Run A and B: <code>')
    expectIn(page, 'Run C: <code>')
    expect(count(page, /<h1 class=bad>Gate failed: .*\. 4 unexpected results/g)).toBe(1)
  })
})

describe('a gate from outside', () => {
  const cell: CellDecision = { cell: hostile.markup, verdict: 'fail', ratio: 1.2, threshold: 1.1, mde: 0.1 }
  const worst = [0, -1, 1e308, 5e-324].map((ratio) => ({ ...cell, ratio, atLeast: ratio, p: ratio, threshold: ratio }))

  it('never becomes markup', () => {
    const texts = { what: hostile.markup, verdict: hostile.closing, message: hostile.control }
    const all = { broken: [texts], exceeded: [texts], unmeasured: [texts] }
    const page = pageOf(
      gateRun({ ...all, cells: [cell], a: hostile.closing, b: hostile.markup, again: hostile.closing }),
    )
    expect(count(page, /<script/gi)).toBe(1)
    expect(page.includes(hostile.markup)).toBe(false)
    expect(page.includes('\u001b')).toBe(false)
  })

  it('is drawn within the plot, whatever its figures are', () => {
    const long = { ...cell, cell: 'x'.repeat(10_000) }
    const section = sectionIn(pageOf(gateRun({ cells: [...worst, long] })))
    const places = [...section.matchAll(/ c?x[12]?="([^"]*)"/g)].map(([, at]) => Number(at))
    expect(places.length).toBeGreaterThan(10)
    expect(places.every((at) => at >= 0 && at < 1000)).toBe(true)
    expect(count(section, /NaN|Infinity/g)).toBe(0)
  })
})
