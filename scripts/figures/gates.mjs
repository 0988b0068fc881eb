// How often a gate is right: identical arms, also with a busy machine; one cell of nine made slower by a known share;
// claims broken on purpose in one arm. Each gate is a run of `ipcmark gate`, as a person would start it.
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { builtHarness } from '../built.mjs'
import { root } from '../steps.mjs'
import { inFolder, ipcmark, timed } from './benching.mjs'

/** @typedef {import('./benching.mjs').Figure} Figure */
/** @typedef {import('../../harness/model.ts').GateRecord} GateRecord */
/** @typedef {{ record: GateRecord | undefined, code: number, seconds: number }} Gate */

const verdictCodes = [0, 1, 3]

/** @param {readonly string[]} words @returns {Promise<Gate>} */
const gate = (words) =>
  inFolder(async (folder) => {
    const asked = [ipcmark(), 'gate', '--json', '--output', folder, ...words]
    const { said, ms, code } = await timed(process.execPath, asked, verdictCodes)
    const line = said.split('\n').find((one) => one.startsWith('{"type":"gate"'))
    return { record: line === undefined ? undefined : JSON.parse(line), code, seconds: ms / 1000 }
  })

/** @param {number} count @param {(at: number) => readonly string[]} wordsOf */
async function gates(count, wordsOf) {
  /** @type {Gate[]} */
  const found = []
  for (let at = 0; at < count; at++) found.push(await gate(['--seed', `${at + 1}`, ...wordsOf(at)]))
  return found
}

/** @param {readonly Gate[]} all */
function toldOf(all) {
  const ended = (/** @type {string} */ verdict) => all.filter(({ record }) => record?.verdict === verdict).length
  const seconds = all.map((one) => one.seconds).sort((a, b) => a - b)
  return `${ended('fail')} red, ${ended('inconclusive')} cannot tell, ${ended('pass')} passed of ${all.length}, ${seconds[Math.floor(seconds.length / 2)]?.toFixed(0)} s each (most ${seconds.at(-1)?.toFixed(0)} s)`
}

/** @param {readonly Gate[]} all */
const reds = (all) => all.filter(({ code }) => code === 1).length

/** @param {number} count @param {number} [leastPassed] */
async function sameArms(count, leastPassed = 0) {
  const all = await gates(count, () => [])
  const allowed = Math.floor(count / 40)
  const passed = all.filter(({ record }) => record?.verdict === 'pass').length
  // A gate that never tells anything is never red either.
  const wanted = leastPassed === 0 ? '' : `at least ${leastPassed} passed, `
  return {
    name: 'identical arms, nine cells',
    found: toldOf(all),
    wanted: `${wanted}at most ${allowed} red, under 180 s each`,
    holds: passed >= leastPassed && reds(all) <= allowed && all.every(({ seconds }) => seconds < 180),
  }
}

/** @param {number} count */
async function sameArmsBusy(count) {
  // It ends with whoever started it, however that ends.
  const busy = spawn(process.execPath, ['-e', 'for (const parent = process.ppid; process.ppid === parent; );'], {
    stdio: 'ignore',
  })
  try {
    return { ...(await sameArms(count)), name: 'identical arms, nine cells, a busy loop beside them' }
  } finally {
    busy.kill('SIGKILL')
  }
}

/** @param {number} share @param {number} count @param {number} leastRed */
async function slower(share, count, leastRed) {
  const { gatedCells, cellName } = await builtHarness()
  const names = gatedCells.linux.map(cellName)
  const nameOf = (/** @type {number} */ at) => names[at % names.length] ?? ''
  const all = await gates(count, (at) => ['--inject', `${100 * share}%`, '--inject-into', `/^${nameOf(at)}$/`])
  const seen = all.map(({ record }, at) => record?.cells.find(({ cell }) => cell === nameOf(at)))
  const right = all.filter(({ code }, at) => code === 1 && seen[at]?.verdict === 'fail').length
  const wrong = all.filter(({ record }, at) =>
    record?.cells.some(({ cell, verdict }) => verdict === 'fail' && cell !== nameOf(at)),
  ).length
  const effects = seen.flatMap((one) => (one === undefined ? [] : [one.ratio - 1])).sort((a, b) => a - b)
  const percent = (/** @type {number | undefined} */ effect) => `${(100 * (effect ?? 0)).toFixed(1)} %`
  return {
    name: `one cell of nine ${100 * share} % slower`,
    found: `${toldOf(all)}; that cell red in ${right}, another in ${wrong}; measured effect ${percent(effects[0])} to ${percent(effects.at(-1))}, median ${percent(effects[Math.floor(effects.length / 2)])}`,
    wanted: `that cell red in at least ${Math.ceil(leastRed * count)}`,
    holds: right >= Math.ceil(leastRed * count),
  }
}

/** Faults that a claim of the quick selection about a gated mechanism is known to notice, spread over all of them.
 * @param {number} count */
async function faultsFor(count) {
  const { gatedCells, matrixOf, suite } = await builtHarness()
  /** @type {Record<string, string>} */
  const catches = JSON.parse(readFileSync(join(root, 'suites', 'fault-catches.json'), 'utf8')).linux
  const gated = new Set(gatedCells.linux.map(({ mechanism }) => mechanism))
  const core = matrixOf(suite, 'linux').cases.filter((one) => one.core && gated.has(one.mechanism.id))
  const names = [...new Set(core.flatMap(({ id }) => catches[id] ?? []))].sort()
  return Array.from({ length: count }, (_, at) => names[Math.floor((at * names.length) / count)] ?? '')
}

/** @param {number} count */
async function broken(count) {
  const faults = await faultsFor(count)
  const all = await gates(count, (at) => ['--b-fault', faults[at] ?? ''])
  const claims = all.filter(({ code, record }) => code === 1 && record?.broken.some(({ what }) => !what.includes(' ')))
  const missed = faults.filter((_, at) => !claims.includes(/** @type {Gate} */ (all[at])))
  return {
    name: `claims broken in one arm, ${new Set(faults).size} faults`,
    found: `${toldOf(all)}; a claim confirmed as broken in ${claims.length}${missed.length === 0 ? '' : `, not by ${missed.join(', ')}`}`,
    wanted: `a claim confirmed as broken in ${count}`,
    holds: claims.length === count,
  }
}

/** @type {Readonly<Record<string, () => Promise<Figure>>>} */
const kinds = {
  same: () => sameArms(40, 30),
  busy: () => sameArmsBusy(40),
  'slower-20': () => slower(0.2, 20, 0.95),
  'slower-10': () => slower(0.1, 20, 0.6),
  broken: () => broken(20),
}

/** One figure by its name, as a part of its own: each takes minutes. @param {string} kind */
export const gateFigure = (kind) => async () => [await /** @type {() => Promise<Figure>} */ (kinds[kind])()]
export const gateKinds = Object.keys(kinds)
