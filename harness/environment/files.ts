/**
 * Reading the files in which Linux shows itself, below a root that tests choose. What is missing or may not be read is
 * `undefined` or empty: any of these files may be absent on some kernel.
 */

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export interface Files {
  /** The text without the blanks at its end. */
  read(path: string): string | undefined
  /** The text of a file that is packed with gzip. */
  unzip(path: string): string | undefined
  number(path: string): number | undefined
  /** The names in a folder, sorted. */
  list(path: string): readonly string[]
  exists(path: string): boolean
}

export function filesBelow(root: string): Files {
  const read = (path: string): string | undefined => orNothing(() => readFileSync(join(root, path), 'utf8').trimEnd())
  return {
    read,
    unzip: (path) => orNothing(() => gunzipSync(readFileSync(join(root, path))).toString('utf8')),
    number(path) {
      const text = read(path)?.trim()
      const number = Number(text)
      return text === undefined || text === '' || Number.isNaN(number) ? undefined : number
    },
    list: (path) => orNothing(() => readdirSync(join(root, path)).sort()) ?? [],
    exists: (path) => existsSync(join(root, path)),
  }
}

function orNothing<T>(look: () => T): T | undefined {
  try {
    return look()
  } catch {
    return undefined
  }
}

/** `0-3,8` as the kernel writes a set of processors. */
export function parseCpuList(list: string): readonly number[] {
  return list
    .split(',')
    .filter((range) => /^\d+(-\d+)?$/.test(range.trim()))
    .flatMap((range) => {
      const [first = 0, last = first] = range.split('-').map(Number)
      return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    })
}
