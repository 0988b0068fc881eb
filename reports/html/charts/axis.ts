/**
 * Axes: what they reach from and to, a few ticks that a person would choose, and what those are called. An axis is made of
 * all the values of a chart, so that its pictures share it and can be compared.
 */

import { extent } from 'd3-array'
import { format } from 'd3-format'
import { type ScaleContinuousNumeric, scaleLinear, scaleLog } from 'd3-scale'
import { bytes } from '../../view/numbers.ts'

export interface Axis {
  readonly kind: 'log' | 'linear'
  readonly domain: readonly [number, number]
  readonly ticks: readonly number[]
  words(value: number): string
}

/** Whether a logarithmic scale has a place for it. */
export const hasPlace = (value: number | undefined): value is number =>
  value !== undefined && Number.isFinite(value) && value > 0

const reach = (values: readonly number[]): readonly [number, number] => {
  const [least = 1, most = 1] = extent(values.filter(hasPlace))
  return [least, most]
}

const fewestTicks = 3
const mostTicks = 7

/** Ten to the tick; of less than two decades also twos and fives, and of many only some. */
export function decades(values: readonly number[], words: (value: number) => string): Axis {
  const [least, most] = reach(values)
  const domain = [least / 1.15, Math.min(most * 1.15, Number.MAX_VALUE)] as const
  const [from, to] = [Math.floor(Math.log10(domain[0])), Math.ceil(Math.log10(domain[1]))]
  const powers = Array.from({ length: to - from + 1 }, (_, at) => 10 ** (from + at))
  const within = (ticks: readonly number[]) => ticks.filter((tick) => tick >= domain[0] && tick <= domain[1])
  const plain = within(powers)
  const fine = [
    [1, 3],
    [1, 2, 5],
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  ].map((steps) => within(powers.flatMap((power) => steps.map((step) => step * power))))
  const enough = [plain, ...fine].find((ticks) => ticks.length >= fewestTicks) ?? fine.at(-1) ?? plain
  const skipped = Math.ceil(enough.length / mostTicks)
  return { kind: 'log', domain, ticks: enough.filter((_, at) => at % skipped === 0), words }
}

/** Sizes: powers of two, at steps of two, four, sixteen, sixty-four, … times. */
export function sizes(values: readonly number[]): Axis {
  const domain = reach(values)
  const [from, to] = [Math.log2(domain[0]), Math.log2(domain[1])]
  const step = [1, 2, 4, 6, 10, 20, 40, 80, 160, 320].find((one) => (to - from) / one <= mostTicks - 2) ?? 640
  const first = Math.ceil(from / step)
  const ticks = Array.from(
    { length: Math.max(0, Math.floor(to / step) - first + 1) },
    (_, at) => 2 ** ((first + at) * step),
  )
  return { kind: 'log', domain, ticks, words: bytes }
}

/** Each value that there is: numbers of peers, rates. */
export function steps(values: readonly number[], words: (value: number) => string): Axis {
  const present = [...new Set(values.filter(hasPlace))].sort((a, b) => a - b)
  const skipped = Math.ceil(present.length / mostTicks)
  return { kind: 'log', domain: reach(present), ticks: present.filter((_, at) => at % skipped === 0), words }
}

/** From nothing: what is stacked has to begin there. */
export function fromZero(values: readonly number[], words: (value: number) => string): Axis {
  const [, most] = reach(values)
  const scale = scaleLinear().domain([0, most]).nice(4)
  return { kind: 'linear', domain: [0, scale.domain()[1] ?? most], ticks: scale.ticks(4), words }
}

export const scaleOf = (
  { kind, domain }: Axis,
  range: readonly [number, number],
): ScaleContinuousNumeric<number, number> => (kind === 'log' ? scaleLog() : scaleLinear()).domain(domain).range(range)

/** A narrow space that does not break. */
const gap = '\u202f'
const short = format('.3~s')

/** With the prefix that makes it short: `10 µs`, `2 GB/s`. */
export function prefixed(value: number, unit: string): string {
  // Beyond yotta there is no prefix.
  if (value >= 1e27 || value < 1e-24) return `${value.toExponential(0)}${gap}${unit}`
  const said = short(value)
  const prefix = /\D$/.exec(said)?.[0] ?? ''
  return `${said.slice(0, said.length - prefix.length)}${gap}${prefix}${unit}`
}

export const duration = (ns: number): string => prefixed(ns / 1e9, 's')
export const byteRate = (perSecond: number): string => prefixed(perSecond, 'B/s')
export const messageRate = (perSecond: number): string => prefixed(perSecond, '/s')
