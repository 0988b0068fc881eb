/**
 * A gate as it is played: blocks of every cell first, then fresh blocks of those that gave cause, and of A against A beside
 * them; cells in a new random order each time, so that what the machine does meanwhile falls on all of them. What is
 * measured here is decided upon in `decide.ts`.
 */

import { shuffled } from '../measure/random.ts'
import { cellName } from '../measure/schedule.ts'
import type { ArmName, Breakage, Cell, LaunchRecord } from '../model.ts'
import { type Arm, type Block, orderOf } from './blocks.ts'
import { costOf } from './costs.ts'
import { type Control, type Decision, decide, type Evidence, isFlagged, meanSteal, unattainable } from './decide.ts'
import type { Rules } from './rules.ts'

/** A cell that is gated, with its own least effect where it has one. */
export interface GatedCell {
  readonly cell: Cell
  readonly minEffect?: number
}

export interface GateResult {
  readonly decision: Decision
  /** What only B got wrong, confirmed by a second launch of both. */
  readonly broken: readonly Breakage[]
  /** Cells that A itself could not measure, or not each time, and why: nothing is said of them. */
  readonly unmeasured: readonly Breakage[]
  /** Cells of which a launch went wrong that went well when it was repeated: what they do is no pass. */
  readonly faltered: readonly Breakage[]
  /** The logarithms of what launches of A cost, about their median, cell by cell: the noise of this machine. */
  readonly noise: readonly number[]
}

export interface Conducting {
  /** `control` is A too: its launches stand on the side of B. */
  launch(arm: ArmName, cell: Cell, round: number): Promise<LaunchRecord>
  /** Told how many launches come next. */
  onStage?(launches: number): void
  readonly rules: Rules
  readonly seed: number
  readonly signal: AbortSignal
}

/** Why there is nothing to decide by; nothing where there is something. */
export class GateError extends Error {
  override readonly name = 'GateError'
}

export async function conductGate(cells: readonly GatedCell[], conducting: Conducting): Promise<GateResult> {
  const { rules, signal } = conducting
  const sentence = unattainable(cells.length, rules)
  if (sentence !== undefined) throw new GateError(sentence)
  const tracks = cells.map((gated) => trackOf(gated))
  await measureRounds(tracks, rules.routingBlocks, 'routing', conducting)
  const running = tracks.filter(({ fate }) => fate === undefined)
  const flagged = running.filter((track) => isFlagged(evidenceOf(track), rules))
  const control = flagged[0] === undefined ? undefined : controlOf(flagged[0])
  if (control !== undefined && !signal.aborted) {
    await measureRounds([...flagged, control], rules.decidingBlocks, 'deciding', conducting)
  }
  const sound = tracks.filter(({ fate }) => fate === undefined)
  const decision = decide(
    sound.map(evidenceOf),
    {
      ...(control === undefined ? {} : { control: evidenceOfControl(control) }),
      steal: stealOf(control === undefined ? tracks : [...tracks, control]),
    },
    rules,
  )
  const fates = (what: Fate['what']) => tracks.flatMap(({ fate }) => (fate?.what === what ? [fate.breakage] : []))
  return {
    decision,
    broken: fates('broken'),
    unmeasured: fates('unmeasured'),
    faltered: [...sound, ...(control === undefined ? [] : [control])].flatMap(({ faltered }) => faltered),
    noise: tracks.flatMap(noiseOf),
  }
}

// ---------------------------------------------------------------------------------------------------- one cell's track

interface Fate {
  readonly what: 'broken' | 'unmeasured'
  readonly breakage: Breakage
}

/** What is known of a cell while the gate is played. */
interface Track {
  readonly gated: GatedCell
  readonly name: string
  /** Whether both sides of its blocks are A. */
  readonly control: boolean
  readonly routing: Block[]
  readonly deciding: Block[]
  /** The share of time that a hypervisor took, launch by launch. */
  readonly steal: number[]
  /** Blocks that a launch spoilt which then went well, by the arm whose launch it was. */
  readonly spoilt: Record<Arm, number>
  /** Launches that went well. */
  readonly well: Record<Arm, number>
  readonly faltered: Breakage[]
  /** Set when the cell can no longer be gated. */
  fate: Fate | undefined
}

const trackOf = (gated: GatedCell): Track => ({
  gated,
  name: cellName(gated.cell),
  control: false,
  routing: [],
  deciding: [],
  steal: [],
  spoilt: { a: 0, b: 0 },
  well: { a: 0, b: 0 },
  faltered: [],
  fate: undefined,
})

const stealOf = (tracks: readonly Track[]): number => meanSteal(tracks.flatMap(({ steal }) => steal))

const controlOf = ({ gated, name }: Track): Track => ({
  ...trackOf(gated),
  name: `${name} (A against A)`,
  control: true,
})

const evidenceOf = ({ name, gated: { minEffect }, routing, deciding }: Track): Evidence => ({
  cell: name,
  ...(minEffect === undefined ? {} : { minEffect }),
  routing,
  ...(deciding.length === 0 ? {} : { deciding }),
})

const evidenceOfControl = ({ gated: { minEffect }, deciding, fate }: Track): Control => ({
  ...(minEffect === undefined ? {} : { minEffect }),
  blocks: deciding,
  ...(fate === undefined ? {} : { lost: `${fate.breakage.verdict}: ${fate.breakage.message ?? 'it has no figure'}` }),
})

function noiseOf({ routing, deciding }: Track): number[] {
  const logarithms = [...routing, ...deciding].flatMap(({ a }) => a.map(Math.log))
  const sorted = [...logarithms].sort((x, y) => x - y)
  const middle = sorted[sorted.length >> 1] ?? 0
  return logarithms.map((value) => value - middle)
}

// ------------------------------------------------------------------------------------------------------------- measuring

async function measureRounds(
  tracks: readonly Track[],
  blocks: number,
  stage: 'routing' | 'deciding',
  conducting: Conducting,
): Promise<void> {
  conducting.onStage?.(4 * blocks * tracks.length)
  for (let number = 0; number < blocks; number++) {
    for (const track of shuffled(tracks, conducting.seed + number + (stage === 'deciding' ? 1000 : 0))) {
      if (conducting.signal.aborted) return
      if (track.fate === undefined) await measureBlock(track, number, stage, conducting)
    }
  }
}

async function measureBlock(
  track: Track,
  number: number,
  stage: 'routing' | 'deciding',
  conducting: Conducting,
): Promise<void> {
  const costs: Record<Arm, number[]> = { a: [], b: [] }
  for (const arm of orderOf(number)) {
    const record = await conducting.launch(arm === 'b' && track.control ? 'control' : arm, track.gated.cell, number)
    if (conducting.signal.aborted) return
    const cost = costOf(record)
    if (cost === undefined) {
      track.fate = await fateOf(track, arm, record, conducting)
      if (track.fate === undefined) await measureBlock(track, number, stage, conducting)
      return
    }
    costs[arm].push(cost)
    track.well[arm]++
    track.steal.push(record.measures?.steal ?? 0)
  }
  track[stage].push(costs as unknown as Block)
}

/** So many launches that went wrong, some of them of A, are too many to gate a cell by. */
const mostSpoilt = 3
/** So many of B and none of A are no luck any more, even of launches of which three in a hundred fail. */
const mostOfB = 5

/**
 * One confirmation: both arms once more. What failed in B and fails again, and has never gone well there, is broken; so is
 * what fails there again and again and never in A. What went well before fails by luck too, in identical arms: it is counted,
 * and told. What fails in A again cannot be gated.
 */
async function fateOf(track: Track, arm: Arm, first: LaunchRecord, conducting: Conducting): Promise<Fate | undefined> {
  const { gated, name, control, spoilt, well } = track
  const inA = await conducting.launch('a', gated.cell, 0)
  const inB = await conducting.launch(control ? 'control' : 'b', gated.cell, 0)
  if (conducting.signal.aborted) return undefined
  const told = ({ verdict, message }: LaunchRecord): Breakage => ({
    what: name,
    verdict,
    ...(message === undefined ? {} : { message }),
  })
  if (costOf(inA) === undefined) return { what: 'unmeasured', breakage: told(inA) }
  const failed: [Arm, LaunchRecord][] = [
    [arm, first],
    ...(costOf(inB) === undefined ? [['b', inB] as [Arm, LaunchRecord]] : []),
  ]
  if (failed.length === 2 && control) return { what: 'unmeasured', breakage: told(inB) }
  if (failed.length === 2 && arm === 'b' && well.b === 0) return { what: 'broken', breakage: told(inB) }
  for (const [side] of failed) spoilt[side]++
  if (spoilt.a + spoilt.b >= (spoilt.a === 0 && !control ? mostOfB : mostSpoilt)) {
    if (spoilt.a > 0 || control) return { what: 'unmeasured', breakage: told(first) }
    return { what: 'broken', breakage: { ...told(first), origin: 'repeated' } }
  }
  for (const [side, { verdict, message = 'it has no figure' }] of failed) {
    const whose = side === 'b' && !control ? 'B' : 'A'
    track.faltered.push({ what: name, verdict, message: `one launch of ${whose}: ${message.replace(/\.$/, '')}` })
  }
  return undefined
}
