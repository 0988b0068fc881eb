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

/** Every case under every fault: case → fault → verdict, only where the fault was noticed.
 * @param {System} os */
async function tryAll(os) {
  const { suite } = /** @type {typeof import('../suites/index.ts')} */ (await built('suites/index.js'))
  const { faults } = /** @type {typeof import('../suites/faults.ts')} */ (await built('suites/faults.js'))
  const { matrixOf } = /** @type {typeof import('../harness/conformance/plan.ts')} */ (
    await built('harness/conformance/plan.js')
  )
  const { caught, tryUnder } = /** @type {typeof import('../harness/conformance/trial.ts')} */ (
    await built('harness/conformance/trial.js')
  )
  const { cases } = matrixOf(suite, os)
  const trial = { ...settings[os], cases }
  const healthy = await tryUnder({ ...trial, faults: [], deadlineMs: 20_000 })
  /** @type {Map<string, Map<string, string>>} */
  const noticed = new Map(cases.map((each) => [each.id, new Map()]))
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
      if (caught(record.verdict)) noticed.get(record.id)?.set(fault.id, record.verdict)
    }
    const count = [...records.values()].filter((record) => caught(record.verdict)).length
    console.log(`${os}: ${fault.id}: noticed by ${count} cases (${((performance.now() - began) / 1000).toFixed(1)} s)`)
  }
  return { noticed, hopeless, faults: faults[os] }
}

/** For each case the fault that says most: noticed by a failed expectation where there is one, and by the fewest cases.
 * @param {Map<string, Map<string, string>>} noticed */
function chooseCatches(noticed) {
  /** @type {Map<string, number>} */
  const breadth = new Map()
  for (const faults of noticed.values()) for (const id of faults.keys()) breadth.set(id, (breadth.get(id) ?? 0) + 1)
  /** @type {Record<string, string>} */
  const catches = {}
  for (const [id, faults] of [...noticed].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const rank = (/** @type {[string, string]} */ [fault, verdict]) =>
      (verdict === 'fail' ? 0 : 1000) + (breadth.get(fault) ?? 0)
    const best = [...faults].sort((a, b) => rank(a) - rank(b))[0]
    if (best !== undefined) catches[id] = best[0]
  }
  return catches
}

/** @param {System} os @param {Awaited<ReturnType<typeof tryAll>>} tried */
function tableOf(os, { noticed, hopeless, faults }) {
  const rows = [...noticed].map(([id, by]) => {
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
      catches[os] = chooseCatches(tried.noticed)
      tables.set(os, tableOf(os, tried))
      const never = [...tried.noticed].filter(([id, by]) => by.size === 0 && !tried.hopeless.has(id)).map(([id]) => id)
      if (never.length > 0) console.log(`${os}: no fault makes these fail: ${never.join(', ')}`)
    }
    writeFileSync(catchesFile, `${JSON.stringify(catches, null, 2)}\n`)
    writeTable(tables)
  })
}
