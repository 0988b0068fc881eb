/** `ipcmark check`: whether the mechanisms keep their promises, case by case. */

import { suite } from '../../suites/index.ts'
import { exitCodes } from '../model.ts'
import { type CheckSettings, checkOptions, checkSettingsOf, deviationsOf, outputOptions } from './check-options.ts'
import { castOf, conductCases } from './conduct.ts'
import { exitsOfRuns } from './exits.ts'
import { exitCodeOf } from './failures.ts'
import { finish } from './finish.ts'
import { headerOf } from './header.ts'
import { type Recorded, recordWhile } from './recording.ts'
import { roundLine } from './rounds.ts'
import { askedCases, caseFilters, caseFiltersHelp, caseSelection, nothingSelected } from './select-cases.ts'
import { inSession } from './session.ts'
import { agentOptionsOf, targetOptions, targetsOf } from './targets.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

export const check: Verb = {
  options: {
    ...caseFilters,
    ...targetOptions,
    ...checkOptions,
    repeat: { says: 'check so many times, each time a run of its own in another order', value: 'N' },
    ...outputOptions,
  },
  examples: [
    ['ipcmark check', 'every case of this system'],
    ['ipcmark check fifo unix-stream core', 'the quick selection, of two mechanisms'],
    ["ipcmark check --target wine 'win-*' '!crash'", 'under Wine, without what kills a peer'],
    ['ipcmark check eof --repeat 20', 'is any of it a matter of luck?'],
  ],
  about: [caseFiltersHelp],
  exits: exitsOfRuns('a claim does not hold that should, or an excuse is stale under --strict'),
  async run(words) {
    const settings = checkSettingsOf(words)
    const rounds = words.whole('repeat', 1, 10_000) ?? 1
    const codes: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const exitCode = await checkOnce(words, { ...settings, seed: settings.seed + round - 1 }, (recorded) => {
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
async function checkOnce(words: Words, settings: CheckSettings, tell: (recorded: Recorded) => void): Promise<number> {
  const optionsOf = agentOptionsOf(words)
  const asked = askedCases(words)
  const selection = caseSelection(asked, suite)
  return inSession(targetsOf(words), optionsOf, async (session) => {
    const casts = session.agents.map((agent) =>
      castOf(agent, suite, selection, settings.seed, deviationsOf(words, suite, agent.info)),
    )
    if (casts.every(({ cases }) => cases.length === 0)) throw nothingSelected(asked, suite, session.systems)
    const header = headerOf(session, settings.seed)
    const recorded = await recordWhile(header, words, session.signal, (recording) =>
      conductCases(casts, settings, optionsOf, recording),
    )
    tell(recorded)
    return exitCodeOf(recorded.run, settings.strict)
  })
}
