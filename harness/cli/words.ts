/**
 * The words after a verb, parsed by yargs and then read with types. yargs by itself makes NaN of a bad number, a list of
 * an option that was given twice, and goes on to the handler with words that it has refused: here each is a sentence.
 */

import yargs from 'yargs'
import { suggestion } from '../nearest.ts'
import { usage } from './failures.ts'
import type { Options, Takes } from './verb.ts'

export interface Words {
  flag(name: string): boolean
  text(name: string): string | undefined
  texts(name: string): readonly string[]
  /** A whole number between two bounds. */
  whole(name: string, least: number, most?: number): number | undefined
}

type Parsed = Readonly<Record<string, unknown>>

export async function parseWords(
  verb: string,
  entry: Takes,
  options: Options,
  words: readonly string[],
): Promise<Words> {
  refuseValues(options, words)
  const parsed = await parse(verb, entry, options, words)
  refuseUnknown(verb, entry, options, parsed)
  refuseEmpty(options, parsed)
  return wordsOf(parsed)
}

async function parse(verb: string, { takes }: Takes, options: Options, words: readonly string[]): Promise<Parsed> {
  const shape = takes === undefined ? '' : takes.many ? ` [${takes.name}..]` : ` [${takes.name}]`
  const parser = yargs()
    .parserConfiguration({
      'boolean-negation': false,
      'camel-case-expansion': false,
      'dot-notation': false,
      'greedy-arrays': false,
      'parse-numbers': false,
      'parse-positional-numbers': false,
      'short-option-groups': false,
    })
    .help(false)
    .version(false)
    .exitProcess(false)
    .fail((message: string | null, error: Error | undefined) => {
      throw error?.name === 'YError' || error === undefined ? usage(problem(verb, message ?? error?.message)) : error
    })
  let parsed: Parsed = {}
  parser.command(
    `$0${shape}`,
    false,
    (y) => {
      for (const [name, { value, many }] of Object.entries(options)) {
        if (value === undefined) y.option(name, { type: 'boolean' })
        else y.option(name, { type: many ? 'array' : 'string', string: true, requiresArg: true })
      }
    },
    (found) => {
      parsed = found
    },
  )
  await parser.parseAsync(words)
  if (takes?.needed && parsed[takes.name] === undefined) {
    throw usage(
      `'${verb}' needs ${takes.many ? takes.name : `a ${takes.name}`}, as in 'ipcmark ${verb} ${takes.shown}'.`,
    )
  }
  return parsed
}

/** yargs takes whatever stands behind a switch for "no". */
function refuseValues(options: Options, words: readonly string[]): void {
  for (const word of words) {
    const [, name = '', value] = /^--([^=]+)=(.*)$/s.exec(word) ?? []
    if (value !== undefined && Object.hasOwn(options, name) && options[name]?.value === undefined) {
      throw usage(`--${name} is a switch and takes no value: leave '=${value}' away.`)
    }
  }
}

function problem(verb: string, message = 'the command line makes no sense'): string {
  const [, option] = /^Not enough arguments following: (.*)$/.exec(message) ?? []
  return option === undefined ? `${message}; 'ipcmark ${verb} --help' tells more.` : `--${option} needs a value.`
}

function refuseUnknown(verb: string, { takes }: Takes, options: Options, parsed: Parsed): void {
  const known = new Set(['_', '$0', ...(takes === undefined ? [] : [takes.name]), ...Object.keys(options)])
  const given = Object.keys(parsed).find((name) => !known.has(name))
  if (given !== undefined) {
    const near = suggestion(given, Object.keys(options)).replace("'", "'--")
    const dashes = given.length === 1 ? '-' : '--'
    throw usage(`'${verb}' has no option '${dashes}${given}'${near || `; 'ipcmark ${verb} --help' lists them.`}`)
  }
  const [rest] = parsed._ as readonly unknown[]
  if (rest !== undefined) throw usage(`'${verb}' does not know what to do with '${rest}'.`)
}

/** An empty value comes from a variable of the shell that is not set. */
function refuseEmpty(options: Options, parsed: Parsed): void {
  const empty = Object.keys(options).find((name) => [parsed[name]].flat().includes(''))
  if (empty !== undefined) throw usage(`--${empty} needs a value, and the one given is empty.`)
}

export function wordsOf(parsed: Parsed): Words {
  const text = (name: string): string | undefined => {
    const value = parsed[name]
    if (value === undefined) return undefined
    if (Array.isArray(value)) throw usage(`--${name} was given ${value.length} times; give it once.`)
    return String(value)
  }
  return {
    flag(name) {
      const value = parsed[name]
      return Array.isArray(value) ? value.at(-1) === true : value === true
    },
    text,
    texts: (name) => [parsed[name] ?? []].flat().map(String),
    whole(name, least, most = Number.MAX_SAFE_INTEGER) {
      const given = text(name)
      if (given === undefined) return undefined
      const value = /^\d+$/.test(given) ? Number(given) : Number.NaN
      if (value >= least && value <= most) return value
      const range = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `${least} to ${most}`
      throw usage(`--${name} has to be a whole number, ${range}, and '${given}' is none.`)
    },
  }
}
