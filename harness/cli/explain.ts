/** `ipcmark explain CASE`: runs one case and shows what each of the processes did, call by call. */

import { explanation } from '../../reports/terminal/explain.ts'
import { suite } from '../../suites/index.ts'
import { matrixOf, type Planned } from '../conformance/plan.ts'
import { runCases } from '../conformance/run.ts'
import { hostOs } from '../environment/host.ts'
import type { CaseRecord, TargetId } from '../model.ts'
import { lineOf } from '../record/writer.ts'
import { checkSettingsOf, deadlineOption, deviationsOf, expectationsOption } from './check-options.ts'
import { abroadOf, castsOf } from './conduct.ts'
import { exitsOfRuns } from './exits.ts'
import { exitCodeOf } from './failures.ts'
import { terminalOf } from './screen.ts'
import { caseSelection, nothingSelected } from './select-cases.ts'
import { inSession } from './session.ts'
import { agentOptionsOf, targetOptions, targetsOf } from './targets.ts'
import type { Verb } from './verb.ts'

export const explain: Verb = {
  options: {
    ...targetOptions,
    ...deadlineOption,
    ...expectationsOption,
    json: { says: 'print the record of the case on standard output' },
  },
  examples: [
    ['ipcmark explain pipe.zero-write-no-reader', 'one case'],
    ['ipcmark explain x.eof-on-orderly-close@fifo', 'a generic case, on one mechanism'],
    ['ipcmark explain x.eof-on-orderly-close', 'the same, on each of them'],
    ['ipcmark explain pipe.blocked-writer-reader-dies --fault swallow-end:read:0', 'what a broken system looks like'],
  ],
  about: [
    `Where no target is named it is this system, on Linux Wine for a case of Windows, and both for one that has a process on
each. Nothing is recorded.`,
  ],
  exits: exitsOfRuns('a claim does not hold that should'),
  async run(words) {
    const asked = [{ text: words.text('case') ?? '', kind: 'case' }]
    const chosen = matrixOf(suite).cases.filter(caseSelection(asked, suite))
    const { deadlineMs } = checkSettingsOf(words)
    const targets = targetsOf(words, () => targetsFor(chosen))
    const optionsOf = agentOptionsOf(words, targets)
    return inSession(targets, optionsOf, async ({ run, agents, systems, signal }) => {
      const records: CaseRecord[] = []
      for (const cast of castsOf(agents, chosen, (...places) => deviationsOf(words, suite, ...places))) {
        const { agent, cases, deviations } = cast
        await runCases(cases, agent, {
          target: agent.info.id,
          run,
          jobs: 1,
          deadlineMs,
          agent: optionsOf(agent.info.id),
          ...abroadOf(cast, optionsOf),
          deviations,
          onRecord: (record) => {
            const text = words.flag('json') ? lineOf(record) : explanation(record, terminalOf(process.stdout))
            process.stdout.write(`${records.length > 0 && !words.flag('json') ? '\n' : ''}${text.trimEnd()}\n`)
            records.push(record)
          },
          signal,
        })
      }
      if (records.length === 0 && !signal.aborted) throw nothingSelected(asked, suite, systems)
      return exitCodeOf({ cases: records, launches: [] }, false)
    })
  },
}

function targetsFor(chosen: readonly Planned[]): TargetId[] {
  if (hostOs === 'linux' && chosen.some((planned) => planned.with !== undefined)) return ['native', 'wine']
  const here = chosen.length === 0 || chosen.some((planned) => planned.mechanism.os === hostOs)
  return [here || hostOs === 'windows' ? 'native' : 'wine']
}
