/** However the agent ends, and whatever a peer does to its own line, nothing is left of either. */

import { readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hostOs } from '../environment/host.ts'
import { native } from '../native.ts'
import { disorder, endOf, feed, leftBehind, start } from './feed.ts'
import { makeRunId, type RunId } from './residue.ts'
import { targetCommand } from './target.ts'

let run: RunId
beforeEach(() => {
  run = makeRunId()
})
afterEach(() => void native().sweep(run))

describe.runIf(hostOs === 'linux')('an agent', () => {
  const target = targetCommand('native')

  test('with many peers, all waiting, takes them all with it', async () => {
    const pairs = Array.from({ length: 40 }, (_, i) => [
      `${3 * i + 2} agent start s${i}/p`,
      `${3 * i + 3} s${i}/p fork s${i}/q`,
      `${3 * i + 4} s${i}/q pause`,
    ])
    const input = ['1 agent hello 1', ...pairs.flat(), '500 agent blocked s39/q 5000', ''].join('\n')
    const ending = await feed(target, run, input, { last: 500, wait: 5_000 })
    expect(await disorder(ending, run, input)).toEqual([])
    expect(ending.lines.filter((line) => line.includes('"event":"ready"')).length).toBeGreaterThan(40)
  })

  test('ends with its peers when nobody reads its answers any more', async () => {
    const child = start(target, run)
    const whole = endOf(child)
    child.stdin.write('1 agent hello 1\n2 agent start a/p\n')
    await new Promise((resolve) => child.stdout.once('data', resolve))
    child.stdout.destroy()
    const asking = setInterval(() => child.stdin.write('3 agent calls\n'), 1)
    const { code, signal } = await whole
    clearInterval(asking)
    expect(signal).toBeNull()
    expect([0, 2, 5]).toContain(code)
    expect(await leftBehind(run)).toEqual([])
  })

  test('does not trust what a peer writes to its own line', async () => {
    const child = start(target, run)
    const whole = endOf(child)
    let said = ''
    child.stdout.on('data', (text) => (said += text))
    const line = async (part: string): Promise<string> => {
      for (;;) {
        const found = said.split('\n').find((each) => each.includes(part))
        if (found !== undefined) return found
        await pause(1)
      }
    }
    child.stdin.write('1 agent hello 1\n2 agent start a/p\n')
    await line('"id":2')
    const { pid } = JSON.parse(await line('"event":"ready"')) as { pid: number }
    const own = readdirSync(`/proc/${pid}/fd`).filter((fd) =>
      readlinkSync(`/proc/${pid}/fd/${fd}`).startsWith('socket:'),
    )
    expect(own).toHaveLength(1)
    const babble = [`write ${own} hex:00ff0a7b7b0a`, `write ${own} pattern:100000:3`, `close ${own}`]
    child.stdin.write(babble.map((call, i) => `${i + 3} a/p ${call}\n`).join(''))
    await line('"event":"exit"')
    child.stdin.end('6 agent start b/p\n7 agent bye\n')
    const ending = await whole
    expect([ending.code, ending.signal]).toEqual([0, null])
    expect(ending.lines.some((each) => each.startsWith('{"id":7,'))).toBe(true)
    expect(await leftBehind(run)).toEqual([])
  })
})
