/**
 * What each mechanism is good for, computed from what a run has measured and seen, and from nothing else: statements, each
 * with what it rests on, and for each mechanism one line with the numbers. Of what was imitated nothing is said of speed,
 * and of a gate, which compares two builds, nothing at all.
 */

import type { CellSummary } from '../../harness/measure/summary.ts'
import { claimStatements, lacksAt, type Virtue, virtuesAt } from './advice-claims.ts'
import { comparedAt, quotedName, type Ranked, type Ranking, type Statement, statementsOf } from './advice-ranking.ts'
import { familyOf, kinships } from './families.ts'
import { multiple, percent } from './numbers.ts'
import { casesAt, compareText, groupBy, type Place, tallyOf } from './tally.ts'

export interface MechanismLine {
  readonly mechanism: string
  readonly good: readonly string[]
  readonly bad: readonly string[]
}

export interface Advice {
  readonly place: Place
  readonly statements: readonly Statement[]
  readonly lines: readonly MechanismLine[]
  /** Why nothing is said of speed, where nothing is. */
  readonly silence?: string
}

/** Nothing for a place of which nothing can be said. */
export function adviceOf(places: readonly Place[]): Advice[] {
  return places.flatMap((place) => {
    const rows = comparedAt(place)
    const found = virtuesAt(place)
    const speeds = statementsOf(rows)
    const statements = [...speeds, ...claimStatements(place, found, rows)]
    if (statements.length === 0) return []
    const silence = silenceOf(place)
    return [
      { place, statements, lines: linesOf(place, speeds, found, rows), ...(silence === undefined ? {} : { silence }) },
    ]
  })
}

const silenceOf = ({ info }: Place): string | undefined =>
  info?.emulator === undefined
    ? undefined
    : `Nothing is said of speed: what ${info.emulator} takes is not what Windows takes.`

/** From so many times the best on something is bad for it. */
const badFrom = 3
/** One that the intervals cannot tell from the best, and that is further from it than this, is not praised. */
const goodTo = 1.5
const mostParts = 4

interface Standing {
  readonly statement: Statement
  readonly ranking: Ranking
  readonly ranked: Ranked
}

function linesOf(
  place: Place,
  speeds: readonly Statement[],
  found: ReadonlyMap<string, readonly Virtue[]>,
  rows: readonly CellSummary[],
): MechanismLine[] {
  const told = speeds.filter(({ question }) => question?.aside === undefined)
  const standings = told.flatMap((statement) =>
    statement.rankings
      .filter(({ ranked }) => ranked.length > 1)
      .flatMap((ranking) => ranking.ranked.map((ranked) => ({ statement, ranking, ranked }))),
  )
  const byMechanism = groupBy(standings, ({ ranked }) => ranked.row.cell.mechanism)
  const cases = groupBy(casesAt(place), ({ mechanism }) => mechanism)
  const losing = groupBy(
    rows.filter(({ loss = 0 }) => loss > 0),
    ({ cell }) => cell.mechanism,
  )
  const lacking = lacksAt(place)
  const names = [...new Set([...byMechanism.keys(), ...found.keys()])].sort(
    (a, b) => kinships.indexOf(familyOf(a)) - kinships.indexOf(familyOf(b)) || compareText(a, b),
  )
  return names.flatMap((mechanism) => {
    const own = byMechanism.get(mechanism) ?? []
    const { judged, held } = tallyOf(cases.get(mechanism) ?? [])
    const lost = (losing.get(mechanism) ?? []).reduce((most, { loss = 0 }) => Math.max(most, loss), 0)
    const good = [...goodAt(own), ...(found.get(mechanism) ?? []).map(({ has }) => has)]
    const bad = [
      ...badAt(own),
      ...(lacking.get(mechanism) ?? []),
      ...(lost > 0 ? [`loses up to ${percent(lost)} of a stream`] : []),
      ...(held < judged ? [`${judged - held} of ${judged} claims do not hold`] : []),
    ]
    return good.length + bad.length === 0 ? [] : [{ mechanism, good, bad }]
  })
}

const goodAt = (standings: readonly Standing[]): string[] =>
  firstOfEach(standings.filter(({ ranked }) => ranked.equal && ranked.times <= goodTo))
    .slice(0, mostParts)
    .map(({ statement, ranking, ranked }) => `${lower(statement.asks)} (${figureIn(ranking, ranked)})`)

/** By its best way of being used in a manner; the worst first. */
const badAt = (standings: readonly Standing[]): string[] =>
  firstOfEach(standings.filter(({ ranking }) => ranking.manner === 'plain'))
    .filter(({ ranked }) => !ranked.equal && ranked.times >= badFrom)
    .sort((a, b) => b.ranked.times - a.ranked.times)
    .slice(0, mostParts)
    .map(
      ({ statement, ranking, ranked }) =>
        `${lower(statement.asks)} (${figureIn(ranking, ranked)}, ${multiple(ranked.times)} the best)`,
    )

/** Of one question the best row of a mechanism. */
const firstOfEach = (standings: readonly Standing[]): Standing[] =>
  [...groupBy(standings, ({ statement }) => statement.id).values()].flatMap(([first]) => first ?? [])

const figureIn = ({ manner, scale }: Ranking, { name, row, estimate }: Ranked): string =>
  `${manner === 'plain' && name === row.cell.mechanism ? '' : `${quotedName(name)} `}${scale.words(estimate.value)}`

const lower = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1)
