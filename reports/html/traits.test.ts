/** The table of traits and the advice, as markup: how much they weigh, that they lead somewhere, and that they cannot be broken into. */

import { describe, expect, it } from 'vitest'
import { matrixOf } from '../../harness/conformance/plan.ts'
import type { CaseRecord, Run, Runs } from '../../harness/model.ts'
import { suite } from '../../suites/index.ts'
import { launchOf } from '../fixture/cells.ts'
import { fixtureRun, hostile } from '../fixture/run.ts'
import { advice } from './advice.ts'
import { bookOf, type Part } from './book.ts'
import { htmlReport } from './index.ts'
import { traits } from './traits.ts'

const fixture = fixtureRun()
const markupOf = (part: Part, ...runs: Runs): string =>
  part(bookOf(runs))
    .map(({ markup }) => markup.markup)
    .join('')
const textOf = (markup: string): string => markup.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ')

/** Every case that there is of either system, and all of them hold. */
function wholeCatalogue(): Run {
  const [template] = fixture.cases
  if (template === undefined) throw new Error('the fixture has no case')
  const cases = matrixOf(suite).cases.map((one): CaseRecord => {
    const { id, theme, mechanism } = one
    const target = mechanism.os === 'linux' ? 'native' : 'wine'
    const findings = { capacity: { sends: 16, bytes: 65536 }, torn: 71, detectionMs: 0.312 }
    return {
      ...template,
      id,
      theme,
      mechanism: mechanism.id,
      os: mechanism.os,
      target,
      verdict: 'pass',
      findings,
      trace: [],
    }
  })
  return { ...fixture, cases }
}

describe('the table of traits', () => {
  it('has promise and finding side by side, with a way to the cases', () => {
    const markup = markupOf(traits, fixture)
    expect(markup).toContain('one way; back: EBADF')
    expect(markup).toContain('href="#x.eof-on-orderly-close@pipe-packet"')
    expect(markup).toContain('<h3>Channels, Linux</h3>')
    expect(textOf(markup)).toMatch(/Windows \(Wine 8\.0\)/)
    expect(textOf(markup)).toContain('deviates 1 of')
  })

  it('weighs less than 200 kB for the whole catalogue of both systems, and has all of its mechanisms', () => {
    const markup = markupOf(traits, wholeCatalogue())
    expect(markup.length).toBeLessThan(200_000)
    const rows = [...markup.matchAll(/<tr data-mechanism="([^"]+)"/g)].map(([, name]) => name)
    expect(rows.sort()).toEqual(suite.mechanisms.map(({ id }) => id).sort())
  })

  it('says of which place each finding is, where there are several', () => {
    const markup = markupOf(traits, fixture, fixture)
    expect(markup).toContain('<b>A</b> Linux · <b>B</b> Linux')
    expect(markup).toMatch(/<p><b>A<\/b> <a href="#[^"]+"><span class="v pass">holds \d/)
  })

  it('is not there where no case was played', () => {
    expect(markupOf(traits, { ...fixture, cases: [] })).toBe('')
  })
})

describe('the advice', () => {
  it('says who is best, with its rows and the way to them', () => {
    const markup = markupOf(advice, fixture)
    expect(markup).toContain('<code>pipe</code> has the shortest round trip')
    expect(markup).toContain('href="#latency"')
    expect(markup).toMatch(/<a href="#cell-[^"]+">pipe<\/a>/)
    expect(textOf(markup)).toContain('Nothing is said of speed')
  })

  it('is not there where there is nothing to say', () => {
    expect(markupOf(advice, { ...fixture, cases: [], launches: [] })).toBe('')
  })
})

describe('both', () => {
  const named = (mechanism: string): Run => {
    const cases = fixture.cases.map((one) => ({
      ...one,
      mechanism,
      id: `${one.id.split('@')[0]}@${mechanism}`,
      message: mechanism,
    }))
    const launches = [3000, 3010].flatMap((ns) => [launchOf({ mechanism }, { ns }), launchOf({}, { ns: 2 * ns })])
    return { ...fixture, cases, launches }
  }

  it.each([...Object.values(hostile), 'x'.repeat(10_000)])(
    'show a mechanism called %j, and nothing of it comes alive',
    (name) => {
      const markup = markupOf(traits, named(name)) + markupOf(advice, named(name))
      for (const live of ['<script', '<img', '<svg', '</template', '\u202e', '\u0000', '\u001b'])
        expect(markup.includes(live)).toBe(false)
      expect(markup).toContain('data-mechanism="')
    },
  )

  it('lead to nothing that the page does not have', () => {
    const books: readonly Runs[] = [[fixture], [fixture, fixture], [named('a b/c#d')]]
    for (const runs of books) {
      const page = [...(htmlReport(runs)[0]?.contents ?? '')].join('')
      const ids = new Set([...page.matchAll(/\sid="?([^\s">]+)/g)].map(([, id]) => id))
      const own = markupOf(traits, ...runs) + markupOf(advice, ...runs)
      const missing = [...own.matchAll(/href="#([^"]+)"/g)].filter(([, id]) => !ids.has(id))
      expect(missing.map(([link]) => link)).toEqual([])
    }
  })
})
