/**
 * What the catalogue asks for and what there is: every row with its case, its mechanisms and its source, as Markdown. A
 * pure function of the tables of contents; docs/coverage.md is what it answers, and a test keeps it so.
 */

import { type Matrix, matrixOf, type Suite } from '../harness/conformance/plan.ts'
import type { Mechanism, SpecificCase } from '../harness/pair/stage.ts'

/** By prefix: what belongs to the quick selection, and what else there is. */
export type Catalogue = Readonly<Record<string, { readonly core: readonly string[]; readonly more: readonly string[] }>>

export function coverageOf(catalogue: Catalogue, suite: Suite): string {
  const specific = new Map(suite.specific.map((one) => [one.id, one]))
  const rows = Object.entries(catalogue).flatMap(([prefix, { core, more }]) =>
    [...core, ...more].map((name) => ({ prefix, id: `${prefix}.${name}`, core: core.includes(name) })),
  )
  const covered = rows.filter(({ id, prefix }) => prefix === 'x' || specific.has(id))
  return [
    '# Coverage',
    '',
    'Made by `node scripts/coverage.mjs` out of the tables of contents; a test keeps it true. `ipcmark list --cases --json`',
    'has the same for a program.',
    '',
    `${covered.length} of ${rows.length} rows of the catalogue have their case.`,
    '',
    '## Mechanisms',
    '',
    ...table(
      ['mechanism', 'what it is', 'kind', 'system', 'generic claims', 'claims of its own'],
      mechanismRows(suite, matrixOf(suite)),
    ),
    '## Claims about every mechanism',
    '',
    ...table(['row', 'core', 'mechanisms', 'says', 'citation'], genericRows(suite, matrixOf(suite))),
    ...Object.keys(catalogue)
      .filter((prefix) => prefix !== 'x')
      .flatMap((prefix) => [
        `## ${prefix}.*`,
        '',
        ...table(
          ['row', 'core', 'mechanism', 'says', 'citation'],
          rows.filter((row) => row.prefix === prefix).map((row) => specificRow(row, specific.get(row.id))),
        ),
      ]),
  ].join('\n')
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string[] => [
  `| ${heads.join(' | ')} |`,
  `|${' --- |'.repeat(heads.length)}`,
  ...rows.map((row) => `| ${row.map(cell).join(' | ')} |`),
  '',
]

function mechanismRows({ mechanisms }: Suite, { cases }: Matrix): string[][] {
  const count = ({ id }: Mechanism, kind: 'generic' | 'specific') =>
    String(cases.filter((one) => one.mechanism.id === id && one.kind === kind).length)
  return mechanisms.map((one) => [
    `\`${one.id}\``,
    one.title,
    one.kind,
    one.os,
    count(one, 'generic'),
    count(one, 'specific'),
  ])
}

function genericRows({ generic }: Suite, { cases, exemptions }: Matrix): string[][] {
  return generic.map(({ id, core, says, cites }) => {
    const on = cases.filter((one) => one.claim.id === id).length
    const not = exemptions.filter((one) => one.id.startsWith(`${id}@`)).length
    return [`\`${id}\``, core ? 'core' : '', `${on} (says nothing about ${not})`, says, cites.join('; ')]
  })
}

function specificRow({ id, core }: { id: string; core: boolean }, claim: SpecificCase | undefined): string[] {
  const quick = core ? 'core' : ''
  if (claim === undefined) return [`\`${id}\``, quick, '', '*no case yet*', '']
  const mechanism = claim.with === undefined ? claim.mechanism : `${claim.mechanism}, with ${claim.with}`
  return [`\`${id}\``, quick, mechanism, claim.says, claim.cites.join('; ')]
}
