/**
 * The two arms of a gate: what is to be measured against what. An arm is anything that an agent can be started in: a target,
 * another build of the agent, an environment, what a command does before each launch, faults, a slowdown.
 */

import { type ChildProcess, spawn } from 'node:child_process'
import { shorten } from '../../reports/view/visible.ts'
import { hostOs } from '../environment/host.ts'
import { type ArmName, exitCodes, type TargetId } from '../model.ts'
import type { AgentOptions } from '../pair/target.ts'
import { Ending, usage } from './failures.ts'
import { faultSpecs, systemOf, targetOf } from './targets.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

/** Nanoseconds that each message of a cell, by its name, is held up by. */
export type HeldUp = ReadonlyMap<string, number>

export interface ArmSpec {
  readonly target: TargetId
  readonly agent: AgentOptions
  /** A command for the shell, before each launch and each round of cases. */
  readonly setup?: string
  readonly heldUp?: HeldUp
  /** In words, for reports. */
  readonly says: string
}

const optionsOf = (arm: 'a' | 'b'): Options => ({
  [arm]: { says: `arm ${arm.toUpperCase()}: native, wine, or exec:COMMAND that starts the agent`, value: 'TARGET' },
  [`${arm}-agent`]: { says: `another agent for arm ${arm.toUpperCase()}`, value: 'FILE' },
  [`${arm}-env`]: {
    says: `a variable that the agent of arm ${arm.toUpperCase()} is started with`,
    value: 'NAME=VALUE',
    many: true,
  },
  [`${arm}-setup`]: {
    says: `a command before each launch of arm ${arm.toUpperCase()}, and before its cases`,
    value: 'COMMAND',
  },
  [`${arm}-fault`]: { says: `break calls on purpose in arm ${arm.toUpperCase()}`, value: 'NAME|SPEC', many: true },
})

export const armOptions: Options = {
  ...optionsOf('a'),
  ...optionsOf('b'),
}

/** `more` is what else is said of B. */
export const armsOf = (words: Words, more: readonly string[] = []): Readonly<Record<'a' | 'b', ArmSpec>> => ({
  a: armOf(words, 'a'),
  b: armOf(words, 'b', more),
})

function armOf(words: Words, arm: 'a' | 'b', more: readonly string[] = []): ArmSpec {
  const target = targetOf(words.text(arm) ?? 'native')
  const agent = words.text(`${arm}-agent`)
  const variables = words.texts(`${arm}-env`).map((text) => variableOf(text, `--${arm}-env`))
  const setup = words.text(`${arm}-setup`)
  const named = words.texts(`${arm}-fault`)
  const os = systemOf(target)
  const says = [
    target,
    ...(agent === undefined ? [] : [`agent ${agent}`]),
    ...variables.map((pair) => pair.join('=')),
    ...(setup === undefined ? [] : [`after \`${setup}\``]),
    ...named.map((fault) => `fault ${fault}`),
    ...more,
  ].join(', ')
  return {
    target,
    agent: {
      ...(agent === undefined ? {} : { agent }),
      ...(variables.length === 0 ? {} : { env: Object.fromEntries(variables) }),
      faults: named.flatMap((fault) => faultSpecs(fault, os, [os])),
    },
    ...(setup === undefined ? {} : { setup }),
    says,
  }
}

function variableOf(text: string, option: string): readonly [name: string, value: string] {
  const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? []
  if (name === undefined || value === undefined) throw usage(`${option} takes NAME=VALUE, and '${text}' is none.`)
  return [name, value]
}

/** Which of the two specifications an arm runs by. */
export const specOf = (arm: ArmName, arms: Readonly<Record<'a' | 'b', ArmSpec>>): ArmSpec =>
  arm === 'b' ? arms.b : arms.a

const setupTimeoutMs = 60_000
/** Of what a command says last. */
const longestWord = 200
/** Enough of the end for that, whatever its signs are. */
const mostKept = 4 * longestWord
/** So long may what a command said last be under way when it has ended. */
const lastWordsMs = 200

/** Runs an arm's command; one that fails ends the gate: nothing would be compared with nothing. */
export async function setUp(
  arm: ArmName,
  { setup }: Pick<ArmSpec, 'setup'>,
  signal: AbortSignal,
  timeoutMs = setupTimeoutMs,
): Promise<void> {
  if (setup === undefined) return
  const why = await ranInShell(setup, signal, timeoutMs)
  if (why === undefined || signal.aborted) return
  throw new Ending(
    `the command that sets arm ${arm.toUpperCase()} up, '${setup}', failed: ${why}.`,
    exitCodes.harnessBroke,
  )
}

/**
 * Nothing, or why it failed. It has ended when the command has, not what it left running: that may be what it is for, and
 * lives on. A command that is late or interrupted is ended with all of its group.
 */
function ranInShell(command: string, signal: AbortSignal, timeoutMs: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const child = spawn(command, { shell: true, detached: hostOs === 'linux', stdio: ['ignore', 'ignore', 'pipe'] })
    const end = () => endGroup(child)
    let said = ''
    let isLate = false
    const late = setTimeout(() => {
      isLate = true
      end()
    }, timeoutMs)
    signal.addEventListener('abort', end, { once: true })
    const finish = (why: string | undefined) => {
      clearTimeout(late)
      signal.removeEventListener('abort', end)
      child.stderr.destroy()
      resolve(why)
    }
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      said = (said + text).slice(-mostKept)
    })
    child.on('error', (error) => finish(error.message))
    child.on('exit', (code, killedBy) => {
      if (code === 0 && !isLate) return finish(undefined)
      const how = isLate
        ? `it did not end within ${timeoutMs / 1000} s`
        : killedBy === null
          ? `exit code ${code}`
          : `it was ended by ${killedBy}`
      const tell = () => {
        const last = shorten(said.trim().split('\n').at(-1) ?? '', longestWord)
        finish(`${how}${last === '' ? '' : `, ${last}`}`)
      }
      clearTimeout(late)
      const waited = setTimeout(tell, lastWordsMs)
      child.once('close', () => {
        clearTimeout(waited)
        tell()
      })
    })
  })
}

function endGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  if (hostOs !== 'linux') {
    child.kill()
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch (error) {
    // It ended in the same moment.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}
