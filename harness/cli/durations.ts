/** Lengths of time as people write and read them. */

import { usage } from './failures.ts'

const seconds: Readonly<Record<string, number>> = { s: 1, min: 60, m: 60, h: 3600 }

/** `90s`, `10m`, `1.5h` in milliseconds. */
export function durationOf(option: string, text: string): number {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?) ?(s|m|min|h)$/.exec(text) ?? []
  const length = 1000 * Number(digits) * (seconds[unit] ?? 0)
  if (length >= 1000) return length
  throw usage(`--${option} is a length of time of a second or more, such as 90s, 10m or 1h, and '${text}' is none.`)
}

/** `4 s`, `3 min`, `1 h 20 min`: as precise as an estimate is. */
export function lasting(ms: number): string {
  const all = Math.max(1, Math.round(ms / 1000))
  if (all < 90) return `${all} s`
  const minutes = Math.round(all / 60)
  if (minutes < 90) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h${minutes % 60 === 0 ? '' : ` ${minutes % 60} min`}`
}
