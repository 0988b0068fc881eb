/**
 * Which system this program itself runs on, and where its built parts lie. Nothing else in harness/ asks which system
 * this is: it takes `hostOs`, or what `system.ts` says.
 */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Os } from '../model.ts'

export const hostOs: Os = process.platform === 'win32' ? 'windows' : 'linux'

/** The folder of package.json, from the sources as from dist/. */
export const packageRoot = ((): string => {
  let folder = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(folder, 'package.json'))) {
    const above = dirname(folder)
    if (above === folder) throw new Error('ipcmark cannot find its own package.json: install it again.')
    folder = above
  }
  return folder
})()

export const packageVersion = (): string => {
  const { version } = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
  return version
}

const presets: Readonly<Record<Os, readonly string[]>> = {
  linux: ['linux'],
  windows: ['windows-msvc', 'windows-mingw'],
}

/** Where a native part for a system is, the newest where several presets made one; nothing when none was built. */
export function findBuilt(name: string, os: Os = hostOs): string | undefined {
  const made = presets[os].map((preset) => join(packageRoot, 'build', preset, name)).filter((file) => existsSync(file))
  return made.sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs)[0]
}
