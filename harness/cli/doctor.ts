/** `ipcmark doctor`: what this machine can and cannot run, what makes figures worth less, and how to mend both. */

import { diagnose, type Finding, type FindingGroup, findingGroups } from '../environment/doctor.ts'
import { doctorFacts } from '../environment/doctor-facts.ts'
import { exitCodes } from '../model.ts'
import { type Paint, paintFor } from './screen.ts'
import type { Verb } from './verb.ts'

export const doctor: Verb = {
  options: { json: { says: 'print JSON on standard output' } },
  examples: [['ipcmark doctor', 'look at this machine']],
  exits: [
    ['0', 'ipcmark can run here, whatever else may be missing'],
    ['2', 'the command line makes no sense'],
    ['5', 'a part of it is not built'],
  ],
  async run(words) {
    const findings = diagnose(doctorFacts())
    const text = words.flag('json') ? JSON.stringify(findings, undefined, 2) : shown(findings, paintFor(process.stdout))
    process.stdout.write(`${text}\n`)
    const unfit = findings.some(({ group, status }) => group === 'programs' && status === 'missing')
    return unfit ? exitCodes.harnessBroke : exitCodes.pass
  },
}

const titles: Readonly<Record<FindingGroup, string>> = {
  programs: 'ipcmark itself',
  wine: 'Windows programs under Wine',
  tools: 'Tools to build and test with',
  system: 'What this system allows',
  noise: 'What makes figures worth less',
}

function shown(findings: readonly Finding[], paint: Paint): string {
  const groups = findingGroups.filter((group) => findings.some((one) => one.group === group))
  const lines = groups.flatMap((group) => [
    paint('bold', titles[group]),
    ...findings.filter((one) => one.group === group).flatMap((one) => findingLines(one, paint)),
    '',
  ])
  return [...lines, verdict(findings, paint)].join('\n')
}

function findingLines({ status, says, remedy }: Finding, paint: Paint): string[] {
  const mark = { ok: paint('green', '✓'), missing: paint('red', '✗'), warning: paint('yellow', '!') }[status]
  return [`  ${mark} ${says}`, ...(remedy === undefined ? [] : [`    ${paint('cyan', remedy)}`])]
}

function verdict(findings: readonly Finding[], paint: Paint): string {
  const count = (status: Finding['status']) => findings.filter((one) => one.status === status).length
  const missing = count('missing')
  const warnings = count('warning')
  if (missing + warnings === 0) return paint('green', 'Nothing is missing here.')
  return `${missing} missing, ${warnings} ${warnings === 1 ? 'warning' : 'warnings'}; each line above says what mends it.`
}
