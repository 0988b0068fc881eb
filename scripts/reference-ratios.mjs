// Holds ipcmark's timed loops against loops written by hand in C (native/reference): runs both in interleaved blocks
// (reference, ours, ours, reference, and the mirror image), on one core and across two, and prints the median ratio of
// each cell: 1.02 means that ours takes 2 % longer. Fails when a cell is beyond the limit. Needs a build.
//
//   node scripts/reference-ratios.mjs [--blocks 10] [--limit 1.03] [--sizes 1,64,4096,65536] [--build build/linux] [--json]
import { execFile, spawn } from 'node:child_process'
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs, promisify } from 'node:util'

const options = optionsGiven()
const blocks = Number(options.blocks)
const limit = Number(options.limit)
const sizes = options.sizes.split(',').map(Number)
if (!(blocks >= 1 && limit > 0 && sizes.every((size) => size >= 1))) {
  refuse('--blocks, --limit and --sizes are numbers above nothing')
}

function optionsGiven() {
  try {
    return parseArgs({
      options: {
        blocks: { type: 'string', default: '10' },
        limit: { type: 'string', default: '1.03' },
        sizes: { type: 'string', default: '1,64,4096,65536' },
        build: { type: 'string', default: fileURLToPath(new URL('../build/linux', import.meta.url)) },
        json: { type: 'boolean', default: false },
      },
    }).values
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error))
  }
}

/** @param {string} why @returns {never} */
function refuse(why) {
  console.error(why)
  process.exit(2)
}

const run = promisify(execFile)

/** @param {readonly number[]} values */
function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? Number(sorted[middle]) : (Number(sorted[middle - 1]) + Number(sorted[middle])) / 2
}

/** The median of sparse HdrHistogram counts: the middle of the bucket it lies in.
 * @param {readonly (readonly [number, number])[]} counts */
function histogramMedian(counts) {
  const half = counts.reduce((sum, [, count]) => sum + count, 0) / 2
  let below = 0
  for (const [index, count] of counts) {
    below += count
    if (below < half) continue
    const bucket = Math.max(0, (index >> 10) - 1)
    return (index - bucket * 1024 + 0.5) * 2 ** bucket
  }
  throw new Error('a histogram without counts has no median')
}

/** @param {string} path */
function startAgent(path) {
  const child = spawn(path, { stdio: ['pipe', 'pipe', 'inherit'] })
  /** @type {Map<number, { resolve: (answer: any) => void, request: string }>} */
  const waiting = new Map()
  let last = 0
  createInterface({ input: child.stdout }).on('line', (line) => {
    const answer = JSON.parse(line)
    const asked = waiting.get(answer.id)
    if (asked === undefined) return
    waiting.delete(answer.id)
    if (answer.refused !== undefined || answer.out?.failure !== undefined) {
      console.error(`'${asked.request}' failed: ${answer.refused ?? answer.out.failure}`)
      process.exit(5)
    }
    asked.resolve(answer)
  })
  child.on('error', (error) => {
    console.error(`the agent cannot be started (${error.message}); build it with 'npm run build'`)
    process.exit(5)
  })
  /** @param {string} request @returns {Promise<any>} */
  const ask = (request) =>
    new Promise((resolve) => {
      last += 1
      waiting.set(last, { resolve, request })
      child.stdin.write(`${last} ${request}\n`)
    })
  return { ask, end: () => child.stdin.end() }
}

/** @typedef {{ workload: 'pingpong' | 'stream', mechanism: 'pipe' | 'unix-stream', size: number, cpus: readonly [number, number] }} Cell */

/** Opens two links (or one that goes both ways) between two peers: [send, receive] of each.
 * @param {ReturnType<typeof startAgent>} agent @param {string} producer @param {Cell} cell */
async function openLinks(agent, producer, cell) {
  if (cell.mechanism === 'unix-stream') {
    const [first, second] = (await agent.ask(`${producer} socketpair AF_UNIX SOCK_STREAM 0`)).out.fds
    return { first: [first, first], second: [second, second] }
  }
  const [there, into] = (await agent.ask(`${producer} pipe2 O_CLOEXEC`)).out.fds
  const [back, out] = (await agent.ask(`${producer} pipe2 O_CLOEXEC`)).out.fds
  return { first: [into, back], second: [out, there] }
}

// On one core a stream goes in turns of several milliseconds: a batch has to be long enough to hold some of them.
const measureMs = { pingpong: 100, stream: 500 }
let scopes = 0
/** Nanoseconds per round trip, or per message of a stream, by ipcmark's loop; and how many it measured.
 * @param {ReturnType<typeof startAgent>} agent @param {Cell} cell */
async function ours(agent, cell) {
  scopes += 1
  const scope = `ratio${scopes}`
  const [producer, consumer] = [`${scope}/producer`, `${scope}/consumer`]
  await agent.ask(`agent start ${producer}`)
  const { first, second } = await openLinks(agent, producer, cell)
  await agent.ask(`${producer} fork ${consumer}`)
  const pingpong = cell.workload === 'pingpong'
  const roles = pingpong ? ['initiator', 'responder'] : ['producer', 'consumer']
  const handles = pingpong ? [first.join(' '), second.join(' ')] : [first[0], second[1]]
  const lead = `[[size ${cell.size}] [cpu ${cell.cpus[0]}] [warmup-ms 20] [measure-ms ${measureMs[cell.workload]}]]`
  const [led, followed] = await Promise.all([
    agent.ask(`${producer} ${cell.workload} ${roles[0]} fd [${handles[0]}] ${lead}`),
    agent.ask(
      `${consumer} ${cell.workload} ${roles[1]} fd [${handles[1]}] [[size ${cell.size}] [cpu ${cell.cpus[1]}]]`,
    ),
  ])
  await agent.ask(`agent end ${scope}`)
  if (pingpong) return { ns: histogramMedian(led.out.latency.counts), messages: led.out.latency.samples }
  const { batchNs, messagesPerBatch } = followed.out.throughput
  return { ns: median(batchNs) / messagesPerBatch, messages: led.out.messages }
}

/** The same by the loop written by hand.
 * @param {Cell} cell @param {number} messages */
async function reference(cell, messages) {
  const warmUp = Math.ceil(messages / 4)
  const { stdout } = await run(
    `${options.build}/ipcmark-reference-${cell.workload}`,
    [cell.mechanism, cell.size, ...cell.cpus, warmUp, messages].map(String),
  )
  return JSON.parse(stdout).medianNs
}

/** @param {ReturnType<typeof startAgent>} agent @param {Cell} cell @param {number} messages @param {boolean} mirrored */
async function block(agent, cell, messages, mirrored) {
  const mine = async () => (await ours(agent, cell)).ns
  const theirs = () => reference(cell, messages)
  const order = mirrored ? [mine, theirs, theirs, mine] : [theirs, mine, mine, theirs]
  let [a, b] = [0, 0]
  await quietMoment()
  for (const measure of order) {
    const ns = await measure()
    if (measure === mine) a += ns / 2
    else b += ns / 2
  }
  return { ratio: a / b, ours: a, reference: b }
}

/** Idle time and all time of the processors, in ticks. */
function processorTime() {
  const ticks = (readFileSync('/proc/stat', 'utf8').split('\n')[0] ?? '').trim().split(/\s+/).slice(1).map(Number)
  return { idle: Number(ticks[3]) + Number(ticks[4]), all: ticks.slice(0, 8).reduce((sum, n) => sum + n, 0) }
}

/** Waits until nothing else runs, so that a build next door is not what is measured; not for ever. */
async function quietMoment() {
  for (const until = performance.now() + 20_000; performance.now() < until; ) {
    const before = processorTime()
    await sleep(150)
    const after = processorTime()
    if (after.idle - before.idle >= 0.9 * (after.all - before.all)) return
  }
}

/** Keeps processors from halting for as long as it is open; nothing where the system does not let us. */
function keepAwake() {
  try {
    const fd = openSync('/dev/cpu_dma_latency', 'w')
    writeSync(fd, new Uint8Array(4))
    return () => closeSync(fd)
  } catch {
    console.error('note: processors may halt between messages (/dev/cpu_dma_latency is not ours to open): expect noise')
    return () => {}
  }
}

const agent = startAgent(`${options.build}/ipcmark-agent`)
await agent.ask('agent hello 1')
const letSleep = keepAwake()
/** @type {Cell[]} */
const cells = []
for (const workload of /** @type {const} */ (['pingpong', 'stream'])) {
  for (const mechanism of /** @type {const} */ (['pipe', 'unix-stream'])) {
    for (const size of sizes) {
      for (const cpus of /** @type {const} */ ([
        [0, 0],
        [0, 1],
      ]))
        cells.push({ workload, mechanism, size, cpus })
    }
  }
}

const measured = []
for (const cell of cells)
  measured.push({
    cell,
    messages: (await ours(agent, cell)).messages,
    blocks: /** @type {Awaited<ReturnType<typeof block>>[]} */ ([]),
  })
for (let round = 0; round < blocks; round++) {
  for (const m of measured) m.blocks.push(await block(agent, m.cell, m.messages, round % 2 === 1))
}
letSleep()
agent.end()

const rows = measured.map(({ cell, blocks: all }) => ({
  workload: cell.workload,
  mechanism: cell.mechanism,
  size: cell.size,
  placement: cell.cpus[0] === cell.cpus[1] ? 'same-core' : 'cross-core',
  oursNs: median(all.map((b) => b.ours)),
  referenceNs: median(all.map((b) => b.reference)),
  ratio: median(all.map((b) => b.ratio)),
  ratios: all.map((b) => Number(b.ratio.toFixed(4))),
}))
if (options.json) {
  console.log(JSON.stringify({ blocks, limit, rows }, undefined, 2))
} else {
  console.log(`median of ${blocks} blocks; the limit is ${limit}\n`)
  for (const r of rows) {
    const name = `${r.workload} ${r.mechanism} ${r.size} B ${r.placement}`.padEnd(44)
    const figures = `${r.oursNs.toFixed(1).padStart(10)} ns against ${r.referenceNs.toFixed(1).padStart(10)} ns`
    console.log(`${name}${figures}   ${r.ratio.toFixed(4)}${r.ratio > limit ? '   beyond the limit' : ''}`)
  }
}
process.exitCode = rows.some((r) => r.ratio > limit) ? 1 : 0
