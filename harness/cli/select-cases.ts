/** Choosing cases: by mechanism, family, theme, `core`, and by their own ids. */

import { matrixOf, type Planned, type Suite } from '../conformance/plan.ts'
import { families, type Os, themes } from '../model.ts'
import { nothingRan } from './failures.ts'
import { type Asked, type Catalogue, type Selection, selectionOf } from './select.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

export const caseFilters: Options = {
  mechanism: { says: 'only these mechanisms', value: 'NAME', many: true },
  family: { says: 'only mechanisms of these families', value: 'NAME', many: true },
  theme: { says: 'only cases of these themes', value: 'NAME', many: true },
  case: { says: 'only these cases', value: 'ID', many: true },
  core: { says: 'only the quick selection' },
}

export const caseFiltersHelp = `A SELECTOR is a mechanism (pipe), a family (family:pipe), a theme (eof), core for the quick
selection, a case (x.eof-on-orderly-close, or x.eof-on-orderly-close@pipe on one mechanism), a pattern ('npipe.*'), or an
expression ('/eof|gone/'). Those of one kind add up, kinds narrow each other, and '!' before one takes away.`

export const askedCases = (words: Words): Asked[] => [
  ...words.texts('selectors').map((text) => ({ text })),
  ...['mechanism', 'family', 'theme', 'case'].flatMap((kind) => words.texts(kind).map((text) => ({ text, kind }))),
  ...(words.flag('core') ? [{ text: 'core', kind: 'core' }] : []),
]

export const caseSelection = (asked: readonly Asked[], suite: Suite): Selection<Planned> =>
  selectionOf(asked, catalogueOf(suite))

function catalogueOf(suite: Suite): Catalogue<Planned> {
  const { cases, exemptions } = matrixOf(suite)
  const claims = [...suite.generic, ...suite.specific]
  const ids = [...claims, ...cases, ...exemptions].map((one) => one.id)
  return {
    kinds: [
      {
        id: 'mechanism',
        axis: 'mechanism',
        known: new Set(suite.mechanisms.map((mechanism) => mechanism.id)),
        names: (one) => [one.mechanism.id],
      },
      { id: 'family', axis: 'mechanism', known: new Set(families), names: (one) => [one.mechanism.family] },
      { id: 'theme', axis: 'theme', known: new Set(themes), names: (one) => [one.theme] },
      { id: 'core', axis: 'core', known: new Set(['core']), names: (one) => (one.core ? ['core'] : []) },
      { id: 'case', axis: 'case', known: new Set(ids), names: (one) => [one.id, one.claim.id] },
    ],
    texts: (one) => [one.id, one.mechanism.id],
    listed: "'ipcmark list --cases' shows what there is.",
  }
}

/** Why nothing was selected for these systems, as precisely as can be told. */
export function nothingSelected(asked: readonly Asked[], suite: Suite, systems: readonly Os[]): Error {
  const matrix = matrixOf(suite)
  const exempt = matrix.exemptions.find(({ id }) => asked.some(({ text }) => text === id))
  if (exempt !== undefined) return nothingRan(`nothing to run: ${exempt.id} does not apply: ${exempt.reason}.`)
  const selection = caseSelection(asked, suite)
  const elsewhere = matrix.cases.find((one) => !systems.includes(one.mechanism.os) && selection(one))
  if (elsewhere === undefined) {
    return nothingRan(`nothing to run: no case fits the filter; 'ipcmark list --cases' shows what there is.`)
  }
  const [there, remedy] =
    elsewhere.mechanism.os === 'windows' ? ['Windows', '; --target wine runs such cases on Linux'] : ['Linux', '']
  return nothingRan(`nothing to run: what was asked for belongs to ${there}, and no target does${remedy}.`)
}
