/**
 * The ladder in text, 80 columns and wider: every process has its lifeline, and each call stands at the side of the
 * process that made it. Where the lines have no room beside each other they stand close together at the left, and all the
 * calls to the right of them.
 */

import type { TraceStep } from '../../harness/model.ts'
import { type Drawn, type Ladder, type Life, ladderOf, type Rung, wakerWords } from '../view/ladder.ts'
import { grouped } from '../view/numbers.ts'
import { visibleLine } from '../view/visible.ts'
import { callName, callWords, outcomeWords } from '../view/words.ts'
import { type Format, inkOf, type Span, span } from './ink.ts'
import { line, wrap } from './layout.ts'
import { cellsOf, fitted, padded, widthOf } from './width.ts'

export interface TerminalOptions {
  readonly columns: number
  readonly colour: boolean
}

const narrowestLane = 32
const closeLane = 2

export function ladderLines(record: Drawn, { columns, colour }: TerminalOptions): string[] {
  if (record.trace.length === 0) return []
  const ladder = ladderOf(record)
  const ink = inkOf(colour)
  const timeWidth = Math.max(4, ...ladder.rungs.map(({ atNs }) => micros(atNs).length))
  const room = Math.floor((columns - timeWidth - 2) / ladder.peers.length)
  const draw = room >= narrowestLane ? facing(ladder, room) : close(ladder, columns - timeWidth - 2)
  const margin = (time: string) => span(`${time.padStart(timeWidth)}  `, 'dim')
  const head = line(ink, [margin('µs'), ...draw.head])
  const rungs = ladder.rungs.flatMap((rung, index) =>
    draw.rung(rung, index).map((spans, at) => line(ink, [margin(at === 0 ? micros(rung.atNs) : ''), ...spans])),
  )
  return [head, ...rungs]
}

const micros = (ns: number): string =>
  Math.abs(ns) < longestNs ? grouped(Math.round(ns / 1000)) : (ns / 1000).toExponential(2)
/** Eleven days: a time beyond it is a mistake, and is not to push everything else aside. */
const longestNs = 1e15

interface Drawing {
  readonly head: readonly Span[]
  rung(rung: Rung, index: number): Span[][]
}

/** Lanes of equal width beside each other. */
function facing(ladder: Ladder, width: number): Drawing {
  const { peers, rungs } = ladder
  const head = peers.map((peer) => span(padded(fitted(visibleLine(peer), width - 2), width), 'bold'))
  return {
    head,
    rung(rung, index) {
      const text = wrap(wordsOf(ladder, rung), width - 3)
      return text.map((words, at) => {
        const lanes = peers.flatMap((_, lane) =>
          lane === rung.peer
            ? [railOf(rung, lane, at, rungs[index + 1]), ...fill(words, width - 1)]
            : [railOf(rung, lane, at, rungs[index + 1]), span(' '.repeat(width - 1))],
        )
        return at === 0 ? withArrow(lanes, rung, words, width) : lanes
      })
    },
  }
}

/** Lifelines close together, as long as they leave room for calls; the name of a process where it changes. */
function close(ladder: Ladder, width: number): Drawing {
  const { peers, rungs } = ladder
  const names = Math.min(18, Math.max(...peers.map((peer) => widthOf(visibleLine(peer)))))
  const drawn = 2 * closeLane * peers.length <= width ? peers : []
  const rails = closeLane * drawn.length
  return {
    head: [],
    rung(rung, index) {
      const named = rungs[index - 1]?.peer !== rung.peer
      const text = wrap(wordsOf(ladder, rung), Math.max(20, width - rails - names - 2))
      return text.map((words, at) => [
        ...drawn.flatMap((_, lane) => [railOf(rung, lane, at, rungs[index + 1]), span(' ')]),
        span(padded(fitted(named && at === 0 ? visibleLine(peers[rung.peer] ?? '') : '', names), names), 'bold'),
        span('  '),
        ...words,
      ])
    },
  }
}

const fill = (words: readonly Span[], width: number): Span[] => [
  span(' '),
  ...words,
  span(' '.repeat(Math.max(0, width - 1 - lengthOf(words)))),
]
const lengthOf = (words: readonly Span[]): number => words.reduce((sum, { text }) => sum + widthOf(text), 0)

const rails: Readonly<Record<Life, Span>> = {
  unborn: span(' '),
  running: span('│', 'dim'),
  waiting: span('┃', 'yellow'),
  gone: span(' '),
}
const dots: Readonly<Record<Rung['kind'], string>> = { call: '●', begin: '○', return: '●', unanswered: '○', event: '■' }

/** The lifeline beside a line of a rung: the acting process has its dot, and below it what it does next. */
function railOf(rung: Rung, lane: number, at: number, next: Rung | undefined): Span {
  if (lane === rung.peer && at === 0) return span(dots[rung.kind])
  const after = next?.lives[lane] ?? rung.lives[lane] ?? 'running'
  if (lane === rung.peer)
    return rails[
      rung.kind === 'begin' || rung.kind === 'unanswered' ? 'waiting' : after === 'waiting' ? 'running' : after
    ]
  return rails[rung.lives[lane] ?? 'running']
}

/** From the process that woke to the one that was woken. */
function withArrow(lanes: readonly Span[], rung: Rung, words: readonly Span[], width: number): Span[] {
  if (rung.wokenBy === undefined) return [...lanes]
  const cells = lanes.flatMap(({ text, format }) => cellsOf(text).map((character) => span(character, format)))
  const [from, to] = [rung.wokenBy.peer * width, rung.peer * width]
  const forward = from < to
  const start = forward ? from + 1 : to + lengthOf(words) + 3
  const end = forward ? to - 2 : from - 1
  if (end - start < 2) return [...lanes]
  for (let at = start; at <= end; at++) cells[at] = span(cells[at]?.text === ' ' ? '─' : '┼', 'yellow')
  cells[from] = span(forward ? '├' : '┤', 'yellow')
  cells[forward ? end : start] = span(forward ? '▶' : '◀', 'yellow')
  return cells
}

function wordsOf(ladder: Ladder, rung: Rung): Span[] {
  const { step } = rung
  if (rung.kind === 'event') return [span(visibleLine(step.event ?? ''), 'italic')]
  if (rung.kind === 'begin') return [span(callWords(step)), ...(step.blocked ? [span(' waits', 'yellow')] : [])]
  if (rung.kind === 'unanswered') return [span(callWords(step)), span(' never returned', 'italic')]
  return [
    span(rung.kind === 'return' ? callName(step) : callWords(step)),
    ...outcomeSpans(step),
    ...wakerSpans(ladder, rung),
  ]
}

function outcomeSpans(step: TraceStep): Span[] {
  if (step.outcome === undefined) return []
  const { result, failed, brought } = outcomeWords(step.outcome)
  const format: Format = failed ? 'red' : 'bold'
  return [span(' '), span(result, format), ...(brought === '' ? [] : [span(` ${brought}`)])]
}

const wakerSpans = (ladder: Ladder, { wokenBy }: Rung): Span[] =>
  wokenBy === undefined ? [] : [span(` ${visibleLine(wakerWords(ladder, wokenBy))}`, 'dim')]
