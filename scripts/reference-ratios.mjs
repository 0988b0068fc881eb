// Holds ipcmark's timed loops against loops written by hand in C (native/reference/by_hand). Both are played in turns by
// the same two processes over the same link, in blocks of four turns (ours, by hand, by hand, ours, and the mirror image),
// on one core and across two that are kept awake; what is printed is the median ratio of the blocks of several pairs:
// 1.02 means that ours takes 2 % longer. Fails when a ratio is beyond the limit. Needs a build.
//
//   node scripts/reference-ratios.mjs [--blocks 10] [--pairs 3] [--limit 1.02] [--sizes 64]
//     [--mechanisms pipe,tcp] [--workloads pingpong,stream,handoff] [--placements same-core,cross-core] [--json]
import { parseArgs } from 'node:util'
import { built, builtHarness } from './built.mjs'
import { Failure, isMain, main } from './steps.mjs'

/** @typedef {import('../harness/model.ts').Cell} Cell */
/** @typedef {{ blocks: number, pairs: number, limit: number, sizes: number[], mechanisms: string[], workloads: string[],
 *   placements: string[], agent?: string }} Wanted */
/** @typedef {{ ours: number, byHand: number }} Block nanoseconds */

const channels = ['pipe', 'fifo', 'unix-stream', 'unix-dgram', 'tcp', 'udp', 'sysv-msg', 'posix-mq']
const counters = ['futex', 'eventfd']
/** Of UDP some is lost in a stream, and how much decides over its rate. */
const streams = channels.filter((id) => id !== 'udp')
const mechanismsOf = { pingpong: channels, stream: streams, handoff: counters }

/** @type {Wanted} */
export const everything = {
  blocks: 10,
  pairs: 3,
  limit: 1.02,
  sizes: [64],
  mechanisms: [...channels, ...counters],
  workloads: Object.keys(mechanismsOf),
  placements: ['same-core', 'cross-core'],
}

/** The cells that are compared. @param {Wanted} wanted @returns {Cell[]} */
export const cellsOf = ({ mechanisms, workloads, sizes, placements }) =>
  /** @type {const} */ (['pingpong', 'stream', 'handoff'])
    .filter((workload) => workloads.includes(workload))
    .flatMap((workload) =>
      mechanismsOf[workload]
        .filter((mechanism) => mechanisms.includes(mechanism))
        .flatMap((mechanism) =>
          (workload === 'handoff' ? [0] : sizes).flatMap((size) =>
            placements.map((placement) => ({
              ...{ mechanism, workload, size, cores: /** @type {const} */ ('awake') },
              ...{ placement: /** @type {Cell['placement']} */ (placement), runtime: /** @type {const} */ ('native') },
            })),
          ),
        ),
    )

/** The four turns of each block, as a mean of either. @param {readonly number[]} ours @param {readonly number[]} byHand
 * @returns {Block[]} */
export const blocksOf = (ours, byHand) =>
  Array.from({ length: ours.length / 2 }, (_, block) => {
    const mean = (/** @type {readonly number[]} */ turns) =>
      (Number(turns[2 * block]) + Number(turns[2 * block + 1])) / 2
    return { ours: mean(ours), byHand: mean(byHand) }
  })

/** How long a turn lasts. On one core a stream goes by turns of the scheduler, and one of ours has to hold some of them.
 * @param {Cell} cell */
const turnMs = ({ workload, placement }) => (workload !== 'stream' ? 10 : placement === 'same-core' ? 60 : 30)

/** Opens the session in which cells are compared; `end` closes it. @param {Pick<Wanted, 'agent'>} wanted */
async function openSession({ agent: path = built('build/linux/ipcmark-agent-reference') }) {
  const { startAgent, makeRunId, sweepRun, freshScope, runLaunch, figureOf, suite } = await builtHarness()
  const run = makeRunId()
  const agent = await startAgent('native', run, { agent: path })
  /** @param {Cell} cell @param {typeof agent} on */
  const launch = async (cell, on) => {
    const options = { target: /** @type {const} */ ('native'), run, mechanisms: suite.mechanisms, deadlineMs: 120_000 }
    const budget = { rounds: 1, warmupMs: 20, measureMs: 60 }
    const record = await runLaunch({ cell, round: 0 }, on, freshScope('launch'), { ...options, budget, onRecord() {} })
    const figure = record.measures && figureOf(record.measures)
    if (figure === undefined) throw new Failure(`${record.verdict}: ${record.message}`)
    return cell.workload === 'stream' ? 1e9 / figure : figure
  }
  return {
    /** How many messages, or round trips, a turn has. @param {Cell} cell */
    messages: async (cell) => Math.max(200, Math.round((turnMs(cell) * 1e6) / (await launch(cell, agent)))),
    /** What one pair of processes measured. @param {Cell} cell @param {number} messages @param {number} blocks */
    async pair(cell, messages, blocks) {
      /** @type {Block[]} */
      let measured = []
      const turns = [
        ['by-hand', cell.mechanism],
        ['blocks', blocks],
        ['messages', messages],
      ]
      const inTurns = Object.create(agent, {
        request: {
          /** @type {typeof agent.request} */
          async value(to, verb, ...args) {
            if (verb !== cell.workload) return agent.request(to, verb, ...args)
            const options = /** @type {import('../harness/model.ts').Arg[]} */ (args.at(-1))
            const outcome = await agent.request(to, verb, ...args.slice(0, -1), [...options, ...turns])
            const { ours, byHand } = /** @type {{ ours?: number[], byHand?: number[] }} */ (outcome.out ?? {})
            if (ours?.some((ns) => ns > 0)) measured = blocksOf(ours, byHand ?? [])
            return outcome
          },
        },
      })
      await launch(cell, inTurns)
      return measured
    },
    async end() {
      await agent.close()
      sweepRun(run)
    },
  }
}

/** What is under way, where somebody looks. @param {string} what */
const tell = (what) => process.stderr.isTTY && process.stderr.write(`\r\x1b[K${what}`)

/** Compares every cell, in turn, pair by pair. One that cannot be measured has a reason instead of figures.
 * @param {Wanted} wanted */
export async function compare(wanted) {
  const { median, medianInterval } = await builtHarness()
  const session = await openSession(wanted)
  const cells = cellsOf(wanted).map((cell) => ({ cell, messages: 0, blocks: /** @type {Block[]} */ ([]), why: '' }))
  /** @param {(of: (typeof cells)[number]) => Promise<void>} body */
  const forEach = async (body) => {
    for (const of of cells.filter(({ why }) => why === '')) {
      const { workload, mechanism, size, placement } = of.cell
      tell(`${workload} ${mechanism} ${size} ${placement}`)
      await body(of).catch((error) => {
        if (!(error instanceof Failure)) throw error
        of.why = error.message
      })
    }
  }
  try {
    await forEach(async (of) => {
      of.messages = await session.messages(of.cell)
    })
    for (let pair = 0; pair < wanted.pairs; pair++) {
      await forEach(async ({ cell, messages, blocks }) => {
        blocks.push(...(await session.pair(cell, messages, wanted.blocks)))
      })
    }
  } finally {
    tell('')
    await session.end()
  }
  return cells.map(({ cell, blocks, why }) => {
    const name = [cell.workload, cell.mechanism, ...(cell.size > 0 ? [cell.size, 'B'] : []), cell.placement].join(' ')
    const ratios = blocks.map(({ ours, byHand }) => ours / byHand)
    const ratio = median(ratios)
    return {
      ...{ name, why, ratio, within: why === '' && ratio <= wanted.limit, interval: medianInterval(ratios) },
      ...{ oursNs: median(blocks.map((b) => b.ours)), byHandNs: median(blocks.map((b) => b.byHand)) },
    }
  })
}

/** @param {Awaited<ReturnType<typeof compare>>[number]} row */
export function lineOf({ name, why, oursNs, byHandNs, ratio, interval, within }) {
  if (why !== '') return `${name.padEnd(40)} ${why}`
  const times = `${oursNs.toFixed(1).padStart(9)} ns, by hand ${byHandNs.toFixed(1).padStart(9)} ns`
  const range = `(${interval.low.toFixed(3)} to ${interval.high.toFixed(3)})`
  return `${name.padEnd(40)}${times}   ${ratio.toFixed(4)} ${range}${within ? '' : '   beyond the limit'}`
}

/** @returns {Wanted & { json: boolean }} */
function optionsGiven() {
  const text = /** @type {const} */ ({ type: 'string' })
  const numbers = { blocks: text, pairs: text, limit: text }
  const lists = { sizes: text, mechanisms: text, workloads: text, placements: text }
  const { values } = parseArgs({ options: { ...numbers, ...lists, agent: text, json: { type: 'boolean' } } })
  /** @param {'mechanisms' | 'workloads' | 'placements'} name */
  const some = (name) => {
    const asked = values[name]?.split(',') ?? everything[name]
    const unknown = asked.filter((one) => !everything[name].includes(one))
    if (unknown.length > 0) throw new Failure(`--${name}: '${unknown}' is none of ${everything[name].join(', ')}`)
    return asked
  }
  const wanted = {
    blocks: Number(values.blocks ?? everything.blocks),
    pairs: Number(values.pairs ?? everything.pairs),
    limit: Number(values.limit ?? everything.limit),
    sizes: values.sizes?.split(',').map(Number) ?? everything.sizes,
    ...{ mechanisms: some('mechanisms'), workloads: some('workloads'), placements: some('placements') },
    ...(values.agent === undefined ? {} : { agent: values.agent }),
    json: values.json ?? false,
  }
  if (!(wanted.limit > 0 && [wanted.blocks, wanted.pairs, ...wanted.sizes].every((n) => Number.isInteger(n) && n >= 1)))
    throw new Failure('--blocks, --pairs and --sizes are whole numbers from 1, and --limit is above nothing')
  return wanted
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const wanted = optionsGiven()
    const rows = await compare(wanted)
    if (wanted.json) {
      console.log(JSON.stringify({ limit: wanted.limit, rows }, undefined, 2))
    } else {
      console.log(`median of ${wanted.pairs} × ${wanted.blocks} blocks; the limit is ${wanted.limit}\n`)
      for (const row of rows) console.log(lineOf(row))
    }
    return rows.every(({ within }) => within) ? 0 : 1
  })
}
