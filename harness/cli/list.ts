/** `ipcmark list`: what there is, mechanisms, cases, exemptions, cells and faults, without running any of it. */

import { type BudgetName, budgetNames, cellsFor } from '../../suites/benchmarks/index.ts'
import { faults } from '../../suites/faults.ts'
import { suite } from '../../suites/index.ts'
import { type Exemption, matrixOf, type Planned } from '../conformance/plan.ts'
import { cellName } from '../measure/schedule.ts'
import { type Cell, exitCodes, type Os } from '../model.ts'
import { columns } from './columns.ts'
import { nothingRan, usage } from './failures.ts'
import { type Paint, paintFor } from './screen.ts'
import { askedCases, caseFilters, caseFiltersHelp, caseSelection } from './select-cases.ts'
import type { Verb } from './verb.ts'

/** What the filter has left over. */
interface Chosen {
  readonly cases: readonly Planned[]
  readonly exemptions: readonly Exemption[]
  readonly cells: Readonly<Record<BudgetName, readonly Cell[]>>
}

interface Listing {
  json(chosen: Chosen): unknown
  text(chosen: Chosen, paint: Paint): string
}

const mechanisms: Listing = {
  json: ({ cases }) =>
    byMechanism(cases).map(([{ naming: _, open: __, ...mechanism }, own]) => ({ ...mechanism, cases: own.length })),
  text({ cases }, paint) {
    const head = ['mechanism', 'family', 'system', 'cases', ''].map((word) => paint('dim', word))
    const rows = byMechanism(cases).map(([{ id, family, os, title }, own]) => [
      paint('bold', id),
      family,
      os,
      String(own.length).padStart('cases'.length),
      paint('dim', title),
    ])
    return columns([head, ...rows])
  },
}

const listings: Readonly<Record<string, Listing>> = {
  cases: {
    json: ({ cases }) =>
      cases.map(({ claim: _, kind: __, mechanism: { id, os }, ...one }) => ({ ...one, mechanism: id, os })),
    text: ({ cases }, paint) =>
      byMechanism(cases)
        .map(
          ([{ id }, own]) => `${paint('bold', id)}  ${paint('dim', `${own.length} cases`)}\n${caseTable(own, paint)}`,
        )
        .join('\n\n'),
  },
  exemptions: {
    json: ({ exemptions }) => exemptions,
    text: ({ exemptions }, paint) => columns(exemptions.map(({ id, reason }) => [paint('bold', id), reason])),
  },
  benchmarks: {
    json: ({ cells }) => cells,
    text: ({ cells }, paint) =>
      budgetNames
        .map((budget) => {
          const names = cells[budget].map((cell) => cellName(cell).split(' '))
          return `${paint('bold', budget)}  ${paint('dim', `${names.length} cells`)}\n${columns(names)}`
        })
        .join('\n\n'),
  },
  faults: {
    json: () => faults,
    text: (_, paint) => `${faultTable('linux', paint)}\n\n${faultTable('windows', paint)}`,
  },
}

export const list: Verb = {
  options: {
    cases: { says: 'cases, by mechanism, instead of mechanisms' },
    exemptions: { says: 'where a generic claim says nothing about a mechanism, and why' },
    benchmarks: { says: 'what is measured, by budget' },
    faults: { says: 'faults that --fault knows by name' },
    ...caseFilters,
    json: { says: 'print JSON on standard output' },
  },
  examples: [
    ['ipcmark list', 'mechanisms'],
    ['ipcmark list --cases fifo eof', 'what FIFOs promise about end of file'],
    ['ipcmark list --cases --json', 'all of it, for a program'],
  ],
  about: [caseFiltersHelp],
  exits: [
    ['0', 'there is something to list'],
    ['2', 'the command line makes no sense'],
    ['4', 'no case fits the filter'],
    ['5', 'the list could not be written'],
  ],
  async run(words) {
    const kinds = Object.keys(listings).filter((kind) => words.flag(kind))
    if (kinds.length > 1) throw usage(`--${kinds.join(' and --')} are different lists; ask for one at a time.`)
    const chosen = choose(matrixOf(suite).cases.filter(caseSelection(askedCases(words), suite)))
    const listing = listings[kinds[0] ?? ''] ?? mechanisms
    const text = words.flag('json')
      ? JSON.stringify(listing.json(chosen), undefined, 2)
      : listing.text(chosen, paintFor(process.stdout))
    process.stdout.write(`${text}\n`)
    return exitCodes.pass
  },
}

function choose(cases: readonly Planned[]): Chosen {
  if (cases.length === 0) throw nothingRan("nothing to list: no case fits the filter; 'ipcmark list --cases' has all.")
  const ids = new Set(cases.map(({ mechanism }) => mechanism.id))
  const cells = (budget: BudgetName) => cellsFor(budget, [...ids])
  return {
    cases,
    exemptions: matrixOf(suite).exemptions.filter(({ mechanism }) => ids.has(mechanism)),
    cells: { quick: cells('quick'), default: cells('default'), thorough: cells('thorough') },
  }
}

function byMechanism(cases: readonly Planned[]) {
  const groups = new Map(cases.map((one) => [one.mechanism, [] as Planned[]]))
  for (const one of cases) groups.get(one.mechanism)?.push(one)
  return [...groups]
}

const caseTable = (cases: readonly Planned[], paint: Paint): string =>
  columns(
    cases.map(({ theme, id, core, says }) => [
      paint('cyan', theme),
      id,
      core ? paint('yellow', 'core') : '',
      paint('dim', says),
    ]),
  )

const faultTable = (os: Os, paint: Paint): string =>
  `${paint('bold', os)}\n${columns(faults[os].map(({ id, says }) => [id, paint('dim', says)]))}`
