/**
 * What a person sees while a run goes on, on standard error: on a terminal one line that is drawn over, with the count
 * and what is running; elsewhere a plain line now and then. News is printed as it comes and stays.
 */

import { shorten } from '../../reports/view/visible.ts'
import { lasting } from './durations.ts'
import { type News, newsLine } from './news.ts'
import type { Paint, Stream } from './screen.ts'

export interface Progress {
  /** Something begins: a case, a launch. */
  began(name: string): void
  /** It has ended, with news or none. */
  ended(name: string, news?: News): void
  /** Takes the status line away. */
  stop(): void
}

export interface Output extends Stream {
  write(text: string): unknown
}

export interface ProgressOptions {
  readonly stream: Output
  readonly paint: Paint
  /** What is counted: `cases`, `launches`. */
  readonly what: string
  readonly total: number
  /** Milliseconds that the rest will take, about, where somebody can tell. */
  readonly left?: () => number
}

export const progressOf = (options: ProgressOptions): Progress =>
  options.stream.isTTY === true ? liveProgress(options) : plainProgress(options)

/** Says on a terminal what is being waited for, when it takes longer than a blink. */
export async function saying<T>(stream: Output, text: string, work: Promise<T>): Promise<T> {
  if (stream.isTTY !== true) return work
  const line = shorten(text, columnsOf(stream) - 1)
  let said = false
  const late = setTimeout(() => {
    said = true
    stream.write(`\r${line}\x1b[K`)
  }, 200)
  try {
    return await work
  } finally {
    clearTimeout(late)
    if (said) stream.write('\r\x1b[K')
  }
}

/** Drawing more often would flicker, and take time from what is measured. */
const redrawMs = 60
const longestBar = 24
const shortestBar = 8
/** Room that the bar leaves to the name of what is running. */
const nameRoom = 16

/** A terminal that does not know its width says 0. */
const columnsOf = (stream: Stream): number => stream.columns || 80

/** `, 3 min left`, or nothing. */
const remaining = (left: (() => number) | undefined, done: number, total: number): string =>
  left === undefined || done === total ? '' : `, ${lasting(left())} left`

function liveProgress({ stream, paint, what, total, left }: ProgressOptions): Progress {
  const running: string[] = []
  let done = 0
  let pending: NodeJS.Timeout | undefined

  const bar = (width: number) => {
    const filled = Math.round(Math.min(1, done / total) * width)
    return `${paint('green', '━'.repeat(filled))}${paint('dim', '━'.repeat(width - filled))}  `
  }
  // A line that reached the last column would wrap, and could not be drawn over. The count stays longest, then the name.
  const status = () => {
    const most = columnsOf(stream) - 1
    const counted = `${String(done).padStart(String(total).length)}/${total} ${what}${remaining(left, done, total)}`
    const count = shorten(counted, most)
    const free = Math.min(longestBar, most - count.length - 4 - nameRoom)
    const barRoom = free < shortestBar ? 0 : free + 2
    const room = most - barRoom - count.length - 2
    const names = room < 8 || running.length === 0 ? '' : `  ${paint('dim', shorten(running.join(', '), room))}`
    return `${barRoom === 0 ? '' : bar(free)}${count}${names}`
  }
  // Written over, and then what is left of the old line erased: a line that is erased first flickers.
  const draw = () => {
    pending = undefined
    stream.write(`\r${status()}\x1b[K`)
  }
  const drawSoon = () => {
    pending ??= setTimeout(draw, redrawMs)
  }
  return {
    began(name) {
      running.push(name)
      drawSoon()
    },
    ended(name, news) {
      done++
      const index = running.indexOf(name)
      if (index !== -1) running.splice(index, 1)
      if (news !== undefined) stream.write(`\r\x1b[K${newsLine(news, paint, columnsOf(stream))}\n`)
      drawSoon()
    },
    stop() {
      clearTimeout(pending)
      stream.write('\r\x1b[K')
    },
  }
}

/** A line of news in a log: long enough for every sentence, and no longer than what an editor still shows. */
const plainColumns = 400

/** How many lines a run writes that goes well. */
const plainSteps = 10

function plainProgress({ stream, paint, what, total, left }: ProgressOptions): Progress {
  let done = 0
  let told = 0
  return {
    began: () => {},
    ended(_, news) {
      done++
      if (news !== undefined) stream.write(`${newsLine(news, paint, plainColumns)}\n`)
      const step = Math.floor((done / total) * plainSteps)
      if (step === told) return
      told = step
      stream.write(`${done}/${total} ${what}${remaining(left, done, total)}\n`)
    },
    stop: () => {},
  }
}
