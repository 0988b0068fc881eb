/**
 * `step-summary.md`: what goes to `$GITHUB_STEP_SUMMARY`. The verdict and what is red come first, then the figures and the
 * machine. GitHub refuses more than a mebibyte of a step: what has no room is counted.
 */

import type { Run, Runs } from '../harness/model.ts'
import { gateMarkdown } from './gate/markdown.ts'
import { redOutcomes } from './github-annotations.ts'
import { escaped } from './html/escape.ts'
import { fenced, markdownText as plain, markdownRow as row } from './markdown-text.ts'
import type { Outcome, Suite } from './outcomes/outcome.ts'
import { summary as terminalSummary } from './terminal/summary.ts'
import { cautionsOf } from './view/cautions.ts'
import { headlineOf } from './view/headline.ts'
import { measuredOf, mishapsIn } from './view/measured.ts'
import { isGated } from './view/sides.ts'
import { casesAt, letterOf, placesOf, rowsAt, tallyOf } from './view/tally.ts'
import { shorten, visibleLine } from './view/visible.ts'
import { countOf } from './view/words.ts'

/** Something is left of the mebibyte for what else a step has to say. */
const mostBytes = 1_000_000
const longestDetails = 16_384

const moods = { good: '✅', bad: '❌', unsure: '❔', none: '❔' } as const

export function stepSummary(runs: Runs, suites: readonly Suite[]): string {
  const { mood, says } = headlineOf(...runs)
  const gates = runs.flatMap(({ gate }, at) =>
    gate === undefined ? [] : [`${runs.length === 1 ? '' : `**Run ${letterOf(at, runs)}**\n\n`}${gateMarkdown(gate)}`],
  )
  const red = suites.filter(({ kind }) => kind !== 'gate').flatMap((suite) => redOutcomes(suite).map(redDetails(suite)))
  const broken = suites.filter(({ kind }) => kind === 'gate').flatMap(brokenClaims)
  // A gate has its own heading, which says the same.
  const title = runs.length === 1 && gates.length === 1 ? [] : [`## ${moods[mood]} ipcmark: ${plain(says)}\n`]
  const head = [...title, ...gates, placeTable(runs)].filter((section) => section !== '')
  const tail = [...excused(suites), ...runs.flatMap((run, at) => aboutRun(run, letterOf(at, runs)))]
  return fitted([...head, ...broken, ...red], tail)
}

/** As many sections as there is room for, in their order; those at the end are had if they are small enough for the rest. */
function fitted(sections: readonly string[], tail: readonly string[]): string {
  const kept: string[] = []
  let room = mostBytes
  let left = 0
  for (const section of [...sections, ...tail]) {
    const size = Buffer.byteLength(section) + 1
    if (size <= room) {
      kept.push(section)
      room -= size
    } else left++
  }
  return [
    ...kept,
    ...(left === 0 ? [] : [`${countOf(left, 'more section')} had no room here: the reports have all.\n`]),
  ].join('\n')
}

function placeTable(runs: Runs): string {
  const plainPlaces = placesOf(...runs).filter(({ run }) => !isGated(run))
  if (plainPlaces.length === 0) return ''
  const places = plainPlaces.map((place) => {
    const { held, judged, regressions, known, fixed, verdicts } = tallyOf(casesAt(place))
    const own = measuredOf(place.run).targets.get(place.target)?.verdicts
    return row([
      plain(place.title),
      judged === 0 ? '–' : `${held} of ${judged}`,
      ...[regressions, known, fixed, verdicts.unsupported, rowsAt(place).length].map(String),
      String(own === undefined ? 0 : mishapsIn(own)),
    ])
  })
  const heads = ['where', 'claims that hold', 'unexpected', 'known', 'stale', 'not here', 'figures', 'failed launches']
  return [row(heads), row(heads.map((_, at) => (at === 0 ? '---' : '---:'))), ...places, ''].join('\n')
}

const redDetails =
  (suite: Suite) =>
  ({ name, verdict, message = '', details }: Outcome): string =>
    folded(`❌ ${name} (${suite.name}): ${verdict}`, details?.() ?? message)

/** The gate itself is told already. */
const brokenClaims = (suite: Suite): string[] =>
  suite.outcomes
    .filter(({ group, status }) => status === 'failed' && group[1] === 'claim')
    .map(redDetails({ ...suite, name: 'in B' }))

function excused(suites: readonly Suite[]): string[] {
  const known = suites.flatMap(({ outcomes }) =>
    outcomes.filter(({ excuse, status }) => excuse !== undefined && status === 'passed'),
  )
  if (known.length === 0) return []
  const said = ({ excuse, message = '' }: Outcome) => (excuse === 'fixed' ? 'it passes; take its excuse away' : message)
  const lines = known.map((outcome) => `${outcome.name}: ${said(outcome)}`)
  return [folded(`${countOf(known.length, 'excused deviation')}`, lines.join('\n'))]
}

/** Everything else that a person would ask for, in the words of the terminal. */
function aboutRun(run: Run, letter: string | undefined): string[] {
  const of = letter === undefined ? '' : ` of ${letter}`
  const warnings = [...run.header.environment.warnings, ...cautionsOf(run)].map(
    ({ says, remedy }) => `${says} ${remedy}`,
  )
  return [
    folded(`Summary${of}`, terminalSummary([run], { columns: 120, colour: false })),
    ...(warnings.length === 0 ? [] : [folded(`${countOf(warnings.length, 'warning')}${of}`, warnings.join('\n\n'))]),
    `To make it again: ${block(run.header.command)}\n`,
  ]
}

const folded = (title: string, text: string): string =>
  `<details><summary>${escaped(visibleLine(shorten(title, 300)))}</summary>\n${block(text)}\n\n</details>\n`

const block = (text: string): string =>
  `\n${fenced(text.length <= longestDetails ? text : `${text.slice(0, longestDetails)}\n… cut here`, 'text')}`
