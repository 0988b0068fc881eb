// What figures are made from: runs of `ipcmark bench`, as a person would start them, and launches in blocks.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { built, builtHarness } from '../built.mjs'
import { Failure } from '../steps.mjs'

/** @typedef {import('../../harness/model.ts').Cell} Cell */
/** @typedef {import('../../harness/model.ts').LaunchRecord} LaunchRecord */
/** @typedef {{ name: string, found: string, wanted: string, holds: boolean }} Figure */

/** A folder for as long as the work takes. @template T @param {(folder: string) => Promise<T>} work */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'ipcmark-figures-'))
  try {
    return await work(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs a program to its end; what it said on standard output, and how long it took. A launch that went wrong is in the
 * record: an end with 0 or 1 is a figure, and more is none.
 * @param {string} program @param {readonly string[]} words @param {readonly number[]} codes
 * @returns {Promise<{ said: string, ms: number, code: number }>} */
export function timed(program, words, codes = [0, 1]) {
  const began = performance.now()
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'pipe'] })
  let [said, complained] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (complained += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => {
      if (code !== null && codes.includes(code)) resolve({ said, ms: performance.now() - began, code })
      else reject(new Failure(`'${program} ${words.join(' ')}' ended with ${code}: ${complained.trimEnd()}`))
    })
  })
}

/** One run of `ipcmark bench`: its record, and how long all of it took.
 * @param {readonly string[]} words */
export const bench = (words) =>
  inFolder(async (folder) => {
    const { ms } = await timed(process.execPath, [ipcmark(), 'bench', ...words, '--output', folder])
    const run = readdirSync(folder).find((name) => name.startsWith('ipcmark-')) ?? ''
    const lines = readFileSync(join(folder, run, 'results.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
    const launches = lines.map((line) => JSON.parse(line)).filter(({ type }) => type === 'launch')
    return { ms, lines, launches: /** @type {LaunchRecord[]} */ (launches) }
  })

export const ipcmark = () => built('dist/harness/cli/main.js')

/** Measures cells one at a time, with fresh processes, outside any run that is kept.
 * @template T @param {(tools: { launch: (cell: Cell) => Promise<number>, cpus: readonly [number, number] }) => Promise<T>} work */
export async function withLaunches(work) {
  const { startAgent, makeRunId, sweepRun, freshScope, runLaunch, figureOf, suite, newTroupe, newTrace } =
    await builtHarness()
  const { topologyOf, seatsFor } = await builtHarness()
  const run = makeRunId()
  const agent = await startAgent('native', run)
  try {
    const probe = newTroupe(agent, freshScope('probe'), newTrace())
    const peer = await probe.start('producer')
    const seats = seatsFor('cross-core', topologyOf(await peer.call('topology')))
    await probe.end()
    if (seats === undefined || typeof seats === 'string') throw new Failure(`these figures need two cores: ${seats}`)
    const launch = async (/** @type {Cell} */ cell) => {
      const budget = { rounds: 1, warmupMs: 20, measureMs: 100 }
      const options = { target: /** @type {const} */ ('native'), run, budget, mechanisms: suite.mechanisms }
      const scheduled = { cell, round: 0 }
      const record = await runLaunch(scheduled, agent, freshScope('launch'), {
        ...options,
        deadlineMs: 10_000,
        onRecord() {},
      })
      const figure = record.measures && figureOf(record.measures)
      if (figure === undefined)
        throw new Failure(`${cell.mechanism} ${cell.workload}: ${record.verdict}: ${record.message}`)
      return figure
    }
    return await work({ launch, cpus: [seats.producer, seats.consumer] })
  } finally {
    await agent.close()
    sweepRun(run)
  }
}

/** The ratio a/b of each block: a, b, b, a, and the mirror image. @param {number} blocks
 * @param {() => Promise<number>} a @param {() => Promise<number>} b */
export async function ratiosInBlocks(blocks, a, b) {
  const ratios = []
  for (let block = 0; block < blocks; block++) {
    let [ofA, ofB] = [0, 0]
    for (const turn of block % 2 === 0 ? 'abba' : 'baab') {
      if (turn === 'a') ofA += await a()
      else ofB += await b()
    }
    ratios.push(ofA / ofB)
  }
  return ratios
}
