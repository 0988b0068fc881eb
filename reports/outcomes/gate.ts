/**
 * What a gate comes to in a test report: its verdict, each cell, each claim that was played in both arms, and each limit
 * that was exceeded. What cannot be told is skipped, and a gate that cannot tell makes no cell red.
 */

import type { Breakage, CaseRecord, CellDecision, GateRecord, Run } from '../../harness/model.ts'
import { changeWords, headlineOf, originOf, originWords, redLines, seenWords, sureWords } from '../gate/words.ts'
import { detailsOf } from './cases.ts'
import type { Outcome } from './outcome.ts'

export function gateOutcomes(gate: GateRecord, { cases }: Pick<Run, 'cases'>): Outcome[] {
  const claims = claimOutcomes(gate, cases)
  const told = new Set(claims.map(({ name }) => name))
  return [
    verdictOutcome(gate),
    ...gate.cells.map((cell) => cellOutcome(cell, gate)),
    ...claims,
    ...gate.broken.filter(({ what }) => !told.has(what)).map((one) => breakageOutcome(one, 'broken', 'failed')),
    ...gate.exceeded.map((one) => breakageOutcome(one, 'limit', 'failed')),
    ...gate.unmeasured.map((one) => breakageOutcome(one, 'cell', 'skipped')),
  ]
}

const statusOf = { pass: 'passed', fail: 'failed', inconclusive: 'skipped' } as const

function verdictOutcome(gate: GateRecord): Outcome {
  const { verdict, a, b, reasons, again } = gate
  const lines = [
    headlineOf(gate),
    ...redLines(gate).flatMap((red) => ['', ...red]),
    ...(reasons.length === 0 ? [] : ['', ...reasons]),
    ...['', `A      ${a}`, `B      ${b}`, `again  ${again}`, ''],
  ]
  return {
    name: 'verdict',
    group: ['gate', 'verdict'],
    status: statusOf[verdict],
    verdict,
    ms: 0,
    message: [headlineOf(gate), ...reasons].join('; '),
    ...(verdict === 'pass' ? {} : { details: () => lines.join('\n') }),
  }
}

/** Slower in a gate that cannot tell: it is said, and is not red. */
function cellOutcome(cell: CellDecision, gate: GateRecord): Outcome {
  const verdict = cell.verdict === 'fail' && gate.verdict === 'inconclusive' ? 'inconclusive' : cell.verdict
  const why = verdict === 'inconclusive' ? [cell.reason ?? gate.reasons.join('; ')] : []
  const words = [changeWords(cell), ...(cell.verdict === 'fail' ? [sureWords(cell)] : [seenWords(cell)]), ...why]
  const message = words.filter((part) => part !== '').join('; ')
  return {
    name: cell.cell,
    group: ['gate', 'cell'],
    status: statusOf[verdict],
    verdict,
    ms: 0,
    message,
    ...(verdict === 'fail'
      ? { details: () => `${[cell.cell, message, '', `again  ${gate.again}`].join('\n')}\n` }
      : {}),
  }
}

const breakageOutcome = (
  { what, verdict, message }: Breakage,
  kind: 'broken' | 'limit' | 'cell',
  status: 'failed' | 'skipped',
): Outcome => ({
  name: what,
  group: ['gate', kind],
  status,
  verdict,
  ms: 0,
  message: message === undefined ? verdict : `${verdict}: ${message}`,
})

/** A claim that was suspected was played more than once: the last time counts. */
function claimOutcomes({ broken }: GateRecord, cases: readonly CaseRecord[]): Outcome[] {
  const played = { a: new Map<string, CaseRecord>(), b: new Map<string, CaseRecord>() }
  for (const record of cases) if (record.arm === 'a' || record.arm === 'b') played[record.arm].set(record.id, record)
  const wrong = new Map(broken.map((one) => [one.what, originOf(one)]))
  return [...new Set([...played.a.keys(), ...played.b.keys()])].flatMap((id): Outcome[] => {
    const [a, b] = [played.a.get(id), played.b.get(id)]
    const ms = (a?.ms ?? 0) + (b?.ms ?? 0)
    const common = { name: id, group: ['gate', 'claim'], ms } as const
    if (b === undefined) {
      const said = `it does not hold in A either: ${a?.message ?? a?.verdict}`
      return [{ ...common, status: 'skipped', verdict: a?.verdict ?? 'unsupported', message: said }]
    }
    const origin = wrong.get(id)
    if (origin === undefined) return [{ ...common, status: 'passed', verdict: 'pass' }]
    const message = `in B${originWords[origin].line}: ${b.message ?? b.says}`
    return [{ ...common, status: 'failed', verdict: b.verdict, message, details: detailsOf(b) }]
  })
}
