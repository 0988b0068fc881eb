/**
 * A gate as two runs: what was claimed and measured in A, and in B. They stand side by side as runs of two machines do,
 * and never in one figure. What only controls or calibrates, A on the side of B or slowed down on purpose, is in neither.
 */

import type { ArmName, CaseRecord, Launches, LaunchRecord, Run, Runs, TargetId } from '../../harness/model.ts'
import { letterOf, type Place, placesOf } from './tally.ts'

const known = new WeakMap<Run, readonly Run[]>()
const wholeOf = new WeakMap<Run, Run>()
const armsOf = new WeakMap<Run, SideName>()

type SideName = Exclude<ArmName, 'control'>

/** A run without arms is itself. */
export function sidesOf(run: Run): readonly Run[] {
  const found = known.get(run) ?? (isGated(run) ? divided(run) : [run])
  known.set(run, found)
  return found
}

/** Several records, each gate of them as its two sides. */
export function bySides([first, ...others]: Runs): Runs {
  const [side = first, ...more] = sidesOf(first)
  return [side, ...more, ...others.flatMap(sidesOf)]
}

/** Which side of a gate it is, though it gave no figure; nothing of a run that has none. */
export const armOf = (side: Run): SideName | undefined => armsOf.get(side)

/** Where figures stand with the name of their arm beside the letter of their run. */
export const placesOfSides = (runs: Runs): Place[] =>
  runs.flatMap((run, at) => {
    const letter = letterOf(at, runs)
    const places = sidesOf(run).flatMap((side) => placesOf(side))
    return letter === undefined
      ? places
      : places.map((place) => ({ ...place, letter, title: `${letter}: ${place.title}` }))
  })

/** Its records say on which side of a gate they are. The first ones tell: a record may be long. */
export function isGated({ gate, cases, launches }: Run): boolean {
  if (gate !== undefined || cases[0]?.arm !== undefined) return true
  for (const { arm } of launches) return arm !== undefined
  return false
}

function divided(run: Run): readonly Run[] {
  const sides = (['a', 'b'] as const).flatMap((arm) => {
    const cases = casesIn(run, arm)
    const launches = launchesIn(run.launches, arm)
    const target = cases[0]?.target ?? targetOf(launches)
    if (target === undefined) return []
    const targets = run.header.targets.filter(({ id }) => id === target)
    const side: Run = { ...run, header: { ...run.header, targets }, cases, launches }
    wholeOf.set(side, run)
    armsOf.set(side, arm)
    return [side]
  })
  return sides.length === 0 ? [run] : sides
}

/** An arm has one. */
function targetOf(launches: Launches): TargetId | undefined {
  for (const { target } of launches) return target
  return undefined
}

/**
 * Of a claim that was put to the test again the last time counts. What is excused or known is so in both arms: a claim is
 * news where the gate found it broken.
 */
function casesIn({ cases, gate }: Run, arm: ArmName): CaseRecord[] {
  const broken = new Set(arm === 'b' ? gate?.broken.map(({ what }) => what) : [])
  const last = new Map(cases.filter((one) => one.arm === arm).map((one) => [`${one.target} ${one.id}`, one]))
  return [...last.values()].map((one) => ({ ...one, standing: broken.has(one.id) ? 'regression' : 'expected' }))
}

/** Of B held up on purpose only where it was never measured as it is: a self-test has both, and they are two things. */
function launchesIn(launches: Launches, arm: ArmName): Launches {
  const heldUp = arm === 'b' && !hasPlain(launches, arm)
  const own = (launch: LaunchRecord) => launch.arm === arm && (heldUp || launch.injectNs === undefined)
  let length = 0
  for (const launch of launches) if (own(launch)) length++
  return {
    length,
    *[Symbol.iterator]() {
      for (const launch of launches) if (own(launch)) yield launch
    },
  }
}

function hasPlain(launches: Launches, arm: ArmName): boolean {
  for (const launch of launches) if (launch.arm === arm && launch.injectNs === undefined) return true
  return false
}

/** A run as it was recorded, and where among the runs of a book its sides are. */
export interface Whole {
  readonly run: Run
  readonly sides: readonly { readonly run: Run; readonly at: number }[]
}

/** What belongs to one record is said once: its machine, its command, its warnings. */
export function wholesOf(runs: readonly Run[]): Whole[] {
  const wholes = new Map<Run, { run: Run; at: number }[]>()
  for (const [at, run] of runs.entries()) {
    const whole = wholeOf.get(run) ?? run
    wholes.set(whole, [...(wholes.get(whole) ?? []), { run, at }])
  }
  return [...wholes].map(([run, sides]) => ({ run, sides }))
}
