// Names a fault for every case that has none yet, or whose fault it does not notice any more: suites/fault-catches.json,
// which the test of the suite uses, and docs/faults.md, which is for people. By hand, after cases or faults have changed:
//
//   node scripts/fault-table.mjs [linux | windows]… [--anew | --only-table]
//
// With --anew the faults that were named before count for nothing; with --only-table nothing is tried.
// A fault is tried on the cases that make one of the calls that it breaks, the most particular first, and it is named for a
// case that fails under it every time: a race can be lost under a fault too, and then the case says nothing of it.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, isMain, main, root } from './steps.mjs'

const catchesFile = join(root, 'suites', 'fault-catches.json')
const tableFile = join(root, 'docs', 'faults.md')
const settings = {
  linux: { target: /** @type {const} */ ('native'), deadlineMs: 1_500, jobs: 3 },
  windows: { target: /** @type {const} */ ('wine'), deadlineMs: 4_000, jobs: 3 },
}

/** How often a case has to notice its fault, one time after the other. */
const rounds = 6

/** @typedef {keyof typeof settings} System */
/** @typedef {import('../harness/conformance/plan.ts').Planned} Planned */
/** @typedef {import('../harness/model.ts').CaseRecord} CaseRecord */
/** @typedef {import('../suites/faults.ts').Fault} Fault */
/** @typedef {{ linux: Record<string, string>, windows: Record<string, string>, across: Record<string, Record<System, string>>, cannotFail: Record<string, string> }} Catches */

/** What the build made of a source. @param {string} path */
const built = (path) => import(new URL(`../dist/${path}`, import.meta.url).href)

/** @returns {Promise<typeof import('../harness/conformance/trial.ts')>} */
const trialOf = () => built('harness/conformance/trial.js')

/** @returns {Promise<{ suite: typeof import('../suites/index.ts').suite, faults: Record<System, readonly Fault[]>, matrixOf: typeof import('../harness/conformance/plan.ts').matrixOf }>} */
async function parts() {
  const { suite } = await built('suites/index.js')
  const { faults } = await built('suites/faults.js')
  const { matrixOf } = await built('harness/conformance/plan.js')
  return { suite, faults, matrixOf }
}

/** @param {System} os @param {readonly string[]} faults @param {readonly Planned[]} cases @param {number} [deadlineMs] */
async function run(os, faults, cases, deadlineMs = settings[os].deadlineMs) {
  const { tryUnder } = await trialOf()
  return tryUnder({ ...settings[os], deadlineMs, faults, cases })
}

/** The names of all calls that a case made, those inside other calls included. @param {CaseRecord} record */
function callsOf({ trace }) {
  /** @type {Set<string>} */
  const names = new Set()
  const collect = (/** @type {unknown} */ word) => {
    if (typeof word === 'string') names.add(word)
    if (Array.isArray(word)) for (const each of word) collect(each)
  }
  for (const { call, args } of trace) collect([call, ...(nesting.has(call) ? args : [])])
  return names
}

/** Calls that make other calls, which they are given by name. */
const nesting = new Set(['repeat', 'guarded', 'guarded-increment'])

/** @param {Fault} fault @param {ReadonlySet<string>} calls */
const concerns = (fault, calls) =>
  fault.specs.some((spec) => (spec.split(':')[1] ?? '').split(',').some((call) => call === '*' || calls.has(call)))

/** For each case the faults worth trying, the most particular first: those that concern the fewest cases.
 * @param {readonly Fault[]} faults @param {ReadonlyMap<string, ReadonlySet<string>>} calls */
function candidatesFor(faults, calls) {
  const breadth = new Map(faults.map((one) => [one.id, [...calls.values()].filter((own) => concerns(one, own)).length]))
  const drastic = (/** @type {Fault} */ { specs }) => Number(specs.some((spec) => /^(hang|crash)/.test(spec)))
  const ranked = [...faults].sort(
    (a, b) => drastic(a) - drastic(b) || (breadth.get(a.id) ?? 0) - (breadth.get(b.id) ?? 0),
  )
  return new Map([...calls].map(([id, own]) => [id, ranked.filter((one) => concerns(one, own))]))
}

/** @param {System} os @param {Fault} fault @param {readonly Planned[]} cases the cases that notice it every time */
async function noticing(os, fault, cases) {
  const { caught } = await trialOf()
  let left = cases
  for (let round = 0; round < rounds && left.length > 0; round++) {
    const records = await run(os, fault.specs, left)
    left = left.filter(({ id }) => caught(records.get(id)?.verdict))
  }
  return left
}

/** Cases that hold in health, by id, with the calls that they make. @param {System} os @param {readonly Planned[]} cases */
async function healthyCalls(os, cases) {
  const records = await run(os, [], cases, 20_000)
  const healthy = [...records.values()].filter(({ verdict }) => verdict === 'pass' || verdict === 'observed')
  return new Map(healthy.map((record) => [record.id, callsOf(record)]))
}

/** @param {System} os @param {Record<string, string>} known faults that were named before; answers all that are named now */
async function nameFaults(os, known) {
  const { suite, faults, matrixOf } = await parts()
  // What has peers on both systems has its faults named by hand.
  const cases = matrixOf(suite, os).cases.filter((one) => one.with === undefined)
  const calls = await healthyCalls(os, cases)
  const candidates = candidatesFor(faults[os], calls)
  // What is not here cannot be tried: its fault stays the one that was named where it is.
  const elsewhere = cases.filter(({ id }) => !calls.has(id) && id in known)
  /** @type {Record<string, string>} */
  const named = Object.fromEntries(elsewhere.map(({ id }) => [id, known[id] ?? '']))
  for (const { id } of cases) {
    const before = faults[os].find((fault) => fault.id === known[id])
    if (before !== undefined) candidates.set(id, [before, ...(candidates.get(id) ?? [])])
  }
  let open = cases.filter(({ id }) => calls.has(id))
  while (open.length > 0) {
    /** @type {Map<Fault, Planned[]>} */
    const groups = new Map()
    for (const one of open) {
      const fault = candidates.get(one.id)?.shift()
      if (fault !== undefined) groups.set(fault, [...(groups.get(fault) ?? []), one])
    }
    for (const [fault, group] of groups) {
      for (const { id } of await noticing(os, fault, group)) named[id] = fault.id
    }
    open = open.filter(({ id }) => !(id in named) && (candidates.get(id)?.length ?? 0) > 0)
    console.log(`${os}: ${Object.keys(named).length} cases have their fault, ${open.length} have another to try`)
  }
  const never = [...calls.keys()].filter((id) => !(id in named))
  if (never.length > 0) console.log(`${os}: no fault makes these fail: ${never.join(', ')}`)
  return Object.fromEntries(Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @param {System} os @param {readonly Fault[]} faults @param {Record<string, string>} named */
function tableOf(os, faults, named) {
  const rows = faults.map(({ id, says, specs }) => {
    const cases = Object.keys(named).filter((one) => named[one] === id)
    return `| ${id} | ${says} | \`${specs.join('` `')}\` | ${cases.join(', ') || '(a more particular one is named)'} |`
  })
  const title = os === 'linux' ? 'Linux' : 'Windows (under Wine)'
  return [`## ${title}`, '', '| fault | what is wrong | how | named for |', '| --- | --- | --- | --- |', ...rows, '']
}

/** @param {Catches['across']} across */
function tableAcross(across) {
  const rows = Object.entries(across).map(([id, { linux, windows }]) => `| ${id} | ${linux} | ${windows} |`)
  const head = ['| case | fault on Linux | fault on Windows |', '| --- | --- | --- |']
  return ['## Between Linux and Windows (under Wine)', '', ...head, ...rows, '']
}

/** @param {Catches} catches @param {Record<System, readonly Fault[]>} faults */
function writeTable(catches, faults) {
  const opening = `# Which fault makes which case fail

Made by \`node scripts/fault-table.mjs\`. The test build of the agent brings these faults about, and every case fails under
the one that is named for it: suites/faults.test.ts runs it again. Where the suite grows, a case without a fault is red.
`
  const cannot = Object.entries(catches.cannotFail).map(([id, why]) => `- \`${id}\`: ${why}`)
  const lines = [
    opening,
    ...tableOf('linux', faults.linux, catches.linux),
    ...tableOf('windows', faults.windows, catches.windows),
    ...tableAcross(catches.across),
    '## What no fault here can make fail',
    '',
    ...cannot,
    '',
  ]
  writeFileSync(tableFile, lines.join('\n'))
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const words = process.argv.slice(2)
    const anew = words.includes('--anew')
    const wanted = words.filter((word) => !word.startsWith('--'))
    const all = words.includes('--only-table') ? [] : Object.keys(settings)
    const systems = wanted.length > 0 ? wanted : all
    /** @type {Catches} */
    const catches = JSON.parse(readFileSync(catchesFile, 'utf8'))
    for (const name of systems) {
      if (!(name in settings))
        throw new Failure(`No system is named '${name}': there are ${Object.keys(settings).join(' and ')}.`)
      const os = /** @type {System} */ (name)
      catches[os] = await nameFaults(os, anew ? {} : catches[os])
      writeFileSync(catchesFile, `${JSON.stringify(catches, null, 2)}\n`)
    }
    writeTable(catches, (await parts()).faults)
  })
}
