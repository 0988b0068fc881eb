/**
 * `report.md`: what came out, on which machine, claims by family, figures by mechanism and size, and what makes them worth
 * less. It reads as plain text too, and has a size that a README bears: what has no room is counted. Of several runs each
 * place has its own column or table.
 */

import type { CaseRecord, GateRecord, Reporter, Run, Runs, Warning } from '../harness/model.ts'
import { gateMarkdown } from './gate/markdown.ts'
import { figureSections } from './markdown-figures.ts'
import { everything, type Part, parts, type Selection } from './markdown-selection.ts'
import { alignedTable, markdownCode as code, markdownText as plain } from './markdown-text.ts'
import { cautionsOf } from './view/cautions.ts'
import { byFamily } from './view/families.ts'
import { headlineOf } from './view/headline.ts'
import { absenceOf, mechanismsIn } from './view/lost.ts'
import { isMishap, launchesOf, measuredOf } from './view/measured.ts'
import { bytes } from './view/numbers.ts'
import { bySides, type Whole, wholesOf } from './view/sides.ts'
import { casesAt, groupBy, isNews, letterOf, type Place, placesOf, sortedById, tallyOf } from './view/tally.ts'
import { shorten, visibleLine } from './view/visible.ts'
import { standingWords } from './view/vocabulary.ts'
import { countOf } from './view/words.ts'

export const markdownReport = ((runs) => [
  { name: 'report.md', contents: markdownOf(runs, everything, 1) },
]) satisfies Reporter

/** As much of it as was selected, under headings from this level on. */
export function markdownOf(records: Runs, selection: Selection, level: number): string {
  const runs = bySides(records)
  const places = placesOf(...runs)
  const heading = '#'.repeat(level + 1)
  const wholes = wholesOf(runs).map(({ run, sides }) => ({ run, letter: lettersOf(sides, runs) }))
  const sections: Readonly<Record<Part, readonly string[]>> = {
    machine: [`${heading} Machine`, ...wholes.map(machine)],
    gate: wholes.flatMap(({ run: { gate } }) => (gate === undefined ? [] : [gateSection(gate, heading)])),
    conformance: conformance(places, heading),
    figures: figureSections(places, ({ cell }) => selection.figures(cell), heading),
    notes: notes(runs, wholes, heading),
  }
  const title = level === 1 ? `# ipcmark: ${plain(headlineOf(...runs).says)}` : `**${plain(headlineOf(...runs).says)}**`
  const wanted = parts.flatMap((part) => (selection.parts.has(part) ? sections[part] : []))
  return `${fitted([title, ...wholes.map(origin), ...wanted]).join('\n\n')}\n`
}

/** A record, and by which letters its places are told from those of others. */
interface Lettered {
  readonly run: Run
  readonly letter: string
}

const lettersOf = (sides: Whole['sides'], runs: Runs): string =>
  sides.flatMap(({ at }) => letterOf(at, runs) ?? []).join(', ')

const prefixed = (letter: string): string => (letter === '' ? '' : `${letter}: `)

const gateSection = (gate: GateRecord, heading: string): string =>
  gateMarkdown(gate).trimEnd().replace(/^## /, `${heading} `)

/** GitHub shows no more of a file, and nobody reads as much. */
const mostCharacters = 400_000

function fitted(blocks: readonly string[]): string[] {
  let room = mostCharacters
  const kept = blocks.filter(({ length }) => {
    const fits = length <= room
    if (fits) room -= length
    return fits
  })
  const left = blocks.length - kept.length
  return left === 0 ? kept : [...kept, `${countOf(left, 'more part')} had no room here: report.html has all.`]
}

function origin({ run: { header, end, partial }, letter }: Lettered): string {
  const doubts = [end?.interrupted && 'The run was interrupted.', partial].filter((doubt) => typeof doubt === 'string')
  return [
    `${prefixed(letter)}Run ${code(header.run)} of ${plain(header.started.slice(0, 16).replace('T', ' '))} UTC. This makes it again:`,
    '',
    `    ${visibleLine(header.command)}`,
    ...doubts.flatMap((doubt) => ['', `**Not whole:** ${plain(shorten(doubt, longestText))}`]),
  ].join('\n')
}

const longestText = 400

function machine({ run: { header }, letter }: Lettered): string {
  const { cpu, cores, memoryMib, kernel, distribution, virtualisation, governor } = header.environment
  const facts: readonly (readonly [string, string])[] = [
    ['processor', `${cpu}, ${countOf(cores, 'logical processor')}, governor ${governor}`],
    ['memory', bytes(memoryMib * 1024 * 1024)],
    ['system', `${kernel}, ${distribution}, virtualisation ${virtualisation}`],
    ...new Map(header.targets.map(({ id, system, emulator }) => [`target ${id}`, emulator ?? system])),
    ['ipcmark', [header.tool.version, header.tool.commit].filter(Boolean).join(', commit ')],
  ]
  const lines = facts.map(([name, value]) => `- ${plain(name)}: ${plain(shorten(value, longestText))}`)
  return [...(letter === '' ? [] : [`**${letter}**`, '']), ...lines].join('\n')
}

function conformance(places: readonly Place[], heading: string): string[] {
  const tried = places.flatMap((place) => {
    const cases = casesAt(place)
    return cases.length === 0 ? [] : [{ title: place.title, cases: new Set(cases) }]
  })
  const all = tried.flatMap(({ cases }) => [...cases])
  if (all.length === 0) return []
  const score = (cases: readonly CaseRecord[]): string => {
    const { held, judged, regressions, known, fixed, verdicts } = tallyOf(cases)
    const others: readonly (readonly [number, string])[] = [
      [regressions, 'unexpected'],
      [known, 'known'],
      [fixed, 'stale'],
      [verdicts.unsupported, 'not here'],
    ]
    const said = others.flatMap(([count, what]) => (count === 0 ? [] : [`${count} ${what}`]))
    return cases.length === 0 ? '' : [`${held}/${judged}`, ...said].join(', ')
  }
  const row = (name: string, own: readonly CaseRecord[]): string[] => [
    name,
    ...tried.map(({ cases }) => score(own.filter((one) => cases.has(one)))),
  ]
  const families = byFamily(all, ({ mechanism }) => mechanism)
  return [
    `${heading} Conformance`,
    'Claims that hold, of those that were put to the test.',
    alignedTable(
      ['family', ...tried.map(({ title }) => plain(title))],
      [...families.map(([family, own]) => row(family, own)), row('all', all)],
    ).join('\n'),
    ...news(all),
  ]
}

const mostTold = 30

function news(cases: readonly CaseRecord[]): string[] {
  const found = sortedById(cases.filter(isNews))
  if (found.length === 0) return []
  const told = found.slice(0, mostTold).map(({ id, verdict, standing, message, says }) => {
    const why = plain(shorten(message ?? says, longestText))
    return `- ${code(shorten(id, longestText))}: ${verdict}, ${standingWords[standing]}. ${why}`
  })
  const left = found.length - told.length
  return [[...told, ...(left === 0 ? [] : [`- and ${left} more: report.html has all.`])].join('\n')]
}

/** What makes figures worth less, what failed, and what is not here, with the reasons. */
function notes(runs: Runs, wholes: readonly Lettered[], heading: string): string[] {
  const warned = wholes.flatMap(({ run, letter }) => listed(run.header.environment.warnings.map(sentence), letter))
  const lines = runs.flatMap((run, at) => listed(notesOf(run), letterOf(at, runs) ?? ''))
  return lines.length + warned.length === 0 ? [] : [`${heading} Notes`, [...lines, ...warned].join('\n')]
}

const sentence = ({ says, remedy }: Warning): string => `${says} ${remedy}`

function listed(texts: readonly string[], letter: string): string[] {
  const left = texts.length - mostTold
  return [
    ...texts.slice(0, mostTold).map((text) => `- ${prefixed(letter)}${plain(shorten(text, longestText)).trimEnd()}`),
    ...(left > 0 ? [`- ${prefixed(letter)}and ${left} more: report.html has all.`] : []),
  ]
}

function notesOf(run: Run): string[] {
  const { lost } = measuredOf(run)
  const missing = groupBy(
    run.cases.filter(({ verdict }) => verdict === 'unsupported'),
    ({ message = 'No reason was recorded.' }) => message,
  )
  return [
    ...lost
      .filter(isMishap)
      .map(
        (one) =>
          `${countOf(launchesOf(one), 'launch', 'es')} of ${mechanismsIn(one.cells)}: ${one.verdict}. ${one.message ?? ''}`,
      ),
    ...cautionsOf(run).map(sentence),
    ...[...missing].map(([why, own]) => `${countOf(own.length, 'case')} not here: ${why}`),
    ...lost
      .filter((one) => !isMishap(one))
      .map(
        (one) =>
          `${countOf(launchesOf(one), 'launch', 'es')} of ${mechanismsIn(one.cells)} ${absenceOf(one)}: ${one.message ?? ''}`,
      ),
  ]
}
