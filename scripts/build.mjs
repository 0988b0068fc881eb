// Builds the native core and the TypeScript sources: `node scripts/build.mjs [PRESET…] [typescript]`. Without arguments,
// everything that this machine can build. The presets are those of native/CMakePresets.json; each lands in build/PRESET.
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { alone, Failure, find, howToInstall, isMain, main, root, run, step, windows } from './steps.mjs'

const native = join(root, 'native')

/** The preset that makes programs for this machine. */
export function hostPreset() {
  if (!windows) return 'linux'
  return hasVisualStudio() ? 'windows-msvc' : 'windows-mingw'
}

/** Builds what this machine can run: its own programs, on Linux also the Windows ones for Wine, and the TypeScript. */
export async function buildAll() {
  await buildNative(hostPreset())
  if (!windows) {
    const { compilers, install } = needsOf('windows-mingw')
    if (compilers.some((name) => find(name))) await buildNative('windows-mingw')
    else console.log(`${'native windows-mingw'.padEnd(28)} skipped, no ${compilers[0]}: ${install}`)
  }
  await buildTypescript()
}

/** @param {string} preset */
export async function buildNative(preset) {
  checkNativeTools(preset)
  const generator = process.env.CMAKE_GENERATOR ?? (canUseNinja(preset) ? 'Ninja' : undefined)
  const env = generator ? { ...process.env, CMAKE_GENERATOR: generator } : process.env
  await step(`native ${preset}`, async () => {
    const folder = join(root, 'build', preset)
    if (!isConfigured(folder)) {
      await run('cmake', ['--preset', preset, ...compilerOf(preset)], { cwd: native, env })
      // CMake leaves a cache that has not changed as it was; its time is what isConfigured goes by.
      const now = new Date()
      utimesSync(join(folder, 'CMakeCache.txt'), now, now)
    }
    const jobs = String(availableParallelism())
    await run('cmake', ['--build', '--preset', preset, '--parallel', jobs], { cwd: native, env })
  })
}

export async function buildTypescript() {
  // An installed package comes with dist/ and without the sources.
  if (!existsSync(join(root, 'tsconfig.build.json'))) return
  await step('typescript', async () => {
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc')
    try {
      await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'])
    } finally {
      // Also when a type is wrong: tsc has emitted all the same.
      mirrorOtherFiles()
    }
  })
}

/** Makes the rest of dist/ agree with the sources: copies what is not TypeScript, removes what has no source any more. */
function mirrorOtherFiles() {
  const expected = new Set(['.tsbuildinfo'])
  for (const source of ['suites', 'harness', 'reports'].flatMap((folder) => filesIn(folder))) {
    if (/\.test\.ts$|\.snap$|\.md$/.test(source)) continue
    if (source.endsWith('.ts')) {
      expected.add(source.replace(/\.ts$/, '.js')).add(source.replace(/\.ts$/, '.d.ts'))
      continue
    }
    expected.add(source)
    const copy = join(root, 'dist', source)
    if (existsSync(copy) && statSync(copy).mtimeMs >= statSync(join(root, source)).mtimeMs) continue
    mkdirSync(dirname(copy), { recursive: true })
    copyFileSync(join(root, source), copy)
  }
  for (const file of filesIn('dist')) {
    const name = file.slice('dist/'.length)
    if (!expected.has(name)) rmSync(join(root, 'dist', name))
  }
}

/** @param {string} folder relative to the root @returns {string[]} */
function filesIn(folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    return entry.isDirectory() ? filesIn(path) : [path]
  })
}

/** @param {string} folder */
function isConfigured(folder) {
  const cache = join(folder, 'CMakeCache.txt')
  if (!existsSync(cache)) return false
  const home = /^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$/m.exec(readFileSync(cache, 'utf8'))?.[1]
  const finished = existsSync(join(folder, 'build.ninja')) || existsSync(join(folder, 'Makefile')) || windows
  if (finished && home === native.replaceAll('\\', '/')) {
    // CMake itself watches CMakeLists.txt, but not the presets.
    return statSync(cache).mtimeMs > statSync(join(native, 'CMakePresets.json')).mtimeMs
  }
  // The tree was moved or the configuration broke off: CMake would refuse or go on with half of it.
  rmSync(folder, { recursive: true })
  return false
}

/** @param {string} preset */
function compilerOf(preset) {
  // On Windows the mingw compilers are not cross compilers and have short names.
  if (preset === 'windows-mingw' && windows) return ['-DCMAKE_C_COMPILER=gcc', '-DCMAKE_CXX_COMPILER=g++']
  return []
}

/** @param {string} preset */
function canUseNinja(preset) {
  // With Visual Studio, Ninja works only in a prompt where the compiler is on the path.
  return find('ninja') !== undefined && (preset !== 'windows-msvc' || find('cl') !== undefined)
}

function hasVisualStudio() {
  if (find('cl')) return true
  const installer = join(process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)', 'Microsoft Visual Studio')
  return existsSync(join(installer, 'Installer', 'vswhere.exe'))
}

/** The compilers that a preset can use, best first, and how to get one.
 * @param {string} preset */
function needsOf(preset) {
  if (preset === 'windows-mingw') {
    const install = howToInstall({ apt: 'g++-mingw-w64-x86-64-posix', dnf: 'mingw64-gcc-c++', pacman: 'mingw-w64-gcc' })
    return { compilers: ['x86_64-w64-mingw32-g++-posix'], install }
  }
  if (preset === 'linux-clang') return { compilers: ['clang++'], install: howToInstall({ apt: 'clang' }) }
  const install = howToInstall({ apt: 'g++', dnf: 'gcc-c++', pacman: 'gcc' })
  return { compilers: [process.env.CXX ?? 'c++', 'g++', 'clang++'], install }
}

/** @param {string} preset */
function checkNativeTools(preset) {
  if (!find('cmake')) {
    const install = howToInstall({ apt: 'cmake', winget: 'Kitware.CMake' })
    throw new Failure(`Building ipcmark needs CMake 3.21 or newer, and there is none: ${install}`)
  }
  if (windows) return
  const { compilers, install } = needsOf(preset)
  if (!compilers.some((name) => find(name) ?? existsSync(name))) {
    throw new Failure(`Building ${preset} needs a C++20 compiler, and ${compilers[0]} is not there: ${install}`)
  }
  if (!find('ninja') && !find('make')) {
    const install = howToInstall({ apt: 'ninja-build', pacman: 'ninja' })
    throw new Failure(`CMake needs ninja or make to build with, and there is neither: ${install}`)
  }
}

if (isMain(import.meta.url)) {
  await main(() =>
    alone(async () => {
      const targets = process.argv.slice(2)
      if (targets.length === 0) await buildAll()
      for (const target of targets) await (target === 'typescript' ? buildTypescript() : buildNative(target))
    }),
  )
}
