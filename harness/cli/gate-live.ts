/** Two arms measured at once: the cases that hold in A, then the cells, in blocks of launches in turns. */

import { conductGate, type GatedCell, GateError, type GateResult } from '../gate/conduct.ts'
import { unattainable } from '../gate/decide.ts'
import { exceeded, type Measured } from '../gate/policy.ts'
import { cellName } from '../measure/schedule.ts'
import { type Breakage, exitCodes, type GateRecord, type Workload } from '../model.ts'
import { commandAgain } from './command.ts'
import { usage } from './failures.ts'
import { brokenCases, type CaseArms, caseScopeOf, casesOf } from './gate-cases.ts'
import { cellsOf, limitsOf, tellable } from './gate-cells.ts'
import { launchingOf } from './gate-launches.ts'
import { type Asked, told } from './gate-verdict.ts'
import { headerOf } from './header.ts'
import { newsOfCase } from './news.ts'
import { type Progress, progressOf } from './progress.ts'
import { type Recording, recordWhile } from './recording.ts'
import { paintFor } from './screen.ts'
import type { Session } from './session.ts'

/** What a case may take in either arm. */
const caseDeadlineMs = 10_000

export async function gateIn(session: Session, asked: Asked): Promise<number> {
  const { words, arms, policy, seed } = asked
  const [a, b] = session.agents
  if (a === undefined || b === undefined) throw new Error('a gate has two agents')
  if (a.info.os !== b.info.os) {
    throw usage(`A runs on ${a.info.os} and B on ${b.info.os}: they have no cell in common.`)
  }
  const cells = cellsOf(words, policy, a.info.os)
  refuseUnheard(cells, asked)
  const impossible = unattainable(cells.length, asked.rules)
  if (impossible !== undefined) throw usage(`${impossible}.`)
  const both: CaseArms = { a: { agent: a, spec: arms.a }, b: { agent: b, spec: arms.b } }
  const mechanisms = new Set(cells.map(({ cell }) => cell.mechanism))
  const cases = casesOf(caseScopeOf(words, policy), mechanisms, both, seed)
  let found: GateRecord | undefined
  const recorded = await recordWhile(headerOf(session, seed), words, session.signal, async (recording) => {
    const broken = await withProgress('cases', 2 * cases.length, (progress) =>
      brokenCases(cases, both, {
        run: session.run,
        seed,
        deadlineMs: caseDeadlineMs,
        signal: recording.signal,
        onRecord: (record) => {
          recording.keep(record)
          progress.ended(record.id, newsOfCase(record))
        },
      }),
    )
    const result = await measured(cells, asked, session, recording)
    const excess = exceeded(tellable(words, policy, cells), result.ofB, limitsOf(a.info.os))
    found = recordOf(result, broken, excess, asked)
    if (!recording.signal.aborted) recording.keep(found)
  })
  if (found === undefined || session.signal.aborted) return exitCodes.interrupted
  return told(found, recorded.folder, words)
}

/** What loops over transports and bells hold up by themselves; in other workloads nothing would be held up. */
const heldUp: readonly Workload[] = ['pingpong', 'stream', 'openloop', 'handoff']

function refuseUnheard(cells: readonly GatedCell[], { arms }: Asked): void {
  const unheard = cells.find(({ cell }) => !heldUp.includes(cell.workload))
  if (arms.b.injectNs === undefined || unheard === undefined) return
  throw usage(`--inject-ns holds messages up in ${heldUp.join(', ')}, and not in ${cellName(unheard.cell)}.`)
}

async function measured(
  cells: readonly GatedCell[],
  { arms, rules, seed }: Asked,
  session: Session,
  recording: Recording,
): Promise<GateResult & { readonly ofB: readonly Measured[] }> {
  const launching = launchingOf(session, arms, recording)
  try {
    const result = await conductGate(cells, { rules, seed, signal: recording.signal, ...launching.in(arms) })
    return { ...result, ofB: launching.measured() }
  } catch (error) {
    if (error instanceof GateError) throw usage(`${error.message}.`)
    throw error
  } finally {
    await launching.close()
  }
}

function recordOf(
  { decision, broken, unmeasured }: GateResult,
  cases: readonly Breakage[],
  excess: readonly Breakage[],
  { arms, seed }: Asked,
): GateRecord {
  const all = [...cases, ...broken]
  const missing = unmeasured.map(({ what }) => `${what}: it could not be measured, so that nothing is known of it`)
  const reasons = [...decision.reasons, ...missing]
  const known = decision.verdict === 'pass' && missing.length > 0 ? 'inconclusive' : decision.verdict
  return {
    type: 'gate',
    verdict: all.length + excess.length > 0 ? 'fail' : known,
    a: arms.a.says,
    b: arms.b.says,
    cells: decision.cells,
    broken: all,
    unmeasured,
    exceeded: excess,
    reasons,
    again: commandAgain(process.argv.slice(2), seed),
  }
}

async function withProgress<T>(what: string, total: number, body: (progress: Progress) => Promise<T>): Promise<T> {
  const progress = progressOf({ stream: process.stderr, paint: paintFor(process.stderr), what, total })
  try {
    return await body(progress)
  } finally {
    progress.stop()
  }
}
