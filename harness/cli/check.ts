/** `ipcmark check`: whether the mechanisms keep their promises, case by case. */

import { suite } from '../../suites/index.ts'
import { ExpectationsError, platformsOf } from '../conformance/expectations.ts'
import { earlierIn, learnInto } from '../conformance/learn.ts'
import { inSeededOrder, matrixOf } from '../conformance/plan.ts'
import { exitCodes } from '../model.ts'
import {
  type CheckSettings,
  checkOptions,
  checkSettingsOf,
  deviationsOf,
  learnOption,
  outputOptions,
} from './check-options.ts'
import { castsOf, conductCases } from './conduct.ts'
import { exitsOfRuns } from './exits.ts'
import { exitCodeOf, usage } from './failures.ts'
import { finish } from './finish.ts'
import { headerOf } from './header.ts'
import { type Recorded, recordWhile } from './recording.ts'
import { roundLine } from './rounds.ts'
import { askedCases, caseFilters, caseFiltersHelp, caseSelection, nothingSelected } from './select-cases.ts'
import { inSession, type Session } from './session.ts'
import { askedShard, dividedCases, type Part, shardOf, shardOption } from './shard.ts'
import { agentOptionsOf, targetOptions, targetsOf } from './targets.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

export const check: Verb = {
  options: {
    ...caseFilters,
    ...targetOptions,
    ...checkOptions,
    repeat: { says: 'check so many times, each time a run of its own in another order', value: 'N' },
    ...learnOption,
    ...shardOption,
    ...outputOptions,
  },
  examples: [
    ['ipcmark check', 'every case of this system'],
    ['ipcmark check fifo unix-stream core', 'the quick selection, of two mechanisms'],
    ["ipcmark check --target wine 'win-*' '!crash'", 'under Wine, without what kills a peer'],
    ["ipcmark check --target native --target wine 'interop.*'", 'between Linux and Windows under Wine'],
    ['ipcmark check eof --repeat 20', 'is any of it a matter of luck?'],
    [
      "ipcmark check --target 'exec:ip netns exec a' --learn a.json",
      'what deviates there; give the reasons, then use the file',
    ],
    ['ipcmark check --shard 2/3', 'the second third of them; the others on other machines'],
    ["ipcmark check --target 'exec:ip netns exec a' --expectations a.json", 'red where anything else deviates'],
  ],
  about: [caseFiltersHelp],
  exits: exitsOfRuns('a claim does not hold that should, or an excuse is stale under --strict'),
  async run(words) {
    const settings = checkSettingsOf(words)
    const rounds = words.whole('repeat', 1, 10_000) ?? 1
    refuseToLearn(words, rounds)
    const part = askedShard(words)
    if (part && rounds > 1) throw usage('--repeat makes several runs, and a shard is a part of one; leave one away.')
    const codes: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const exitCode = await checkOnce(words, { ...settings, seed: settings.seed + round - 1 }, part, (recorded) => {
        if (rounds === 1) finish(recorded, words)
        else if (!words.flag('json')) process.stdout.write(roundLine(round, rounds, recorded))
      })
      if (exitCode > exitCodes.harnessBroke) return exitCode
      codes.push(exitCode)
    }
    return codes.includes(exitCodes.failure) ? exitCodes.failure : Math.max(...codes)
  },
}

/** One run, from agents to sweep. */
async function checkOnce(
  words: Words,
  settings: CheckSettings,
  part: Part | undefined,
  tell: (recorded: Recorded) => void,
): Promise<number> {
  const targets = targetsOf(words)
  const optionsOf = agentOptionsOf(words, targets)
  const asked = askedCases(words)
  const selection = caseSelection(asked, suite)
  return inSession(targets, optionsOf, async (session) => {
    const chosen = inSeededOrder(matrixOf(suite).cases.filter(selection), settings.seed)
    const casts = castsOf(session.agents, chosen, (...places) => deviationsOf(words, suite, ...places))
    if (casts.every(({ cases }) => cases.length === 0)) throw nothingSelected(asked, suite, session.systems)
    const { own, names } = dividedCases(casts, part)
    const header = headerOf(session, settings.seed, shardOf(part, names))
    const recorded = await recordWhile(header, words, session.signal, (recording) =>
      conductCases(own, settings, optionsOf, recording),
    )
    tell(recorded)
    learn(words, session, recorded)
    return exitCodeOf(recorded.run, settings.strict)
  })
}

/** What deviates in one run of one target: several would not agree on one file. */
function refuseToLearn(words: Words, rounds: number): void {
  const file = words.text('learn')
  if (file === undefined) return
  try {
    earlierIn(file)
  } catch (error) {
    if (error instanceof ExpectationsError) throw usage(error.message)
    throw error
  }
  if (words.text('shard') !== undefined) throw usage('--learn takes what a whole run shows; leave --shard away.')
  if (rounds > 1) throw usage('--learn takes what one run shows; leave --repeat away.')
  if (targetsOf(words).length > 1) throw usage('--learn writes the file of one target; name one --target.')
}

function learn(words: Words, session: Session, { run }: Recorded): void {
  const file = words.text('learn')
  if (file === undefined || run.end?.interrupted) return
  const platform = session.agents.flatMap(({ info }) => platformsOf(info))[0] ?? ''
  const { entries, withoutReason } = learnInto(file, platform, run.cases)
  const missing = withoutReason === 0 ? '' : `; ${withoutReason} of them need a reason and a link before it can be used`
  process.stderr.write(`${file}: ${entries} ${entries === 1 ? 'entry' : 'entries'}${missing}\n`)
}
