// What the scripts of this folder share: where things are, running a program, and saying what is done. A step prints one
// line when it went well; a program's output is shown only when it failed. A failure is one sentence that says what to do.
import { spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath, pathToFileURL } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))
export const windows = process.platform === 'win32'

/** Something that the person at the terminal can act on: shown without a stack. */
export class Failure extends Error {}

/** Whether the file with this `import.meta.url` is the program that was started.
 * @param {string} url */
export const isMain = (url) =>
  process.argv[1] !== undefined && url === pathToFileURL(realpathSync(process.argv[1])).href

/** Runs a script's body and turns its outcome into the exit code.
 * @param {() => Promise<number | void>} body */
export async function main(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error)
    process.exitCode = 1
  }
}

/** The path of a program, or undefined if PATH has none of that name.
 * @param {string} name */
export function find(name) {
  const endings = windows ? ['.exe', '.cmd', '.bat'] : ['']
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    for (const ending of endings) {
      const path = join(folder, name + ending)
      try {
        accessSync(path, constants.X_OK)
        if (statSync(path).isFile()) return path
      } catch {
        // Not here: look in the next folder.
      }
    }
  }
  return undefined
}

/** How to install a package on this machine, by the package manager that it has.
 * @param {{ apt: string, dnf?: string, pacman?: string, winget?: string }} names */
export function howToInstall(names) {
  if (windows) return `winget install ${names.winget ?? names.apt}`
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  if (!find('apt-get') && find('dnf')) return `${sudo}dnf install ${names.dnf ?? names.apt}`
  if (!find('apt-get') && find('pacman')) return `${sudo}pacman -S ${names.pacman ?? names.dnf ?? names.apt}`
  return `${sudo}apt-get install ${names.apt}`
}

/** Runs a program to its end and returns what it wrote; a failure shows that output.
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} */
export async function run(program, args, { cwd = root, env = process.env } = {}) {
  const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (output += text))
  const ending = await new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code, signal) => resolve(signal ?? code))
  })
  if (ending !== 0) throw new Failure(`${output.trimEnd()}\n\`${commandLine(program, args)}\` ended with ${ending}.`)
  return output
}

/** A command as one would type it, cut where a list of files makes it long.
 * @param {string} program @param {string[]} args */
function commandLine(program, args) {
  const line = [program, ...args].join(' ')
  return line.length > 120 ? `${line.slice(0, 120)}…` : line
}

/** Runs a program that talks to the terminal itself, and returns its exit code.
 * @param {string} program
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv }} [options] */
export function show(program, args, { env = process.env } = {}) {
  const { status, signal, error } = spawnSync(program, args, { cwd: root, env, stdio: 'inherit' })
  if (error) throw error
  if (signal) throw new Failure(`\`${commandLine(program, args)}\` was killed by ${signal}.`)
  return status ?? 1
}

/** Does one step and prints its line. The step may return a word to show instead of the time it took.
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work */
export async function step(title, work) {
  const start = performance.now()
  const result = await work()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${title.padEnd(28)} ${typeof result === 'string' ? result : `${seconds} s`}`)
  return result
}

/** Keeps a second setup, build or test in the same tree waiting until the first is over.
 * @template T
 * @param {() => Promise<T>} work */
export async function alone(work) {
  const lock = join(root, 'build', '.lock')
  mkdirSync(dirname(lock), { recursive: true })
  for (let told = false; ; ) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' })
      break
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
      if (!existsSync(lock)) continue
      const owner = Number(readFileSync(lock, 'utf8'))
      if (owner && !isAlive(owner)) {
        rmSync(lock, { force: true })
        continue
      }
      if (!told) console.error(`waiting for process ${owner}, which is building here (${lock})`)
      told = true
      await sleep(100)
    }
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
