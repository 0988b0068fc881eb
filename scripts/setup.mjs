// Brings a fresh clone to where ipcmark runs, and does next to nothing when it is there: npm packages, native programs,
// TypeScript. Everything else (`npm start`, `npm test`) begins with it.
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { buildAll } from './build.mjs'
import { alone, Failure, find, isMain, main, root, run, step, windows } from './steps.mjs'

export async function setup() {
  checkNode()
  await alone(async () => {
    if (packagesAreOld()) await step('npm ci', installPackages)
    await buildAll()
  })
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  if (major > 20 || (major === 20 && minor >= 19)) return
  throw new Failure(`ipcmark needs Node 20.19 or newer, and this is ${process.versions.node}: see https://nodejs.org`)
}

/** npm leaves a lock file of its own in node_modules when an installation is complete. */
function packagesAreOld() {
  const wanted = join(root, 'package-lock.json')
  if (!existsSync(wanted)) return false
  const installed = join(root, 'node_modules', '.package-lock.json')
  return !existsSync(installed) || statSync(installed).mtimeMs < statSync(wanted).mtimeMs
}

async function installPackages() {
  // npm is a batch file on Windows, which Node starts only through a shell; npm tells its children where it itself is.
  const npm = process.env.npm_execpath
  if (npm) await run(process.execPath, [npm, 'ci'])
  else if (windows) await run('cmd', ['/d', '/c', 'npm ci'])
  else if (find('npm')) await run('npm', ['ci'])
  else
    throw new Failure('The packages that ipcmark needs are not installed, and npm, which installs them, is not there.')
}

if (isMain(import.meta.url)) await main(setup)
