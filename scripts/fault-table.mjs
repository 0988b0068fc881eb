// Runs every case under every fault and writes what it saw: docs/faults.md, the table of cases and faults, and
// suites/fault-catches.json, the one fault for each case that the test of the suite uses. By hand, after cases or faults
// have changed:
//
//   node scripts/fault-table.mjs [linux | windows]…
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, isMain, main, root } from './steps.mjs'

const catchesFile = join(root, 'suites', 'fault-catches.json')
const tableFile = join(root, 'docs', 'faults.md')
const settings = {
  linux: { target: /** @type {const} */ ('native'), deadlineMs: 1_500, jobs: 3 },
  windows: { target: /** @type {const} */ ('wine'), deadlineMs: 4_000, jobs: 3 },
}

/** @typedef {keyof typeof settings} System */

/** What the build made of a source. @param {string} path */
const built = (path) => import(new URL(`../dist/${path}`, import.meta.url).href)

/** @returns {Promise<typeof import('../harness/conformance/trial.ts')>} */
const trialOf = () => built('harness/conformance/trial.js')

/** Every case under every fault: case → fault → verdict, only where the fault was noticed.
 * @param {System} os */
async function tryAll(os) {
  const { suite } = /** @type {typeof import('../suites/index.ts')} */ (await built('suites/index.js'))
  const { faults } = /** @type {typeof import('../suites/faults.ts')} */ (await built('suites/faults.js'))
  const { matrixOf } = /** @type {typeof import('../harness/conformance/plan.ts')} */ (
    await built('harness/conformance/plan.js')
  )
  const { caught, tryUnder } = await trialOf()
  const { cases } = matrixOf(suite, os)
  const trial = { ...settings[os], cases }
  const healthy = await tryUnder({ ...trial, faults: [], deadlineMs: 20_000 })
  const noticed = new Map(
    cases.map((planned) => [planned.id, { planned, by: /** @type {Map<string, string>} */ (new Map()) }]),
  )
  /** @type {Map<string, string>} */
  const hopeless = new Map()
  for (const record of healthy.values()) {
    if (record.verdict !== 'pass' && record.verdict !== 'observed') hopeless.set(record.id, record.verdict)
  }
  for (const fault of faults[os]) {
    const began = performance.now()
    const records = await tryUnder({
      ...trial,
      faults: fault.specs,
      cases: cases.filter((each) => !hopeless.has(each.id)),
    })
    for (const record of records.values()) {
      if (caught(record.verdict)) noticed.get(record.id)?.by.set(fault.id, record.verdict)
    }
    const count = [...records.values()].filter((record) => caught(record.verdict)).length
    console.log(`${os}: ${fault.id}: noticed by ${count} cases (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  }
  return { noticed, hopeless, faults: faults[os] }
}

const rounds = 8

/** For each case the fault that says most: noticed by a failed expectation where there is one, by the fewest cases, and
 * every time: a race can be lost under a fault too, and then the case says nothing of it.
 * @param {System} os @param {Awaited<ReturnType<typeof tryAll>>} tried */
async function chooseCatches(os, { noticed, faults }) {
  const { caught, tryUnder } = await trialOf()
  const candidates = rankedCandidates(noticed)
  /** @type {Map<string, string>} */
  const settled = new Map()
  while (candidates.size > settled.size) {
    const open = [...candidates].filter(([id]) => !settled.has(id))
    const missed = new Set()
    for (const fault of faults) {
      const group = tried(open, fault.id)
      for (let round = 0; round < rounds && group.length > 0; round++) {
        const cases = group.filter((each) => !missed.has(each.id))
        const records = await tryUnder({ ...settings[os], faults: fault.specs, cases })
        for (const { id } of cases) if (!caught(records.get(id)?.verdict)) missed.add(id)
      }
    }
    for (const [id, { left }] of open) {
      if (!missed.has(id)) settled.set(id, left[0] ?? '')
      else if (left.shift() !== undefined && left.length === 0) candidates.delete(id)
    }
    console.log(`${os}: ${settled.size} cases have their fault, ${candidates.size - settled.size} have another to try`)
  }
  return Object.fromEntries([...settled].sort(([a], [b]) => (a < b ? -1 : 1)))

  /** @param {[string, { planned: import('../harness/conformance/plan.ts').Planned, left: string[] }][]} open @param {string} fault */
  function tried(open, fault) {
    return open.filter(([, { left }]) => left[0] === fault).map(([, { planned }]) => planned)
  }
}

/** The faults that each case noticed, best first. @param {Awaited<ReturnType<typeof tryAll>>['noticed']} noticed */
function rankedCandidates(noticed) {
  /** @type {Map<string, number>} */
  const breadth = new Map()
  for (const { by } of noticed.values()) for (const id of by.keys()) breadth.set(id, (breadth.get(id) ?? 0) + 1)
  const rank = (/** @type {[string, string]} */ [fault, verdict]) =>
    (verdict === 'fail' ? 0 : 1000) + (breadth.get(fault) ?? 0)
  const seen = [...noticed].filter(([, { by }]) => by.size > 0)
  return new Map(
    seen.map(([id, { planned, by }]) => {
      const left = [...by].sort((a, b) => rank(a) - rank(b)).map(([fault]) => fault)
      return [id, { planned, left }]
    }),
  )
}

/** @param {System} os @param {Awaited<ReturnType<typeof tryAll>>} tried */
function tableOf(os, { noticed, hopeless, faults }) {
  const rows = [...noticed].map(([id, { by }]) => {
    const seen = [...by].map(([fault, verdict]) => (verdict === 'fail' ? fault : `${fault} (${verdict})`)).join(', ')
    return `| \`${id}\` | ${seen || (hopeless.has(id) ? `*${hopeless.get(id)} in health*` : '**none**')} |`
  })
  const list = faults.map((fault) => `| ${fault.id} | ${fault.says} | \`${fault.specs.join('` `')}\` |`)
  const title = os === 'linux' ? 'Linux' : 'Windows (under Wine)'
  const heads = ['| fault | what is wrong | how |', '| --- | --- | --- |']
  return [`## ${title}`, '', ...heads, ...list, '', '| case | fails under |', '| --- | --- |', ...rows, ''].join('\n')
}

/** Replaces one system's section of the table and keeps the other's. @param {Map<System, string>} fresh */
function writeTable(fresh) {
  const opening = `# Which fault makes which case fail

Made by \`node scripts/fault-table.mjs\`: every case was run under every fault of suites/faults.ts, which the test build of
the agent brings about. A word in brackets is the verdict where it was not \`fail\`. The test of the suite
(suites/faults.test.ts) runs one fault for each case again.
`
  const old = (() => {
    try {
      return readFileSync(tableFile, 'utf8').split(/^(?=## )/m)
    } catch {
      return []
    }
  })()
  const kept = (/** @type {string} */ title) => old.find((section) => section.startsWith(`## ${title}`)) ?? ''
  const sections = [fresh.get('linux') ?? kept('Linux'), fresh.get('windows') ?? kept('Windows')]
  writeFileSync(tableFile, [opening, ...sections].filter((part) => part !== '').join('\n'))
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const wanted = process.argv.slice(2)
    const systems = wanted.length > 0 ? wanted : Object.keys(settings)
    const catches = JSON.parse(readFileSync(catchesFile, 'utf8'))
    /** @type {Map<System, string>} */
    const tables = new Map()
    for (const name of systems) {
      if (!(name in settings))
        throw new Failure(`No system is named '${name}': there are ${Object.keys(settings).join(' and ')}.`)
      const os = /** @type {System} */ (name)
      const tried = await tryAll(os)
      catches[os] = await chooseCatches(os, tried)
      tables.set(os, tableOf(os, tried))
      const never = [...tried.noticed]
        .filter(([id, { by }]) => by.size === 0 && !tried.hopeless.has(id))
        .map(([id]) => id)
      if (never.length > 0) console.log(`${os}: no fault makes these fail: ${never.join(', ')}`)
    }
    writeFileSync(catchesFile, `${JSON.stringify(catches, null, 2)}\n`)
    writeTable(tables)
  })
}
