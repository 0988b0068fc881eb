/**
 * The claims that are made of many mechanisms, each once with its sentence. A large page does not repeat the sentence at
 * each of their cases, and names what stands here.
 */

import type { CaseRecord } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { compareText, groupBy, tallyOf } from '../view/tally.ts'
import { type Html, html, nothing } from './escape.ts'

const isGeneral = ({ id, mechanism }: CaseRecord): boolean => id.endsWith(`@${mechanism}`)

/** What a case claims, without the mechanism that it claims it of. */
export const claimOf = (one: CaseRecord): string =>
  isGeneral(one) ? one.id.slice(0, -one.mechanism.length - 1) : one.id

export interface Claims {
  /** Whether the case's sentence stands among the general claims. */
  has(one: CaseRecord): boolean
  readonly list: Html
}

/** Of so many mechanisms at least. */
const several = 3

export function claimsOf(cases: readonly CaseRecord[], anchors: Anchors): Claims {
  const general = [...groupBy(cases.filter(isGeneral), claimOf)]
    .filter(([, own]) => mechanismsOf(own) >= several && own.every(({ says }) => says === own[0]?.says))
    .sort(([a], [b]) => compareText(a, b))
  const names = new Set(general.map(([name]) => name))
  return { has: (one) => isGeneral(one) && names.has(claimOf(one)), list: listOf(general, anchors) }
}

const mechanismsOf = (own: readonly CaseRecord[]): number => new Set(own.map(({ mechanism }) => mechanism)).size

function listOf(general: readonly (readonly [string, readonly CaseRecord[]])[], anchors: Anchors): Html {
  if (general.length === 0) return nothing
  return html`
    <details class="aside claims">
      <summary><h3>The ${general.length} claims that are made of many mechanisms</h3></summary>
      <dl class=prose>${general.map(([name, own]) => item(name, own, anchors))}</dl>
    </details>`
}

function item(name: string, own: readonly CaseRecord[], anchors: Anchors): Html {
  const { held, judged } = tallyOf(own)
  const exceptions = own.filter(({ standing }) => standing !== 'expected')
  const links = exceptions.map((one) => html` <a href="#${anchors.ofCase(one)}">${one.mechanism}</a>`)
  return html`
    <div id="${anchors.ofClaim(name)}"><dt><code>${name}</code></dt><dd>${own[0]?.says} <span>Holds in ${held} of ${judged}.${links.length === 0 ? nothing : html` Not as expected or excused:${links}.`}</span></dd></div>`
}
