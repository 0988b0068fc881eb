/**
 * The cases of a page. Those of a large run would make megabytes that hardly anyone opens, so beyond a size they are
 * packed together. What came out well leaves a line, what is excused all but its ladder, and the page's script puts the
 * whole in the place of either when it is looked at. What went wrong is always whole where it stands; so is everything
 * in a small run.
 */

import type { CaseRecord } from '../../harness/model.ts'
import { compareText } from '../view/tally.ts'
import { deflated } from './deflated.ts'
import { type Html, nothing } from './escape.ts'
import { cutUp } from './pieces.ts'

/** How much of a case stands on the page. */
export type Share = 'whole' | 'all but the ladder' | 'line'

export interface Packing {
  /** Whether some stand for more than is there. */
  readonly packs: boolean
  shareOf(one: CaseRecord): Share
  /** What the script makes the whole of, together with what is there; it begins with the case's anchor. */
  put(one: CaseRecord, rest: Html): void
  /** What the script unpacks. Ask for it after the cases. */
  packed(): Html
}

/** A page with fewer steps than these, in the ladders of all of its cases, holds them as they are. */
const steps = 8000

export function packingOf(cases: readonly CaseRecord[]): Packing {
  const packs = cases.reduce((sum, { trace }) => sum + trace.length, 0) > steps
  const put: { readonly id: string; readonly markup: string }[] = []
  return {
    packs,
    shareOf: (one) => (packs ? shareInLarge(one) : 'whole'),
    put: ({ id }, { markup }) => put.push({ id, markup }),
    packed: () => (put.length === 0 ? nothing : deflated('packed', cutUp(byName(put)))),
  }
}

/** By name: the same claim about one mechanism after the other packs best. */
const byName = (put: readonly { readonly id: string; readonly markup: string }[]): string[] =>
  put.toSorted((a, b) => compareText(a.id, b.id)).map(({ markup }) => markup)

function shareInLarge({ verdict, standing, trace }: CaseRecord): Share {
  const calm = verdict !== 'crash' && verdict !== 'hang'
  if (standing === 'known' && calm) return trace.length === 0 ? 'whole' : 'all but the ladder'
  const well = verdict === 'pass' || verdict === 'observed' || verdict === 'unsupported'
  return standing === 'expected' && well ? 'line' : 'whole'
}
