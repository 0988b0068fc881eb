/**
 * In what two environments differ. Figures of different environments are not compared unless somebody insists: what makes
 * the difference is then anyone's guess.
 */

import type { Environment, RunHeader, TargetId, TargetInfo } from '../model.ts'

export interface EnvironmentChange {
  readonly what: string
  readonly before: string
  readonly after: string
  /** Whether figures may differ for it: a machine, a kernel; not a version of ours. */
  readonly matters: boolean
}

type Fact = readonly [what: string, matters: boolean, of: (header: RunHeader) => string]

const ofMachine =
  (say: (environment: Environment) => string) =>
  ({ environment }: RunHeader): string =>
    say(environment)

const sorted = (record: Readonly<Record<string, string>>): string =>
  Object.entries(record)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}: ${value}`)
    .join('; ')

const facts: readonly Fact[] = [
  ['processor', true, ofMachine(({ cpu }) => cpu)],
  ['cores', true, ofMachine(({ cores }) => String(cores))],
  ['topology', true, ofMachine(({ topology }) => JSON.stringify(topology))],
  ['kernel', true, ofMachine(({ kernel }) => kernel)],
  ['virtualisation', true, ofMachine(({ virtualisation }) => virtualisation)],
  ['governor', true, ofMachine(({ governor }) => governor)],
  ['mitigations', true, ofMachine(({ mitigations }) => sorted(mitigations))],
  ['cgroup CPU limit', true, ofMachine(({ cgroupCpuLimit }) => cgroupCpuLimit)],
  ['distribution', false, ofMachine(({ distribution }) => distribution)],
  ['memory (MiB)', false, ofMachine(({ memoryMib }) => String(memoryMib))],
  ['Node', false, ofMachine(({ node }) => node)],
  ['ipcmark', false, ({ tool }) => [tool.version, ...(tool.commit === undefined ? [] : [tool.commit])].join(' ')],
  ['shards', false, shardsOf],
]

/** Of a run that was merged, those that were measured on this machine. */
function shardsOf({ merged }: RunHeader): string {
  if (merged === undefined) return 'the whole run'
  return `${merged.shards.map(({ header }) => header.shard?.index).join(', ')} of ${merged.of}`
}

export function environmentChanges(before: RunHeader, after: RunHeader): EnvironmentChange[] {
  const ofFacts = facts.map(([what, matters, of]) => ({ what, matters, before: of(before), after: of(after) }))
  return [...ofFacts, ...targetChanges(before.targets, after.targets)].filter((fact) => fact.before !== fact.after)
}

/** In what several runs differ: what each of them says of it, or nothing where it has no such target. */
export interface EnvironmentDifference {
  readonly what: string
  readonly matters: boolean
  readonly values: readonly (string | undefined)[]
}

export function environmentDifferences(headers: readonly RunHeader[]): EnvironmentDifference[] {
  const ids = [...new Set(headers.flatMap(({ targets }) => targets.map(({ id }) => id)))]
  const ofTargets = ids.map((id) => ({
    what: `target ${id}`,
    matters: true,
    values: headers.map(({ targets }) => {
      const own = targets.find((target) => target.id === id)
      return own && systemOf(own)
    }),
  }))
  const ofFacts = facts.map(([what, matters, of]) => ({ what, matters, values: headers.map(of) }))
  return [...ofFacts, ...ofTargets].filter(({ values }) => new Set(values).size > 1)
}

/** The same of two runs whose figures of a target may be held against each other. */
export const environmentKey = (header: RunHeader, target: TargetId): string =>
  JSON.stringify([
    ...facts.filter(([, matters]) => matters).map(([, , of]) => of(header)),
    ...header.targets.filter(({ id }) => id === target).map(systemOf),
  ])

/** What may change whether a claim holds: another system behind the name of a target. */
export const systemChanges = (before: RunHeader, after: RunHeader): EnvironmentChange[] =>
  targetChanges(before.targets, after.targets).filter((fact) => fact.matters && fact.before !== fact.after)

/** Of targets that both runs had: the system behind the name may have changed. */
const targetChanges = (before: readonly TargetInfo[], after: readonly TargetInfo[]): EnvironmentChange[] =>
  before.flatMap((one) => {
    const other = after.find(({ id }) => id === one.id)
    if (other === undefined) return []
    return [
      { what: `target ${one.id}`, matters: true, before: systemOf(one), after: systemOf(other) },
      { what: `agent of ${one.id}`, matters: false, before: one.agentVersion, after: other.agentVersion },
    ]
  })

const systemOf = ({ system, emulator }: TargetInfo): string =>
  emulator === undefined ? system : `${system}, ${emulator}`
