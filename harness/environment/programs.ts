/** Programs on PATH. */

import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { hostOs } from './host.ts'

/** The first of these programs that PATH has. */
export function findProgram(names: readonly string[], path = process.env.PATH ?? ''): string | undefined {
  const endings = hostOs === 'windows' ? ['.exe', '.cmd', '.bat'] : ['']
  const folders = path.split(delimiter).filter((folder) => folder !== '')
  return names
    .flatMap((name) => folders.flatMap((folder) => endings.map((ending) => join(folder, name + ending))))
    .find(isProgram)
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
