/**
 * `bench --resume`: goes on with a run that was cut short. The plan is made again from the words that its record has, with
 * the same seed; what the record has keeps its place, and only what is missing is measured. On another machine, or by
 * another ipcmark, the two halves would not be one run: that is refused, unless it is forced.
 */

import { isDeepStrictEqual } from 'node:util'
import { readEnvironment } from '../environment/environment.ts'
import { packageVersion } from '../environment/host.ts'
import { cellName, type Scheduled } from '../measure/schedule.ts'
import type { Environment, Run, RunHeader, TargetId, TargetInfo } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import type { Bench } from './conduct.ts'
import { nothingRan, usage } from './failures.ts'
import { commitOfTool } from './header.ts'
import type { Earlier } from './recording.ts'
import { namedRecord } from './stored-runs.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

const together: readonly string[] = ['resume', 'force', 'json', 'plan']

/** The plan is the record's: whatever would change it is refused. */
export function refuseOthers(words: Words, options: Options): void {
  const given = ['selectors', ...Object.keys(options)].find((name) =>
    together.includes(name)
      ? false
      : options[name]?.value === undefined && name !== 'selectors'
        ? words.flag(name)
        : words.texts(name).length > 0,
  )
  if (given === undefined) return
  const what = given === 'selectors' ? 'a selector' : `--${given}`
  throw usage(`--resume measures what the record lacks, and ${what} would change that; leave it away.`)
}

export interface Resumable extends Earlier {
  readonly header: RunHeader
  /** The words of the command that began the run, without the verb. */
  readonly planned: readonly string[]
  /** What of the plan the record does not have. */
  missingOf(benches: readonly Bench[], agents: readonly Agent[]): Bench[]
}

export function resumed(from: string, words: Words): Resumable {
  const { run, file } = namedRecord(from)
  const { header, cases, launches } = run
  const [verb, ...planned] = header.words ?? []
  if (verb !== 'bench') {
    throw usage(`${file} is of \`${header.command}\`, and only a run of \`ipcmark bench\` can be resumed.`)
  }
  if (header.merged !== undefined) {
    throw usage(`${file} was merged from shards: resume the one that was cut short, and merge them again.`)
  }
  const force = words.flag('force')
  if (!force) refuseChanges(file, header)
  return {
    header,
    planned,
    file,
    cases: cases.length,
    launches: launches.length,
    missingOf(benches, agents) {
      if (!force) refuseOtherTargets(file, header.targets, agents)
      const missing = without(run, benches)
      if (missing.some((one) => one.launches.length > 0)) return missing
      throw nothingRan(`nothing to resume: ${file} has all ${launches.length} launches of its plan.`)
    },
  }
}

const keyOf = (target: TargetId, { cell, round }: Scheduled): string => `${target} ${round} ${cellName(cell)}`

function without(run: Run, benches: readonly Bench[]): Bench[] {
  const there = new Set<string>()
  for (const { target, cell, round } of run.launches) there.add(keyOf(target, { cell, round }))
  return benches.map(({ agent, launches }) => ({
    agent,
    launches: launches.filter((one) => !there.has(keyOf(agent.info.id, one))),
  }))
}

/** What of a machine makes figures what they are; its load and its warnings come and go. */
const lasting = [
  'cpu',
  'cores',
  'topology',
  'memoryMib',
  'kernel',
  'distribution',
  'virtualisation',
  'governor',
  'mitigations',
  'cgroupCpuLimit',
  'node',
] as const satisfies readonly (keyof Environment)[]

function refuseChanges(file: string, { tool, environment }: RunHeader): void {
  const now = readEnvironment()
  const commit = commitOfTool()
  const changes = [
    ...(tool.version === packageVersion() ? [] : [`ipcmark was ${tool.version} and is ${packageVersion()}`]),
    ...(tool.commit === commit ? [] : [`its commit was ${tool.commit ?? 'none'} and is ${commit ?? 'none'}`]),
    ...lasting.flatMap((name) =>
      isDeepStrictEqual(environment[name], now[name])
        ? []
        : [`${name} was ${brief(environment[name])} and is ${brief(now[name])}`],
    ),
  ]
  refuse(file, changes)
}

function refuseOtherTargets(file: string, before: readonly TargetInfo[], agents: readonly Agent[]): void {
  const changes = agents.flatMap(({ info }) => {
    const earlier = before.find(({ id }) => id === info.id)
    if (earlier === undefined) return [`the target ${info.id} was not there`]
    return (['agentVersion', 'system', 'emulator'] as const).flatMap((name) =>
      earlier[name] === info[name] ? [] : [`${name} of ${info.id} was ${earlier[name]} and is ${info[name]}`],
    )
  })
  refuse(file, changes)
}

function refuse(file: string, changes: readonly string[]): void {
  if (changes.length === 0) return
  throw usage(
    `${file} was begun elsewhere: ${changes.join('; ')}. Figures of both would be one run; --force does it all the same.`,
  )
}

function brief(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`
}
