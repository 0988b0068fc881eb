#!/usr/bin/env node
/**
 * The command line. What it does not need it does not load, so that help costs nothing. Whatever goes wrong is a sentence
 * on standard error and one of the exit codes of failures.ts; nothing ends with a stack.
 */

import { setFlagsFromString } from 'node:v8'
import { packageVersion } from '../environment/host.ts'
import { exitCodes } from '../model.ts'
import { suggestion } from '../nearest.ts'
import { failureOf, usage } from './failures.ts'
import { programHelp, verbHelp } from './help.ts'
import { paintFor, withoutColour } from './screen.ts'
import { verbs } from './verbs.ts'

// It shares the machine with what it measures: of a hundred thousand launches too it is to take little memory.
setFlagsFromString('--optimize-for-size')

async function main(given: readonly string[]): Promise<number> {
  if (given.includes(withoutColour)) process.env.NO_COLOR = '1'
  const [name, ...rest] = given.filter((word) => word !== withoutColour)
  if (name === undefined) throw usage(`say what to do: ${Object.keys(verbs).join(', ')}; 'ipcmark --help' tells more.`)
  if (name === '--help' || name === '-h') return print(programHelp(verbs, paintFor(process.stdout)))
  if (name === '--version' || name === '-v') return print(`${packageVersion()}\n`)
  const entry = Object.hasOwn(verbs, name) ? verbs[name] : undefined
  if (entry === undefined) throw usage(unknownVerb(name))
  const verb = await entry.load()
  if (rest.includes('--help') || rest.includes('-h'))
    return print(verbHelp(name, entry, verb, paintFor(process.stdout)))
  const { parseWords } = await import('./words.ts')
  return verb.run(await parseWords(name, entry, verb.options, rest))
}

function unknownVerb(name: string): string {
  const known = Object.keys(verbs)
  if (name.startsWith('-'))
    return `the verb comes first, as in 'ipcmark check ${name} …'; there are ${known.join(', ')}.`
  return `there is no verb '${name}'${suggestion(name, known) || `; there are ${known.join(', ')}.`}`
}

function print(text: string): number {
  process.stdout.write(text)
  return exitCodes.pass
}

// Where standard error is lost, nobody is left to tell.
process.stderr.on('error', () => {})

// Whoever reads may stop reading, and nothing is left unfinished for that. What was lost on a full disk is told once, and
// is no success, though a claim that does not hold weighs more.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
  if (code === 'EPIPE' || process.listenerCount('exit', spoilSuccess) > 0) return
  process.stderr.write(
    `ipcmark: standard output cannot be written (${code}), and lacks what was lost: send it elsewhere.\n`,
  )
  process.on('exit', spoilSuccess)
})

function spoilSuccess(): void {
  if (process.exitCode === exitCodes.pass) process.exitCode = exitCodes.harnessBroke
}

function fail(error: unknown): number {
  const failure = failureOf(error)
  process.stderr.write(`${failure.text}\n`)
  return failure.exitCode
}

// What nobody waits for can go wrong too. Agents and peers end with this process.
process.on('uncaughtException', (error) => process.exit(fail(error)))

process.exitCode = await main(process.argv.slice(2)).catch(fail)
