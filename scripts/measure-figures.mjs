// Prints the figures that ipcmark promises of its own measuring, each with what was promised and whether it holds. Needs a
// build and a machine that does nothing else: what it compares it compares in interleaved blocks, but a busy machine
// takes its time all the same. Fails when one does not hold.
//
//   node scripts/measure-figures.mjs [loops | rings | launches | repeats | memory | gate-same | gate-busy |
//     gate-slower-20 | gate-slower-10 | gate-broken …] [--blocks 10] [--budget default]
import { parseArgs } from 'node:util'
import { gateFigure, gateKinds } from './figures/gates.mjs'
import { launchFigures } from './figures/launches.mjs'
import { memoryFigures } from './figures/memory.mjs'
import { pageFigures } from './figures/pages.mjs'
import { repeatFigures } from './figures/repeats.mjs'
import { ringFigures } from './figures/rings.mjs'
import { compare, everything } from './reference-ratios.mjs'
import { Failure, isMain, main } from './steps.mjs'

/** @typedef {import('./figures/benching.mjs').Figure} Figure */
/** @typedef {{ blocks: number, budget: string }} Options */

/** What each loop takes against the one written by hand. @param {Options} options @returns {Promise<Figure[]>} */
async function loopFigures({ blocks }) {
  const rows = await compare({ ...everything, blocks })
  return rows.map(({ name, why, ratio, interval, within }) => ({
    name: `${name}, × by hand`,
    found: why || `${ratio.toFixed(3)} (${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`,
    wanted: `at most ${everything.limit}`,
    holds: within,
  }))
}

/** @type {Readonly<Record<string, (options: Options) => Promise<Figure[]>>>} */
export const parts = {
  loops: loopFigures,
  rings: ringFigures,
  launches: launchFigures,
  repeats: repeatFigures,
  memory: memoryFigures,
  pages: pageFigures,
  ...Object.fromEntries(gateKinds.map((kind) => [`gate-${kind}`, gateFigure(kind)])),
}

/** @param {Figure} figure */
export const lineOf = ({ name, found, wanted, holds }) =>
  `${holds ? 'holds' : 'FAILS'}  ${name}: ${found}; wanted: ${wanted}`

/** @param {readonly string[]} words */
export function read(words) {
  const text = /** @type {const} */ ({ type: 'string' })
  const options = { blocks: { ...text, default: '10' }, budget: { ...text, default: 'default' } }
  const { values, positionals } = parseArgs({ args: [...words], allowPositionals: true, options })
  const unknown = positionals.find((name) => !(name in parts))
  if (unknown !== undefined) throw new Failure(`'${unknown}' is none of ${Object.keys(parts).join(', ')}`)
  const blocks = Number(values.blocks)
  if (!(Number.isInteger(blocks) && blocks >= 1)) throw new Failure('--blocks is a whole number from 1')
  return { names: positionals.length === 0 ? Object.keys(parts) : positionals, blocks, budget: values.budget }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const { names, ...options } = read(process.argv.slice(2))
    let holding = true
    for (const name of names) {
      for (const figure of (await parts[name]?.(options)) ?? []) {
        console.log(lineOf(figure))
        holding &&= figure.holds
      }
    }
    return holding ? 0 : 1
  })
}
