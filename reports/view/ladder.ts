/**
 * A trace as a ladder: one lifeline per process, one rung per thing that happened, in the order in which it happened. A
 * call during which something else happened has two rungs, where it began and where it returned, and its process is drawn
 * as waiting between them. Which reports draw it, and how, is theirs; this file only says what there is to draw.
 */

import type { CaseRecord, TraceStep } from '../../harness/model.ts'
import { callName } from './words.ts'

/** What a process is doing while a rung of another one is drawn. */
export type Life = 'unborn' | 'running' | 'waiting' | 'gone'

/**
 * `call`: began and returned with nothing between · `begin` and `return`: the two ends of a call that lasted ·
 * `unanswered`: a call that never returned · `event`: no call, such as the end of the process.
 */
export type RungKind = 'call' | 'begin' | 'return' | 'unanswered' | 'event'

export interface Rung {
  readonly kind: RungKind
  /** Which lifeline: an index into `peers`. */
  readonly peer: number
  readonly atNs: number
  readonly step: TraceStep
  /** What every process is doing at this rung, its own included. */
  readonly lives: readonly Life[]
  /** For the return of a call that the system saw waiting: what another process began or suffered last before it. */
  readonly wokenBy?: { readonly peer: number; readonly step: TraceStep }
}

export interface Ladder {
  /** What the lifelines are called. */
  readonly peers: readonly string[]
  readonly rungs: readonly Rung[]
}

interface Mark {
  readonly kind: RungKind
  readonly step: TraceStep
  readonly peer: number
  readonly atNs: number
}

/** The events of harness/pair/trace.ts that end a process. */
const isEnding = (step: TraceStep): boolean => /^(was killed by|exited with|ended)/.test(step.event ?? '')

/** What is drawn: a trace, and, where peers ran on two systems, which of them ran where. */
export type Drawn = Pick<CaseRecord, 'trace'> & Partial<Pick<CaseRecord, 'os' | 'with'>>

export function ladderOf({ trace, os, with: other }: Drawn): Ladder {
  const peers = [...new Set(trace.map((step) => step.peer))]
  const marks = marksOf(trace, peers)
  const lives: Life[] = peers.map((peer) => (isBornLater(trace, peer) ? 'unborn' : 'running'))
  const began = new Map<TraceStep, number>()
  const rungs = marks.map((mark, index): Rung => {
    if (mark.kind === 'begin') began.set(mark.step, index)
    const waker = mark.step.blocked ? lastOther(marks, began.get(mark.step) ?? index, index, mark.peer) : undefined
    lives[mark.peer] = lifeAt(mark)
    const rung: Rung = { ...mark, lives: [...lives], ...(waker && { wokenBy: { peer: waker.peer, step: waker.step } }) }
    lives[mark.peer] = lifeAfter(mark)
    const child = mark.kind === 'begin' ? -1 : peers.findIndex((peer) => isForkOf(mark.step, peer))
    if (lives[child] === 'unborn') lives[child] = 'running'
    return rung
  })
  const placed = (peer: string) => `${peer} (${other?.peers.includes(peer) ? other.os : os})`
  return { peers: other === undefined ? peers : peers.map(placed), rungs }
}

/** Nothing is drawn above the start of a process, or above the fork that made it. */
const isBornLater = (trace: readonly TraceStep[], peer: string): boolean =>
  trace.find((step) => step.peer === peer)?.event === 'starts' || trace.some((step) => isForkOf(step, peer))

/** A fork names the new process as `SCOPE/ROLE`. */
const isForkOf = (step: TraceStep, peer: string): boolean =>
  step.call === 'fork' && typeof step.args[0] === 'string' && step.args[0].split('/').at(-1) === peer

const lifeAt = (mark: Mark): Life =>
  mark.kind === 'begin' || mark.kind === 'return' || mark.kind === 'unanswered' ? 'waiting' : 'running'

function lifeAfter(mark: Mark): Life {
  if (mark.kind === 'begin' || mark.kind === 'unanswered') return 'waiting'
  return isEnding(mark.step) ? 'gone' : 'running'
}

function marksOf(trace: readonly TraceStep[], peers: readonly string[]): Mark[] {
  const begins = beginsOf(trace)
  const sorted = [...begins.values()].sort((a, b) => a - b)
  const marks = trace.flatMap((step): Mark[] => {
    const peer = peers.indexOf(step.peer)
    const from = begins.get(step) ?? step.at
    const mark = (kind: RungKind, atNs: number): Mark => ({ kind, step, peer, atNs })
    if (step.event !== undefined) return [mark('event', from)]
    if (step.until === undefined) return [mark('unanswered', from)]
    if (step.blocked || anyWithin(sorted, from, step.until)) return [mark('begin', from), mark('return', step.until)]
    return [mark('call', from)]
  })
  return marks.sort((a, b) => a.atNs - b.atNs)
}

/** A process makes one call after another: one that was asked for early begins when the one before it has returned. */
function beginsOf(trace: readonly TraceStep[]): Map<TraceStep, number> {
  const free = new Map<string, number>()
  const begins = new Map<TraceStep, number>()
  for (const step of trace) {
    const from = step.event === undefined ? Math.max(step.at, free.get(step.peer) ?? 0) : step.at
    begins.set(step, from)
    if (step.until !== undefined) free.set(step.peer, step.until)
  }
  return begins
}

/** Whether anything began strictly between two times. */
function anyWithin(sorted: readonly number[], from: number, to: number): boolean {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? 0) > from) high = middle
    else low = middle + 1
  }
  return (sorted[low] ?? Number.POSITIVE_INFINITY) < to
}

function lastOther(marks: readonly Mark[], from: number, to: number, peer: number): Mark | undefined {
  for (let i = to - 1; i > from; i--) {
    const mark = marks[i]
    if (mark !== undefined && mark.peer !== peer && mark.kind !== 'return') return mark
  }
  return undefined
}

/** `woken by write`; of whom, too, where more than one process could have done it. */
export function wakerWords({ peers }: Ladder, { peer, step }: NonNullable<Rung['wokenBy']>): string {
  if (step.event !== undefined) return `woken when ${peers[peer]} ${step.event}`
  return peers.length > 2 ? `woken by ${callName(step)} of ${peers[peer]}` : `woken by ${callName(step)}`
}
