/** `ipcmark gate --baseline`: what is measured now, against stored runs of the same environment. */

import { budgets } from '../../suites/benchmarks/index.ts'
import { decideAgainstRuns, type Series } from '../gate/baseline.ts'
import type { GatedCell } from '../gate/conduct.ts'
import { placedName } from '../gate/costs.ts'
import { environmentChanges } from '../gate/environments.ts'
import type { StoredRun } from '../gate/stored.ts'
import { cellName, schedule } from '../measure/schedule.ts'
import { type CellDecision, exitCodes, type GateRecord, type GateVerdict, type RunHeader } from '../model.ts'
import { commandAgain } from './command.ts'
import { nothingRan, usage } from './failures.ts'
import { cellsOf } from './gate-cells.ts'
import { launchingOf } from './gate-launches.ts'
import { type Asked, told } from './gate-verdict.ts'
import { headerOf } from './header.ts'
import { recordWhile } from './recording.ts'
import type { Session } from './session.ts'
import { storedRuns } from './stored-runs.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

export const baselineOptions: Options = {
  baseline: {
    says: 'hold figures of B against these runs of `bench`, with its default budget, instead of A',
    value: 'RUN|FOLDER',
    many: true,
  },
  force: { says: 'even where they were measured in another environment' },
}

/** Launches of each cell now: their median is held against the medians of runs. */
const rounds = 7

export async function baselineIn(session: Session, asked: Asked): Promise<number> {
  const { words, arms, rules, policy, seed } = asked
  const [, b] = session.agents
  if (b === undefined) throw new Error('a gate has two agents')
  const header = headerOf(session, seed)
  const runs = comparable(ofTheBudget(storedRuns(words.texts('baseline'))), header, words)
  const cells = cellsOf(words, policy, b.info.os).filter(({ cell }) =>
    runs.some(({ cells: stored }) => stored.has(placedName(cellName(cell), arms.b.target))),
  )
  if (cells.length === 0) throw nothingRan('the stored runs have none of the cells that are to be gated.')
  let found: GateRecord | undefined
  const recorded = await recordWhile(header, words, session.signal, async (recording) => {
    const launching = launchingOf(session, arms, recording, budgets.default)
    try {
      const { launch, onStage } = launching.in(arms)
      onStage?.(rounds * cells.length)
      const order = schedule(
        cells.map(({ cell }) => cell),
        rounds,
        seed,
      )
      for (const { cell, round } of order) {
        if (recording.signal.aborted) return
        await launch('b', cell, round)
      }
      const decisions = decideAgainstRuns(seriesOf(cells, runs, launching.measured(), asked), rules)
      found = recordOf(decisions, cells, runs, asked)
      recording.keep(found)
    } finally {
      await launching.close()
    }
  })
  if (found === undefined || session.signal.aborted) return exitCodes.interrupted
  return told(found, recorded.folder, words)
}

/** Launches of other lengths have other medians: what is stored has to be of the default budget, as what is measured is. */
function ofTheBudget(runs: readonly StoredRun[]): readonly StoredRun[] {
  const others = ['--quick', '--thorough', '--budget', '--time-budget']
  const same = runs.filter(
    ({ header: { words = [] } }) =>
      words[0] === 'bench' && !words.some((word) => others.includes(word.split('=')[0] ?? '')),
  )
  if (same.length > 0) return same
  throw usage(
    `none of ${runs.length} stored runs is of 'ipcmark bench' with its default budget, and no other is like what is measured now.`,
  )
}

/** Those of this environment; what is foreign is refused, or insisted on. */
function comparable(runs: readonly StoredRun[], header: RunHeader, words: Words): readonly StoredRun[] {
  if (words.flag('force')) return runs
  const foreign = runs.flatMap(({ header: stored }) => {
    const [change] = environmentChanges(stored, header).filter(({ matters }) => matters)
    return change === undefined ? [] : [{ run: stored.run, ...change }]
  })
  const [first] = foreign
  if (first === undefined) return runs
  throw usage(
    `${foreign.length} of ${runs.length} stored runs were measured in another environment, such as ${first.run}: ${first.what}: ${first.before}, and here it is ${first.after}. --force takes them all the same.`,
  )
}

function seriesOf(
  cells: readonly GatedCell[],
  runs: readonly StoredRun[],
  measured: ReturnType<ReturnType<typeof launchingOf>['measured']>,
  { arms }: Asked,
): Series[] {
  return cells.flatMap(({ cell, minEffect }): Series[] => {
    const name = cellName(cell)
    const now = measured.find((one) => one.cell === name)
    const before = runs.flatMap(({ cells: stored }) => stored.get(placedName(name, arms.b.target))?.cost ?? [])
    return now === undefined
      ? []
      : [{ cell: name, before, now: now.cost, ...(minEffect === undefined ? {} : { minEffect }) }]
  })
}

function recordOf(
  decisions: readonly CellDecision[],
  cells: readonly GatedCell[],
  runs: readonly StoredRun[],
  { arms, seed }: Asked,
): GateRecord {
  const missing = cells.map(({ cell }) => cellName(cell)).filter((name) => !decisions.some(({ cell }) => cell === name))
  // What was measured before and cannot be now is no pass.
  const broken = missing.map((what) => ({ what, verdict: 'not measured', message: 'the stored runs have it' }))
  const verdicts = decisions.map(({ verdict }) => verdict)
  const verdict: GateVerdict =
    broken.length > 0 || verdicts.includes('fail')
      ? 'fail'
      : verdicts.includes('inconclusive')
        ? 'inconclusive'
        : 'pass'
  return {
    type: 'gate',
    verdict,
    a: `${runs.length} stored runs, the latest of ${runs.at(-1)?.header.started ?? 'an unknown time'}`,
    b: arms.b.says,
    cells: decisions,
    broken,
    unmeasured: [],
    exceeded: [],
    reasons: decisions.flatMap(({ cell, reason }) => (reason === undefined ? [] : [`${cell}: ${reason}`])),
    again: commandAgain(process.argv.slice(2), seed),
  }
}
