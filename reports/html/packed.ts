/**
 * The cases of a page. Those of a large run would make megabytes that hardly anyone opens, so beyond a size those that
 * came out well are packed together, and what stands on the page of each is a line, which the page's script replaces by
 * the whole when it is looked at. What went wrong, or is excused, is always whole where it stands; so is everything in a
 * small run.
 */

import type { CaseRecord } from '../../harness/model.ts'
import { compareText } from '../view/tally.ts'
import { deflated } from './deflated.ts'
import { type Html, nothing } from './escape.ts'

export interface Packing {
  /** Whether lines stand for cases. */
  readonly packs: boolean
  /** The whole, or the line that says at which place of the pack the whole is. */
  of(one: CaseRecord, whole: () => Html, line: (at: number) => Html): Html
  /** What the script unpacks. Ask for it after the cases: it holds those that were asked for. */
  packed(): Html
}

/** A page with fewer steps than these, in the ladders of all of its cases, holds them as they are. */
const steps = 8000

export function packingOf(cases: readonly CaseRecord[]): Packing {
  const packs = cases.reduce((sum, { trace }) => sum + trace.length, 0) > steps
  const places = packs ? placesIn(cases) : new Map<CaseRecord, number>()
  const put: string[] = []
  return {
    packs,
    of(one, whole, line) {
      const at = places.get(one)
      if (at === undefined) return whole()
      put[at] = whole().markup
      return line(at)
    },
    packed: () => (put.length === 0 ? nothing : deflated('packed', pack(put))),
  }
}

/** By name: the same claim about one mechanism after the other packs best. */
const placesIn = (cases: readonly CaseRecord[]): Map<CaseRecord, number> =>
  new Map(
    cases
      .filter(isWell)
      .sort((a, b) => compareText(a.id, b.id))
      .map((one, at) => [one, at]),
  )

const isWell = ({ verdict, standing }: CaseRecord): boolean =>
  standing === 'expected' && (verdict === 'pass' || verdict === 'observed' || verdict === 'unsupported')

const time = /<i>([\d\u202f]+)<\/i>/g

/** Times are all that differs much: they are packed by themselves, each as what has passed since the one before. */
function pack(markups: readonly string[]) {
  const cases = markups.map((markup) => markup.replace(time, '<i></i>'))
  const times = markups.map((markup) => passing(markup).join(' '))
  return { cases, times }
}

function passing(markup: string): number[] {
  let before = 0
  return [...markup.matchAll(time)].map(([, digits = '']) => {
    const now = Number(digits.replaceAll('\u202f', ''))
    const passed = now - before
    before = now
    return passed
  })
}
