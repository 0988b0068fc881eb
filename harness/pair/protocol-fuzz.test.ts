/**
 * No input makes the agent crash, hang, leave a peer or a file behind, or answer what was not asked. Every input is made
 * from a seed that the test's name shows, so that what fails can be run again alone.
 */

import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { findBuilt, hostOs, packageRoot } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import type { Os } from '../model.ts'
import { native } from '../native.ts'
import { patternBytes } from './bytes.ts'
import { answerTo, disorder, type Ending, endOf, feed, idsIn, patience, start } from './feed.ts'
import { conversation, dice, mutate, nasty, ownPid } from './fuzz.ts'
import { makeRunId, type RunId } from './residue.ts'
import { type TargetCommand, targetCommand } from './target.ts'

interface Subject {
  readonly title: string
  readonly os: Os
  readonly target: TargetCommand
  readonly rounds: number
  /** For its peers to do what they were told, in milliseconds. */
  readonly wait: number
}

const sanitized = join(packageRoot, 'build', 'linux-asan', 'ipcmark-agent')
const windowsAgent = findBuilt('ipcmark-agent.exe', 'windows')
const isFresh = (file: string): boolean =>
  existsSync(file) && statSync(file).mtimeMs >= statSync(targetCommand('native').command).mtimeMs

/** Whichever agents were built here; the sanitizers' own not where it is older. */
const subjects: readonly Subject[] = [
  { title: 'native', os: hostOs, target: targetCommand('native'), rounds: 6, wait: 20 },
  ...(isFresh(sanitized)
    ? [{ title: 'sanitized', os: hostOs, target: targetCommand('native', { agent: sanitized }), rounds: 2, wait: 50 }]
    : []),
  ...(hostOs === 'linux' && windowsAgent && findProgram(['wine', 'wine64'])
    ? [{ title: 'wine', os: 'windows' as const, target: targetCommand('wine'), rounds: 2, wait: 100 }]
    : []),
]

/** The id of a request that is put behind an input, for the peer that has its hands full to answer. */
const lastId = 424_242
const longestLine = 8 * 2 ** 20

let run: RunId
beforeEach(() => {
  run = makeRunId()
})
afterEach(() => {
  native().sweep(run)
  expect(native().residueOf(run)).toEqual([])
})

describe.each(subjects)('the agent ($title)', ({ os, target, rounds, wait }) => {
  async function orderly(ending: Ending, input: string | Buffer): Promise<Ending> {
    expect(await disorder(ending, run, input)).toEqual([])
    return ending
  }
  const feedOrderly = async (input: string | Buffer, last?: number, patiently = wait) =>
    orderly(await feed(target, run, input, last === undefined ? undefined : { last, wait: patiently }), input)

  test('answers the whole conversation that is mutated below', async () => {
    const child = start(target, run)
    const whole = endOf(child)
    const lines = conversation(os, run)
    const say = async (from: number, to: number, ...until: readonly number[]) => {
      const answered = Promise.all(until.map((id) => answerTo(child, id)))
      child.stdin.write(`${lines.slice(from - 1, to).join('\n')}\n`)
      await Promise.race([answered, whole])
    }
    await say(1, 5, 3, 5)
    await say(6, 13, 9, 13)
    await say(14, 20, 19)
    await say(21, 24, 23, 24)
    child.stdin.end('25 agent bye\n')
    const ending = await orderly(await whole, `${lines.join('\n')}25`)
    expect(ending.code).toBe(0)
    // What waits for ever is never answered, and who leaves does not answer either.
    const answered = new Set(idsIn(ending))
    const surely = Array.from({ length: 25 }, (_, i) => i + 1).filter((id) => ![7, 8, 15, 20, 21].includes(id))
    expect(surely.filter((id) => !answered.has(id))).toEqual([])
    expect(answered.has(21)).toBe(false)
  })

  test.each(Array.from({ length: Math.ceil(rounds / 2) }, (_, i) => i + 1))(
    'survives random bytes (seed %i)',
    async (seed) => {
      for (const length of [1, 2, 7, 100, 4_096, 70_000]) {
        const bytes = patternBytes(length, seed * 100 + length)
        await feedOrderly(bytes)
        const head = '1 agent hello 1\n2 agent start a/p\n3 a/p '
        const tail = `\n${lastId} a/p ${ownPid[os]}\n`
        await feedOrderly(Buffer.concat([Buffer.from(head), bytes, Buffer.from(tail)]), lastId)
      }
    },
  )

  test.each(Array.from({ length: rounds }, (_, i) => i + 1))(
    'survives mutated conversations (seed %i)',
    async (seed) => {
      const roll = dice(seed)
      for (let round = 0; round < 12; round++) {
        const mutant = mutate(conversation(os, run), roll)
        const input = `${mutant.join(roll(10) === 0 ? '\r\n' : '\n')}\n${lastId} a/producer ${ownPid[os]}`
        await feedOrderly(roll(4) === 0 ? input : `${input}\n`, lastId)
      }
    },
  )

  test('goes on after every request that it refuses', async () => {
    const lines = ['1 agent hello 1', '2 agent start a/p']
    for (const word of nasty) {
      const id = lines.length + 1
      lines.push(
        `${id} a/p ${word}`,
        `${id + 1} ${word} ${ownPid[os]}`,
        `${id + 2} a/p repeat 1 0 ${ownPid[os]} ${word}`,
        `${id + 3} agent end ${word}`,
      )
    }
    const last = lines.length + 1
    const input = [...lines.filter((line) => !line.includes('bye')), `${last} agent bye`, ''].join('\n')
    const ending = await feedOrderly(input, last, patience)
    expect(idsIn(ending)).toContain(last)
    expect(ending.code).toBe(0)
  })

  test('carries a line of nearly 8 MiB, and refuses a longer one', async () => {
    const head = '1 agent hello 1\n2 agent start a/p\n3 a/p '
    const text = 'x'.repeat(longestLine - 100)
    const fits = await feed(target, run, `${head}${ownPid[os]} '${text}'\n`, { last: 3, wait: patience })
    await orderly(fits, '1 2 3')
    expect(fits.lines.find((line) => line.startsWith('{"id":3,'))).toContain('1 argument was given')

    const refused = await feed(target, run, `${head}${text}${text}`)
    await orderly(refused, '1 2 3')
    expect(refused.lines.some((line) => /longer than 8 MiB/.test(line))).toBe(true)
    expect(refused.code).toBe(2)
  })

  test('takes a hundred thousand empty and wrong lines', async () => {
    const input = `1 agent hello 1\n${'\n'.repeat(50_000)}${'x\n'.repeat(50_000)}2 agent bye\n`
    expect(idsIn(await feedOrderly(input))).toContain(2)
  })

  test('takes a request byte by byte', async () => {
    const child = start(target, run)
    const whole = endOf(child)
    const input = `1 agent hello 1\n2 agent start a/p\n3 a/p ${ownPid[os]}\n`
    const answered = answerTo(child, 3)
    for (const byte of Buffer.from(input)) {
      child.stdin.write(Buffer.from([byte]))
      await new Promise((resolve) => setImmediate(resolve))
    }
    await Promise.race([answered, whole])
    child.stdin.end()
    const ending = await orderly(await whole, input)
    expect(ending.code).toBe(0)
    expect(idsIn(ending)).toEqual([1, 2, 3])
  })

  test.each([
    ['nothing', '', 0],
    ['no newline', '1 agent hello 1', 0],
    ['another version', '1 agent hello 2\n', 2],
    ['no greeting', '1 agent start a/p\n2 a/p getpid\n3 agent calls\n', 0],
    ['a run that is none', '1 agent hello 1 ../../etc\n', 0],
    ['two greetings', '1 agent hello 1\n2 agent hello 1\n3 agent hello 7\n', 2],
  ])('ends in order after %s', async (_, input, code) => {
    expect((await feedOrderly(input)).code).toBe(code)
  })

  test('greeted in two runs leaves neither', async () => {
    const second = makeRunId()
    await feedOrderly(`1 agent hello 1 ${run}\n2 agent hello 1 ${second}\n`)
    expect(native().residueOf(second)).toEqual([])
  })
})
