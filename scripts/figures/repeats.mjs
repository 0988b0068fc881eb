// Whether figures come again: the same cells in several runs, pinned, and how far the row of each strays.
import { builtHarness } from '../built.mjs'
import { bench } from './benching.mjs'

const runs = 5
const within = 0.05
const shareWanted = 0.9
/** The median round trips of channels, one message at a call, where both sides have been told where to run. */
const selectors = [
  'pipe',
  'fifo',
  'unix-stream',
  'unix-dgram',
  'tcp',
  'udp',
  'posix-mq',
  'sysv-msg',
  'pingpong',
  'size:64',
]
const pinned = [
  ...['--placement', 'same-core', '--placement', 'cross-core', '--cores', 'awake'],
  ...['--wait', 'block', '--method', 'plain', '--runtime', 'native'],
]

/** @param {{ budget: string }} options @returns {Promise<import('./benching.mjs').Figure[]>} */
export async function repeatFigures({ budget }) {
  const { median, summaries, cellName } = await builtHarness()
  /** @type {Map<string, number[]>} */
  const values = new Map()
  for (let run = 0; run < runs; run++) {
    const { launches } = await bench([...selectors, '!baseline', ...pinned, '--budget', budget, '--seed', `${run + 1}`])
    for (const { cell, value } of summaries(launches)) {
      values.set(cellName(cell), [...(values.get(cellName(cell)) ?? []), value])
    }
  }
  const strays = [...values].map(([name, all]) => {
    const centre = median(all)
    const by = Math.max(...all.map((value) => Math.abs(value / centre - 1)))
    return { name, by: all.length === runs ? by : Number.POSITIVE_INFINITY }
  })
  const steady = strays.filter(({ by }) => by <= within).length
  const worst = strays.sort((a, b) => b.by - a.by)[0]
  return [
    {
      name: `round trips, p50, of ${runs} runs (budget ${budget}) that stay within ${100 * within} % of their median`,
      found: `${steady} of ${strays.length}; most astray ${worst?.name}, by ${(100 * (worst?.by ?? 0)).toFixed(1)} %`,
      wanted: 'nine of ten',
      holds: strays.length > 0 && steady >= shareWanted * strays.length,
    },
  ]
}
