// Kills the harness with SIGKILL at random moments of a run, and looks for what is left: no process of the run may live on,
// `ipcmark clean` must leave no object behind, and every record that was finished must be readable. By hand:
//
//   node scripts/kill-at-random.mjs [TIMES] [WORDS FOR ipcmark check]…
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { Failure, isMain, main, root } from './steps.mjs'

const program = join(root, 'dist', 'harness', 'cli', 'main.js')
/** Whether a name begins with that of a run which the process owns: ipcmark-PLACE-PID-START-RANDOM. @param {number} pid */
const ownedBy = (pid) => new RegExp(`^ipcmark-[a-z0-9]+-${pid.toString(36)}-`)

/** Processes that carry such a name. @param {RegExp} run */
function processesOf(run) {
  return readdirSync('/proc').filter((name) => {
    try {
      const carried = /(?:^|\0)IPCMARK_RUN=([^\0]+)/.exec(readFileSync(`/proc/${name}/environ`, 'latin1'))?.[1]
      return carried !== undefined && run.test(carried)
    } catch {
      return false
    }
  })
}

/** @param {RegExp} run */
const objectsOf = (run) =>
  [tmpdir(), '/dev/shm', '/dev/mqueue'].flatMap((folder) => {
    try {
      return readdirSync(folder)
        .filter((name) => run.test(name))
        .map((name) => join(folder, name))
    } catch {
      return []
    }
  })

/** System V objects have no names: what was not there before counts, so that nothing else should make any meanwhile. */
const systemV = () =>
  ['msg', 'sem', 'shm'].flatMap((kind) => {
    try {
      const [, ...rows] = readFileSync(`/proc/sysvipc/${kind}`, 'utf8').trim().split('\n')
      return rows.map((row) => `${kind} ${row.trim().split(/\s+/).slice(0, 2).join(' ')}`)
    } catch {
      return []
    }
  })

/** Lines that are no record. The last may have been cut: a write that SIGKILL came in the middle of. @param {string} output */
function unreadableLines(output) {
  let records = 0
  const bad = []
  for (const name of readdirSync(output, { recursive: true, encoding: 'utf8' }).filter((each) =>
    each.endsWith('.jsonl'),
  )) {
    const lines = readFileSync(join(output, name), 'utf8').split('\n')
    for (const [index, line] of lines.entries()) {
      if (line === '') continue
      try {
        JSON.parse(line)
        records++
      } catch {
        if (index < lines.length - 1) bad.push(`${name}:${index + 1}`)
      }
    }
  }
  return { records, bad }
}

/** @param {string[]} words @param {number} afterMs */
async function killOnce(words, afterMs) {
  const output = mkdtempSync(join(tmpdir(), 'killed-'))
  const before = systemV()
  const child = spawn(process.execPath, [program, 'check', '--output', output, ...words], { stdio: 'ignore' })
  const gone = new Promise((resolve) => child.on('close', resolve))
  await pause(afterMs)
  child.kill('SIGKILL')
  await gone
  // The agent sees the end of its input, and the kernel kills its peers: no time is promised, but it is short.
  const run = ownedBy(child.pid ?? 0)
  let alive = processesOf(run)
  for (let looks = 0; alive.length > 0 && looks < 100; looks++) {
    await pause(20)
    alive = processesOf(run)
  }
  const cleaned = spawnSync(process.execPath, [program, 'clean'], { encoding: 'utf8' })
  const left = [...objectsOf(run), ...systemV().filter((object) => !before.includes(object))]
  const { records, bad } = unreadableLines(output)
  rmSync(output, { recursive: true, force: true })
  return { alive, left, records, bad, cleanFailed: cleaned.status !== 0 ? cleaned.stderr : '' }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const [times = '50', ...words] = process.argv.slice(2)
    if (!(Number(times) > 0)) throw new Failure('Say how often: node scripts/kill-at-random.mjs 50')
    const whole = performance.now()
    const output = mkdtempSync(join(tmpdir(), 'killed-'))
    spawnSync(process.execPath, [program, 'check', '--output', output, ...words])
    rmSync(output, { recursive: true })
    const span = performance.now() - whole
    let faults = 0
    let records = 0
    for (let i = 0; i < Number(times); i++) {
      const seen = await killOnce(words, Math.random() * span)
      records += seen.records
      const complaints = [
        ...seen.alive.map((each) => `still alive: ${each}`),
        ...seen.left.map((each) => `left behind: ${each}`),
        ...seen.bad.map((each) => `unreadable: ${each}`),
        ...(seen.cleanFailed === '' ? [] : [`clean failed: ${seen.cleanFailed}`]),
      ]
      faults += complaints.length > 0 ? 1 : 0
      for (const complaint of complaints) console.log(`kill ${i + 1}: ${complaint}`)
    }
    console.log(
      `killed ${times} times within ${(span / 1000).toFixed(1)} s: ${faults} left something, ${records} records read back`,
    )
    return faults > 0 ? 1 : 0
  })
}
