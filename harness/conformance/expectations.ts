/**
 * Expectations files: the known deviations of a platform, each excused by name, reason and link. A file is checked before
 * anything runs. A key, a case or a verdict that nobody knows is refused with the nearest that somebody does, because an
 * excuse with a slip of the pen excuses nothing, or the wrong thing.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { packageRoot } from '../environment/host.ts'
import type { Deviation, TargetInfo } from '../model.ts'
import { suggestion } from '../nearest.ts'
import { matrixOf, type Suite } from './plan.ts'

/** The sentence says which file is wrong, where, and what to do. */
export class ExpectationsError extends Error {
  override readonly name = 'ExpectationsError'
}

/** What may be excused: what the machine did wrong. Our own faults are mended, and a pass needs no excuse. */
const excusable = ['fail', 'crash', 'hang'] as const

/** The platforms whose files speak of a target: `wine-8` and `wine` for Wine 8.0, or the system itself. */
export function platformsOf({ os, emulator }: Pick<TargetInfo, 'os' | 'emulator'>): string[] {
  if (emulator === undefined) return [os]
  const [name, version] = emulator.toLowerCase().split(/\s+/)
  const major = version?.split('.')[0]
  return [...(major === undefined ? [] : [`${name}-${major}`]), name ?? '']
}

/** The files that ship with the suite for a target, where there are any. */
export function ownFiles(info: Pick<TargetInfo, 'os' | 'emulator'>): string[] {
  const folders = ['suites', join('dist', 'suites')].map((folder) => join(packageRoot, folder, 'expectations'))
  const folder = folders.find((place) => existsSync(place))
  if (folder === undefined) return []
  return platformsOf(info)
    .map((platform) => join(folder, `${platform}.json`))
    .filter((file) => existsSync(file))
}

/** Every deviation of some files, by case. A case that two entries excuse is refused. */
export function loadExpectations(files: readonly string[], suite: Suite): ReadonlyMap<string, Deviation> {
  const ids = new Set(matrixOf(suite).cases.map((planned) => planned.id))
  const origin = new Map<string, string>()
  const deviations = new Map<string, Deviation>()
  for (const file of files) {
    for (const deviation of readDeviations(file, ids)) {
      const first = origin.get(deviation.case)
      if (first !== undefined) {
        const where = first === file ? 'twice' : `already in ${first}`
        throw new ExpectationsError(`${file}: ${deviation.case} is excused ${where}; keep one of the two.`)
      }
      origin.set(deviation.case, file)
      deviations.set(deviation.case, deviation)
    }
  }
  return deviations
}

function readDeviations(file: string, ids: ReadonlySet<string>): Deviation[] {
  const whole = fieldsOf(parse(file), file, 'the file', ['platform', 'deviations'])
  textOf(whole, 'platform', file)
  const { deviations } = whole
  if (!Array.isArray(deviations)) throw new ExpectationsError(`${file}: 'deviations' has to be a list.`)
  return deviations.map((entry, index) => deviationOf(entry, file, `entry ${index + 1}`, ids))
}

function parse(file: string): unknown {
  let contents: string
  try {
    contents = readFileSync(file, 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    const reason = code === 'ENOENT' ? 'there is no such file' : `it cannot be read (${code})`
    throw new ExpectationsError(`${file}: ${reason}; name a file of expectations.`, { cause })
  }
  try {
    return JSON.parse(contents.replace(/^\uFEFF/, ''))
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new ExpectationsError(`${file} is no JSON: ${reason}.`, { cause })
  }
}

function deviationOf(entry: unknown, file: string, where: string, ids: ReadonlySet<string>): Deviation {
  const fields = fieldsOf(entry, file, where, ['case', 'verdict', 'observed', 'reason', 'link'])
  const id = textOf(fields, 'case', file, where)
  if (!ids.has(id)) {
    const generic = [...ids].some((known) => known.startsWith(`${id}@`))
    const remedy = generic ? `; name one mechanism, as in '${id}@MECHANISM'` : suggestion(id, ids)
    throw new ExpectationsError(`${file}: ${where} excuses '${id}', which is no case${remedy || '.'}`)
  }
  const named = textOf(fields, 'verdict', file, id)
  const verdict = excusable.find((known) => known === named)
  if (verdict === undefined) {
    throw new ExpectationsError(
      `${file}: ${id} has the verdict '${named}'; what can be excused is ${excusable.join(', ')}.`,
    )
  }
  return {
    case: id,
    verdict,
    observed: textOf(fields, 'observed', file, id),
    reason: textOf(fields, 'reason', file, id),
    link: textOf(fields, 'link', file, id),
  }
}

type Fields = Readonly<Record<string, unknown>>

function fieldsOf(value: unknown, file: string, where: string, known: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ExpectationsError(`${file}: ${where} has to be an object with ${known.join(', ')}.`)
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown === undefined) return value as Fields
  const near = suggestion(unknown, known) || `; there are ${known.join(', ')}.`
  throw new ExpectationsError(`${file}: ${where} has a key '${unknown}' that means nothing${near}`)
}

function textOf(fields: Fields, name: string, file: string, where = 'the file'): string {
  const value = fields[name]
  if (typeof value === 'string' && value.trim() !== '') return value
  throw new ExpectationsError(`${file}: ${where} lacks '${name}', which has to be a text that says something.`)
}
