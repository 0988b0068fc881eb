/** `ipcmark list`: what there is, mechanisms, cases, exemptions, cells and faults, without running any of it. */

import { groupBy } from '../../reports/view/tally.ts'
import { countOf } from '../../reports/view/words.ts'
import { faults } from '../../suites/faults.ts'
import { suite } from '../../suites/index.ts'
import { type Exemption, matrixOf, type Planned } from '../conformance/plan.ts'
import { exitCodes, families, type Os } from '../model.ts'
import { columns } from './columns.ts'
import { nothingRan, usage } from './failures.ts'
import { askedBenchmarks, benchmarkTables } from './list-benchmarks.ts'
import { type Paint, paintFor } from './screen.ts'
import { askedCases, caseFilters, caseFiltersHelp, caseSelection } from './select-cases.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

/** What the filter has left over. */
interface Chosen {
  readonly cases: readonly Planned[]
  readonly exemptions: readonly Exemption[]
}

interface Listing {
  json(chosen: Chosen): unknown
  text(chosen: Chosen, page: Page): string
}

/** What is written on: how wide it is where it is a screen, and in which colours. */
interface Page {
  readonly paint: Paint
  readonly width?: number
}

const mechanisms: Listing = {
  json: ({ cases }) =>
    byMechanism(cases).map(([{ naming: _, open: __, ...mechanism }, own]) => ({ ...mechanism, cases: own.length })),
  text: ({ cases }, page) =>
    [...groupBy(byMechanism(cases), ([{ os }]) => os)].map(([os, own]) => mechanismTable(os, own, page)).join('\n\n'),
}

const listings: Readonly<Record<string, Listing>> = {
  cases: {
    json: ({ cases }) =>
      cases.map(({ claim: _, kind: __, mechanism: { id, os }, ...one }) => ({ ...one, mechanism: id, os })),
    text: ({ cases }, page) =>
      byMechanism(cases)
        .map(([{ id }, own]) => `${titled(id, countOf(own.length, 'case'), page)}\n${caseTable(own, page)}`)
        .join('\n\n'),
  },
  exemptions: {
    json: ({ exemptions }) => exemptions,
    text: ({ exemptions }, page) =>
      [...groupBy(exemptions, ({ id, mechanism }) => id.slice(0, -mechanism.length - 1))]
        .map(([claim, own]) => `${titled(claim, countOf(own.length, 'mechanism'), page)}\n${reasonTable(own, page)}`)
        .join('\n\n'),
  },
  faults: {
    json: () => faults,
    text: (_, page) => `${faultTable('linux', page)}\n\n${faultTable('windows', page)}`,
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
    ['ipcmark list --benchmarks posix-shm spin', 'what is measured of a ring that spins'],
  ],
  about: [caseFiltersHelp, 'With --benchmarks a selector is one of `ipcmark bench`.'],
  exits: [
    ['0', 'there is something to list'],
    ['2', 'the command line makes no sense'],
    ['4', 'nothing fits the filter'],
    ['5', 'the list could not be written'],
  ],
  async run(words) {
    const kinds = [...Object.keys(listings), 'benchmarks'].filter((kind) => words.flag(kind))
    if (kinds.length > 1) throw usage(`--${kinds.join(' and --')} are different lists; ask for one at a time.`)
    const [kind = ''] = kinds
    process.stdout.write(`${kind === 'benchmarks' ? benchmarksOf(words) : listingOf(words, kind)}\n`)
    return exitCodes.pass
  },
}

function benchmarksOf(words: Words): string {
  const cells = askedBenchmarks(words)
  return words.flag('json') ? JSON.stringify(cells, undefined, 2) : benchmarkTables(cells, paintFor(process.stdout))
}

function listingOf(words: Words, kind: string): string {
  const chosen = choose(matrixOf(suite).cases.filter(caseSelection(askedCases(words), suite)))
  const listing = listings[kind] ?? mechanisms
  if (words.flag('json')) return JSON.stringify(listing.json(chosen), undefined, 2)
  const width = process.stdout.isTTY ? { width: process.stdout.columns } : {}
  return listing.text(chosen, { paint: paintFor(process.stdout), ...width })
}

function choose(cases: readonly Planned[]): Chosen {
  if (cases.length === 0) throw nothingRan("nothing to list: no case fits the filter; 'ipcmark list --cases' has all.")
  const ids = new Set(cases.map(({ mechanism }) => mechanism.id))
  return {
    cases,
    exemptions: matrixOf(suite).exemptions.filter(({ mechanism }) => ids.has(mechanism)),
  }
}

type Counted = readonly [Planned['mechanism'], readonly Planned[]]

function byMechanism(cases: readonly Planned[]): Counted[] {
  const groups = new Map(cases.map((one) => [one.mechanism, [] as Planned[]]))
  for (const one of cases) groups.get(one.mechanism)?.push(one)
  return [...groups]
}

const titled = (name: string, about: string, { paint }: Page): string =>
  `${paint('bold', name)}  ${paint('dim', about)}`

/** Each family under its name, in the order of the vocabulary. */
function mechanismTable(os: Os, mechanisms: readonly Counted[], page: Page): string {
  const { paint, width } = page
  const cases = mechanisms.reduce((sum, [, own]) => sum + own.length, 0)
  const head = ['', 'kind', 'cases', ''].map((word) => paint('dim', word))
  const rows = families.flatMap((family) => {
    const own = mechanisms.filter(([mechanism]) => mechanism.family === family)
    return own.length === 0 ? [] : [[paint('cyan', family)], ...own.map((one) => mechanismRow(one, paint))]
  })
  const about = `${countOf(mechanisms.length, 'mechanism')}, ${countOf(cases, 'case')}`
  return `${titled(os, about, page)}\n${columns([head, ...rows], 2, width)}`
}

const mechanismRow = ([{ id, kind, title }, cases]: Counted, paint: Paint): string[] => [
  `  ${id}`,
  kind,
  String(cases.length).padStart('cases'.length),
  paint('dim', title),
]

const caseTable = (cases: readonly Planned[], { paint, width }: Page): string =>
  columns(
    cases.map(({ theme, id, core, says }) => [
      paint('cyan', theme),
      id,
      core ? paint('yellow', 'core') : '',
      paint('dim', says),
    ]),
    2,
    width,
  )

const reasonTable = (exemptions: readonly Exemption[], { paint, width }: Page): string =>
  [...groupBy(exemptions, ({ reason }) => reason)]
    .map(([reason, own]) => {
      const mechanisms = own.map(({ mechanism }) => mechanism).join(' ')
      return `  ${reason}\n${columns([['', paint('dim', mechanisms)]], 2, width)}`
    })
    .join('\n')

const faultTable = (os: Os, { paint, width }: Page): string =>
  `${paint('bold', os)}\n${columns(
    faults[os].map(({ id, says }) => [id, paint('dim', says)]),
    2,
    width,
  )}`
