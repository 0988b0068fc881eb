/**
 * A run that was merged from shards of several machines, as a run for each machine: reports show these side by side, and no
 * figure is of two of them. What a claim comes to does not depend on the processor, so a case is told of the first machine
 * that has the same system as its own. A run of one machine is what it was.
 */

import { environmentChanges, systemChanges } from '../gate/environments.ts'
import type { Launches, MergedShard, Run, RunHeader, Runs, Warning } from '../model.ts'

export function machinesOf(run: Run): Runs {
  const { merged } = run.header
  if (merged === undefined) return [run]
  const shards = merged.shards
  const measured = alike(shards, run.launches.length > 0 ? sameMachine : sameSystem)
  const [first, ...others] = measured
  if (first === undefined) return [run]
  const playedOn = (own: Group) =>
    new Set(shards.filter((one) => measured.find(([lead]) => sameSystem(lead, one)) === own).map(indexOf))
  const { partial, ...rest } = run
  const of = (own: Group, why: Pick<Run, 'partial'>): Run => {
    const played = playedOn(own)
    const counted = new Set(own.map(indexOf))
    return {
      ...rest,
      ...why,
      header: { ...run.header, ...placeOf(own), merged: { ...merged, shards: own } },
      cases: run.cases.filter(({ shard }) => shard !== undefined && played.has(shard)),
      launches: others.length === 0 ? run.launches : launchesOf(run.launches, counted),
    }
  }
  return [of(first, partial === undefined ? {} : { partial }), ...others.map((own) => of(own, {}))]
}

type Group = readonly [MergedShard, ...MergedShard[]]

const indexOf = ({ header }: MergedShard): number => header.shard?.index ?? 0

const sameSystem = (a: MergedShard, b: MergedShard): boolean => systemChanges(a.header, b.header).length === 0
const sameMachine = (a: MergedShard, b: MergedShard): boolean =>
  a.header.shard?.machine === b.header.shard?.machine &&
  !environmentChanges(a.header, b.header).some(({ matters }) => matters)

function alike(shards: readonly MergedShard[], same: (a: MergedShard, b: MergedShard) => boolean): Group[] {
  const groups: [MergedShard, ...MergedShard[]][] = []
  for (const shard of shards) {
    const group = groups.find(([first]) => same(first, shard))
    if (group === undefined) groups.push([shard])
    else group.push(shard)
  }
  return groups
}

/** Where the shards of a machine were; what any of them warned of concerns them all. */
function placeOf([{ header }, ...others]: Group): Pick<RunHeader, 'environment' | 'targets'> {
  const warnings = new Map<string, Warning>()
  for (const one of [header, ...others.map((other) => other.header)]) {
    for (const warning of one.environment.warnings) warnings.set(warning.id, warnings.get(warning.id) ?? warning)
  }
  return { targets: header.targets, environment: { ...header.environment, warnings: [...warnings.values()] } }
}

function launchesOf(launches: Launches, shards: ReadonlySet<number>): Launches {
  let length: number | undefined
  return {
    get length() {
      length ??= countOf(this)
      return length
    },
    *[Symbol.iterator]() {
      for (const launch of launches) if (launch.shard !== undefined && shards.has(launch.shard)) yield launch
    },
  }
}

function countOf(items: Iterable<unknown>): number {
  let count = 0
  for (const _ of items) count++
  return count
}
