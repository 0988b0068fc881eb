/**
 * Advice that rests on what cases have seen: who can be met by a name, who keeps messages apart, who tells of a death, who
 * crosses from one system to the other. Where the run has figures of those as well, they are ranked.
 */

import type { CellSummary } from '../../harness/measure/summary.ts'
import type { CaseRecord, ChannelTraits } from '../../harness/model.ts'
import type { Mechanism } from '../../harness/pair/stage.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'
import { questions, rowsFor } from './advice-questions.ts'
import { answered, named, quotedName, type Statement } from './advice-ranking.ts'
import { casesAt, compareText, groupBy, type Place } from './tally.ts'
import { type Column, columnsOf } from './traits-columns.ts'
import { countOf } from './words.ts'

/** A promise that not every mechanism makes, and the columns in which it was put to the test. */
export interface Virtue {
  readonly id: string
  readonly asks: string
  /** `those that have a name`, and the same of one: `has a name`. */
  readonly those: string
  readonly has: string
  /** Of a channel that promises it not, where that is a reason against it. */
  readonly lacks?: string
  readonly columns: readonly Column[]
  promisedBy(mechanism: Mechanism): boolean
}

const channelWith = (mechanism: Mechanism, holds: (traits: ChannelTraits) => boolean): boolean =>
  mechanism.kind === 'channel' && holds(mechanism.traits)
const carries = ({ kind }: Mechanism): boolean => kind === 'channel' || kind === 'memory' || kind === 'call'

export const virtues: readonly Virtue[] = [
  {
    id: 'unrelated',
    asks: 'Between processes that are not related',
    those: 'those that are met by a name',
    has: 'is met by a name',
    columns: ['naming', 'connection'],
    promisedBy: (mechanism) => carries(mechanism) && mechanism.traits.naming !== 'none',
  },
  {
    id: 'related',
    asks: 'Between parent and child',
    those: 'those that are inherited and need no name',
    has: 'needs no name',
    columns: ['naming', 'connection'],
    promisedBy: (mechanism) =>
      carries(mechanism) && mechanism.naming === undefined && mechanism.traits.inheritance !== 'never',
  },
  {
    id: 'borders',
    asks: 'Messages that stay apart',
    those: 'those that keep the borders of messages',
    has: 'keeps messages apart',
    columns: ['boundaries'],
    promisedBy: (mechanism) => channelWith(mechanism, ({ framing }) => framing === 'message'),
  },
  {
    id: 'crashes',
    asks: 'When the other side may crash',
    those: 'those that tell either side of the other’s death',
    has: 'tells of a death',
    lacks: 'leaves one side or both waiting for the dead',
    columns: ['end', 'death'],
    promisedBy: (mechanism) =>
      channelWith(
        mechanism,
        ({ peerGone, writeAfterGone }) => peerGone !== 'never-told' && writeAfterGone.is !== 'never-told',
      ),
  },
]

const known: ReadonlyMap<string, Mechanism> = new Map(mechanisms.map((mechanism) => [mechanism.id, mechanism]))

/** A gate puts claims to the test to compare two builds. */
const claimedAt = (place: Place): CaseRecord[] => casesAt(place).filter(({ arm }) => arm === undefined)

/** Of each mechanism which virtues it promises and the general cases of this run have found to hold. */
export function virtuesAt(place: Place): Map<string, Virtue[]> {
  const cases = groupBy(claimedAt(place), ({ mechanism }) => mechanism)
  return new Map(
    [...cases].map(([mechanism, own]) => [mechanism, virtues.filter((virtue) => isFound(virtue, mechanism, own))]),
  )
}

/** Of each channel what speaks against it, and was found to be so. */
export function lacksAt(place: Place): Map<string, string[]> {
  const cases = groupBy(claimedAt(place), ({ mechanism }) => mechanism)
  return new Map(
    [...cases].map(([mechanism, own]) => {
      const promised = known.get(mechanism)
      const said = virtues.flatMap(({ lacks, columns, promisedBy }) =>
        lacks !== undefined && promised?.kind === 'channel' && !promisedBy(promised) && holds(columns, mechanism, own)
          ? [lacks]
          : [],
      )
      return [mechanism, said]
    }),
  )
}

function isFound({ columns, promisedBy }: Virtue, mechanism: string, cases: readonly CaseRecord[]): boolean {
  const promised = known.get(mechanism)
  return promised !== undefined && promisedBy(promised) && holds(columns, mechanism, cases)
}

/** What one case about a corner of the mechanism has found is told among its traits, and takes no virtue away. */
function holds(columns: readonly Column[], mechanism: string, cases: readonly CaseRecord[]): boolean {
  const general = cases.filter((one) => one.id.endsWith(`@${mechanism}`))
  const about = general.filter((one) => columnsOf(one).some((column) => columns.includes(column)))
  return about.some(({ verdict }) => verdict === 'pass') && about.every(isHeld)
}

const isHeld = ({ verdict }: CaseRecord): boolean => verdict === 'pass' || verdict === 'observed'

export function claimStatements(
  place: Place,
  found: ReadonlyMap<string, readonly Virtue[]>,
  rows: readonly CellSummary[],
): Statement[] {
  const held = virtues.flatMap((virtue) => {
    const names = [...found].flatMap(([mechanism, own]) => (own.includes(virtue) ? mechanism : []))
    return names.length === 0 ? [] : [aboutThose(virtue, names.sort(compareText), rows)]
  })
  return [...held, ...acrossSystems(place)]
}

/** Ranked by the round trip of small messages, where that was measured; else named. */
function aboutThose({ id, asks, those }: Virtue, names: readonly string[], rows: readonly CellSummary[]): Statement {
  const own = rows.filter(({ cell }) => names.includes(cell.mechanism))
  const evidence = `The cases about it hold for ${named(names, names.length)}.`
  const answers = questions
    .filter(({ workload, runtime, aside }) => workload === 'pingpong' && runtime === 'native' && aside === undefined)
    .map((question) => ({ question, asked: rowsFor(question, own) }))
  const most = answers.reduce((so, one) => (one.asked.length > so.asked.length ? one : so))
  if (most.asked.length > 1) {
    const ranked = answered(most.question, most.asked, those)
    return { ...ranked, id, asks, says: [...ranked.says, evidence], claims: 'traits' }
  }
  return { id, asks, says: [evidence], rankings: [], claims: 'traits' }
}

/** Cases with a process on each of two systems. */
function acrossSystems(place: Place): Statement[] {
  const crossing = claimedAt(place).filter((one) => one.with !== undefined && one.with.os !== one.os)
  const held = [...groupBy(crossing, ({ mechanism }) => mechanism)].filter(
    ([, own]) => own.some(({ verdict }) => verdict === 'pass') && own.every(isHeld),
  )
  if (held.length === 0) return []
  const says = held
    .sort(([a], [b]) => compareText(a, b))
    .map(
      ([mechanism, own]) =>
        `${quotedName(mechanism)} connects a process of one system with one of the other: ${countOf(own.length, 'case')} with one on each ${own.length === 1 ? 'holds' : 'hold'}.`,
    )
  return [{ id: 'both-systems', asks: 'From one system to the other', says, rankings: [], claims: 'conformance' }]
}
