// Checks style, types, the symmetry of the two systems and that Microsoft's compiler can read the sources; `--write`
// (npm run format) puts right what a tool can.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { checkPortability } from './check-portability.mjs'
import { checkSymmetry } from './check-symmetry.mjs'
import { Failure, find, howToInstall, main, root, run, step } from './steps.mjs'

// Each version of clang-format formats a little differently, so the one of Debian 12 decides.
const clangFormatVersion = 14

const write = process.argv.includes('--write')
const node = process.execPath
const bin = (/** @type {string} */ path) => join(root, 'node_modules', path)

await main(async () => {
  let failures = 0
  const check = async (/** @type {string} */ title, /** @type {() => Promise<string | undefined | void>} */ work) => {
    try {
      await step(title, work)
    } catch (error) {
      if (!(error instanceof Failure)) throw error
      failures += 1
      console.log(`${title.padEnd(28)} FAILED\n${error.message}\n`)
    }
  }

  await check('biome', async () => {
    const args = write ? ['--write'] : ['--error-on-warnings']
    await run(node, [bin('@biomejs/biome/bin/biome'), 'check', ...args])
  })
  await check('clang-format', clangFormat)
  if (!write) {
    await check('tsc', async () => {
      await run(node, [bin('typescript/bin/tsc'), '-p', 'tsconfig.json'])
    })
    await check('symmetry', async () => checkSymmetry())
    await check('portability', async () => checkPortability())
  }
  return failures === 0 ? 0 : 1
})

async function clangFormat() {
  const program = find(`clang-format-${clangFormatVersion}`) ?? find('clang-format')
  if (!program) return `skipped, there is none: ${howToInstall({ apt: 'clang-format', winget: 'LLVM.LLVM' })}`
  const version = /version (\d+)/.exec(await run(program, ['--version']))?.[1]
  if (Number(version) !== clangFormatVersion) return `skipped: it is version ${version}, not ${clangFormatVersion}`
  const files = ['native', 'suites'].flatMap((folder) => sourcesIn(folder))
  if (files.length === 0) return 'nothing to do'
  await run(program, write ? ['-i', ...files] : ['--dry-run', '-Werror', ...files])
  return undefined
}

/** @param {string} folder @returns {string[]} */
function sourcesIn(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return sourcesIn(path)
    return /\.(cc|c|h)$/.test(entry.name) ? [path] : []
  })
}
