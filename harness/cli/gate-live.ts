/** Two arms measured at once: the cases that hold in A, then the cells, in blocks of launches in turns. */

import { conductGate, type GatedCell, GateError, type GateResult } from '../gate/conduct.ts'
import { costlier } from '../gate/counters.ts'
import { cellsToldBy, unattainable } from '../gate/decide.ts'
import { type Held, heldTo, type Measured } from '../gate/policy.ts'
import { cellName } from '../measure/schedule.ts'
import { type Breakage, type Cell, exitCodes, type GateRecord, type Injection } from '../model.ts'
import { commandAgain } from './command.ts'
import { usage } from './failures.ts'
import { type Claims, caseScopeOf, casesOf, claimsIn, expectedBy, heldIn, type Player } from './gate-cases.ts'
import { cellsOf, limitsOf, tellable } from './gate-cells.ts'
import { injectedBy, injectedCells } from './gate-injection.ts'
import { launchingOf } from './gate-launches.ts'
import { type Asked, told } from './gate-verdict.ts'
import { headerOf } from './header.ts'
import { type Recording, recordWhile } from './recording.ts'
import type { Session } from './session.ts'

export async function gateIn(session: Session, asked: Asked): Promise<number> {
  const { words, arms, policy, seed } = asked
  const [a, b] = session.agents
  if (a === undefined || b === undefined) throw new Error('a gate has two agents')
  if (a.info.os !== b.info.os) {
    throw usage(`A runs on ${a.info.os} and B on ${b.info.os}: they have no cell in common.`)
  }
  const cells = cellsOf(words, policy, a.info.os)
  const slowed = injectedCells(cells, asked.wanted)
  const impossible = unattainable(cells.length, asked.rules)
  if (impossible !== undefined) throw usage(`${impossible}.`)
  const [inA, inB]: [Player, Player] = [
    { arm: 'a', agent: a, spec: arms.a },
    { arm: 'b', agent: b, spec: arms.b },
  ]
  const mechanisms = new Set(cells.map(({ cell }) => cell.mechanism))
  const cases = casesOf(caseScopeOf(words, policy), mechanisms, [inA, inB], seed)
  const deviations = expectedBy(words, policy)
  let found: GateRecord | undefined
  const recorded = await recordWhile(headerOf(session, seed), words, session.signal, async (recording) => {
    const settings = { run: session.run, recording, deviations }
    const claims = await claimsIn(cases, heldIn(inA, settings), inB, settings)
    const result = await measured(cells, slowed, asked, session, recording)
    const held = heldTo(tellable(words, policy, cells), result.ofB, limitsOf(a.info.os))
    found = recordOf(result, cases.length === 0 ? undefined : claims, held, asked)
    if (!recording.signal.aborted) recording.keep(found)
  })
  if (found === undefined || session.signal.aborted) return exitCodes.interrupted
  return told(found, recorded, words)
}

/** What was found, and what B was slowed down by meanwhile. */
interface Found extends GateResult {
  readonly ofB: readonly Measured[]
  /** Cells that need more system calls or context switches in B. */
  readonly costlier: readonly Breakage[]
  readonly injected?: readonly Injection[]
}

async function measured(
  cells: readonly GatedCell[],
  slowed: readonly Cell[],
  { arms, rules, seed, wanted }: Asked,
  session: Session,
  recording: Recording,
): Promise<Found> {
  const { signal } = recording
  const launching = launchingOf(session, arms, recording)
  try {
    const { heldUp, ...injected } = await injectedBy(wanted, slowed, launching.calibrating, signal)
    const inArms = launching.in({ a: arms.a, b: { ...arms.b, heldUp } })
    const result = await conductGate(cells, { rules, seed, signal, ...inArms })
    const { counted } = launching
    const more = cells.flatMap(({ cell }) => {
      const name = cellName(cell)
      return costlier(name, counted('a', name), counted('b', name))
    })
    return { ...result, ...injected, ofB: launching.measured(), costlier: more }
  } catch (error) {
    if (error instanceof GateError) throw usage(`${error.message}.`)
    throw error
  } finally {
    await launching.close()
  }
}

function recordOf(
  { decision, broken, unmeasured, faltered, costlier: more, injected }: Found,
  claims: Claims | undefined,
  held: Held,
  { arms, seed }: Asked,
): GateRecord {
  const all = [...(claims?.broken ?? []), ...broken]
  const missing = unmeasured.map(({ what }) => `${what}: it could not be measured, so that nothing is known of it`)
  const doubts = faltered.map(({ what, verdict, message }) => `${what}: ${verdict}: ${message}; repeated, it went well`)
  const noClaim = claims?.compared === 0 ? ['no claim holds in A, so that none was compared'] : []
  const unplayed = claims?.unplayed === undefined ? [] : [claims.unplayed]
  const excess = [...held.exceeded, ...more]
  const others = [...noClaim, ...unplayed, ...missing, ...doubts, ...held.doubts]
  const reasons = [...decision.reasons, ...others]
  const known = decision.verdict === 'pass' && others.length > 0 ? 'inconclusive' : decision.verdict
  return {
    type: 'gate',
    verdict: all.length + excess.length > 0 ? 'fail' : known,
    a: arms.a.says,
    b: arms.b.says,
    cells: cellsToldBy(decision),
    broken: all,
    unmeasured,
    exceeded: excess,
    reasons,
    ...(claims === undefined ? {} : { claims: claims.compared }),
    ...(injected === undefined ? {} : { injected }),
    again: commandAgain(process.argv.slice(2), seed),
  }
}
