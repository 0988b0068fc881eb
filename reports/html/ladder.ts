/**
 * A ladder as a list: every rung is an item whose classes say on which lifeline it stands and which of them wait, and
 * the style sheet draws the lines. So it reads as a list without the style, wraps on a narrow screen, and costs few
 * bytes: a page holds hundreds of them.
 */

import type { TraceStep } from '../../harness/model.ts'
import { type Drawn, type Ladder, ladderOf, type Rung, wakerWords } from '../view/ladder.ts'
import { grouped } from '../view/numbers.ts'
import { callName, callWords, outcomeWords } from '../view/words.ts'
import { escaped, type Html, html, nothing, trusted } from './escape.ts'

/** A longer ladder is shown without its middle: nobody reads it, and it would make the page heavy. */
const longest = 160
const head = 110
const tail = 40

/** The style sheet draws so many lifelines; the processes beyond share the last. */
const lifelines = 8

export function ladder(record: Drawn): Html {
  if (record.trace.length === 0) return nothing
  const drawn = ladderOf(record)
  const count = Math.min(drawn.peers.length, lifelines)
  const names = drawn.peers.map((peer) => html`<b>${peer}</b>`)
  const rungs = drawn.rungs.map((rung, index) => item(drawn, rung, drawn.rungs[index - 1]))
  return html`<ol class="l n${count}"><li class=h>${names}<i>µs</i>${trusted(withoutMiddle(rungs).join(''))}</ol>`
}

function withoutMiddle(rungs: readonly string[]): readonly string[] {
  if (rungs.length <= longest) return rungs
  const left = grouped(rungs.length - head - tail)
  return [...rungs.slice(0, head), `<li class=gap>${left} more are in results.jsonl`, ...rungs.slice(-tail)]
}

/** One rung; the closing tag of a list item may be left out. */
function item(drawn: Ladder, rung: Rung, before: Rung | undefined): string {
  const name = before?.peer === rung.peer ? '' : `<u>${escaped(drawn.peers[rung.peer] ?? '')}</u>`
  const time = `<i>${grouped(Math.round(rung.atNs / 1000))}</i>`
  return `<li class="${classes(rung)}">${name}${time}${words(drawn, rung)}`
}

const lane = (peer: number): number => Math.min(peer, lifelines - 1)

const kinds: Readonly<Record<Rung['kind'], string>> = {
  call: '',
  begin: ' B',
  return: ' R',
  unanswered: ' B',
  event: ' E',
}

function classes(rung: Rung): string {
  let names = `p${lane(rung.peer)}${kinds[rung.kind]}`
  for (const [peer, life] of rung.lives.entries()) {
    if (peer === rung.peer || peer >= lifelines) continue
    if (life === 'waiting') names += ` w${peer}`
    else if (life !== 'running') names += ` z${peer}`
  }
  return rung.wokenBy === undefined ? names : `${names} k${lane(rung.wokenBy.peer)}`
}

function words(drawn: Ladder, rung: Rung): string {
  const { step } = rung
  if (rung.kind === 'event') return `<em>${escaped(step.event ?? '')}</em>`
  const call = escaped(rung.kind === 'return' ? callName(step) : callWords(step))
  if (rung.kind === 'begin') return `${call}${step.blocked ? ' <em>waits</em>' : ''}`
  if (rung.kind === 'unanswered') return `${call} <em>never returned</em>`
  return `${call} ${outcome(step)}${waker(drawn, rung)}`
}

function outcome(step: TraceStep): string {
  if (step.outcome === undefined) return ''
  const { result, failed, brought } = outcomeWords(step.outcome)
  return `<b${failed ? ' class=e' : ''}>${escaped(result)}</b>${brought === '' ? '' : ` ${escaped(brought)}`}`
}

const waker = (drawn: Ladder, { wokenBy }: Rung): string =>
  wokenBy === undefined ? '' : ` <em>${escaped(wakerWords(drawn, wokenBy))}</em>`
