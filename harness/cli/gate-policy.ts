/**
 * The policy of a project, found where it lies or where the command line says: `ipcmark.config.json`, or a module beside it,
 * `.ts`, `.mjs` or `.js`, whose default export, or only export, says the same.
 */

import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Policy, PolicyError, policyOf } from '../gate/policy.ts'
import { usage } from './failures.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

const usualFiles = ['json', 'ts', 'mjs', 'js'].map((ending) => `ipcmark.config.${ending}`)

export const policyOption: Options = {
  config: { says: `the policy (${usualFiles[0]}, .ts, .mjs or .js, where there is one)`, value: 'FILE' },
}

export async function policyFrom(words: Words): Promise<Policy> {
  const file = words.text('config') ?? usualFile()
  if (file === undefined) return policyOf({}, 'no policy')
  try {
    const { expectations, ...policy } = policyOf(await written(file), file)
    // Named beside the policy, wherever the gate is started.
    const beside = expectations?.map((name) => path.resolve(path.dirname(file), name))
    return beside === undefined ? policy : { ...policy, expectations: beside }
  } catch (error) {
    if (error instanceof PolicyError) throw usage(`${error.message}.`)
    if (error instanceof SyntaxError && file.endsWith('.json')) throw usage(`${file} is no JSON: ${error.message}.`)
    throw usage(`${file} cannot be read: ${firstLine(error)}.`)
  }
}

function usualFile(): string | undefined {
  const [found, other] = usualFiles.filter((name) => existsSync(name))
  if (other === undefined) return found
  throw usage(`${found} and ${other} are both there: keep one of them, or name one by --config.`)
}

const firstLine = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).split('\n')[0]?.replace(/\.$/, '') ?? ''

/** What a file holds, as a value. */
async function written(file: string): Promise<unknown> {
  if (!/\.[cm]?[jt]s$/.test(file)) return JSON.parse(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''))
  const exports = await moduleIn(path.resolve(file))
  if ('default' in exports) return exports.default
  const [name, second] = Object.keys(exports)
  if (name !== undefined && second === undefined) return exports[name]
  throw new PolicyError(`${file} has to have a default export, or one export and no other`)
}

async function moduleIn(file: string): Promise<Readonly<Record<string, unknown>>> {
  if (!existsSync(file)) throw new Error('there is no such file')
  const address = pathToFileURL(file).href
  if (!file.endsWith('ts')) return import(address)
  const { createJiti } = await import('jiti')
  return createJiti(import.meta.url, { fsCache: false, moduleCache: false }).import(file)
}
