import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOs } from '../environment/host.ts'
import { readRun } from '../record/reader.ts'
import { type BadAgent, badAgent } from './fixture/bad-agents.ts'
import { buildProgram, newPlace, type Place } from './fixture/program.ts'

let place: Place
beforeAll(() => {
  buildProgram()
  place = newPlace()
})
afterAll(() => place.remove())

const onLinux = test.skipIf(hostOs === 'windows')

test('an agent that is missing is named, with what builds one', async () => {
  const { code, stderr } = await place.run(['check', 'core', '--agent', 'no-such-agent'])
  expect(stderr).toMatch(/^ipcmark: there is no agent at no-such-agent; build it with 'npm run build'/)
  expect(code).toBe(5)
})

onLinux('an agent for another system is refused by what it is, with what builds the right one', async () => {
  const exe = join(place.folder, 'agent.exe')
  const bytes = Buffer.alloc(512)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(128, 0x3c)
  bytes.write('PE', 128, 'latin1')
  const saying = async (machine: number, target: string, agent = exe) => {
    bytes.writeUInt16LE(machine, 132)
    writeFileSync(exe, bytes)
    const { code, stderr } = await place.run(['check', 'core', '--target', target, '--agent', agent])
    expect(code).toBe(5)
    return stderr
  }
  expect(await saying(0x8664, 'native')).toMatch(/program for Windows, and target native takes one for Linux; build it/)
  expect(await saying(0x14c, 'wine')).toMatch(/program for Windows for 32 bits, and target wine takes one for 64 bits/)
  expect(await saying(0, 'wine')).toContain(
    'another processor, and target wine takes one for 64 bits of this processor',
  )
  expect(await saying(0, 'wine', process.execPath)).toMatch(/program for Linux.*'npm run build -- windows-mingw'/)
  expect(await saying(0, 'wine', badAgent(place.folder, 'silent'))).toContain('is no program for Windows')
})

onLinux('an agent is the file of that name, not a program on PATH', async () => {
  const { stderr, code } = await place.run(['check', 'core', '--agent', basename(badAgent(place.folder, 'dying'))])
  expect(stderr).toContain('the agent has ended with exit code 7')
  expect(code).toBe(5)
})

test('so is a command that does not start', async () => {
  const { code, stderr } = await place.run(['check', 'core', '--target', 'exec:no-such-command -v'])
  expect(stderr).toContain('the agent does not start')
  expect(stderr).toContain('no-such-command -v')
  expect(stderr).toContain('Try this command by itself: it must end in starting ipcmark-agent')
  expect(code).toBe(5)
})

onLinux('of what babbles a person sees what can be read, and what to do', async () => {
  const { code, stderr } = await place.run(['check', 'core', '--target', 'exec:cat'])
  const [, quote = ''] = /a line is no answer: (".*?") \(/.exec(stderr) ?? []
  expect(quote).toMatch(/ELF/)
  expect(JSON.parse(quote).length).toBeLessThanOrEqual(60)
  expect(stderr).toContain('Try this command by itself')
  expect(code).toBe(5)
})

onLinux.each<[BadAgent, string]>([
  ['of another version', 'the agent refuses the greeting: this agent speaks version 2'],
  ['silent', 'the agent is silent: no answer to hello within 10 s'],
  ['babbling', 'the agent babbles: a line is no answer: "Welcome to the machine!"'],
  ['dying', 'the agent has ended with exit code 7'],
])('an agent that is %s ends the verb in a sentence, before anything is recorded', async (kind, sentence) => {
  const { code, stderr } = await place.run(['check', 'core', '--agent', badAgent(place.folder, kind)])
  expect(stderr).toContain(sentence)
  expect(stderr).not.toMatch(/^\s+at /m)
  expect(code).toBe(5)
})

onLinux('what a dying agent said last is told', async () => {
  const { stderr } = await place.run(['check', 'core', '--agent', badAgent(place.folder, 'dying')])
  expect(stderr).toContain('It said: no such library')
})

onLinux.each<[BadAgent, string]>([
  ['babbling-later', 'the agent babbles'],
  ['dying-later', 'the agent has ended with exit code 9'],
  ['silent-later', 'the agent did not end the processes of the pair'],
])('under an agent that is %s every case is broken, and each is recorded', async (kind, sentence) => {
  const elsewhere = newPlace()
  try {
    const words = ['check', 'pipe.zero-write-no-reader', 'pipe.pipe-buf-value', '--deadline', '1', '--jobs', '1']
    const { code, stdout } = await elsewhere.run([...words, '--agent', badAgent(elsewhere.folder, kind)])
    const [run = ''] = elsewhere.runs()
    const { cases, end } = readRun(run, join(elsewhere.folder, 'ipcmark-results'))
    expect(cases.map(({ verdict }) => verdict)).toEqual(['broken', 'broken'])
    for (const { message } of cases) expect(message).toContain(sentence)
    expect(end).toMatchObject({ interrupted: false, cases: 2 })
    expect(stdout).toContain('2 unexpected results')
    expect(code).toBe(5)
  } finally {
    elsewhere.remove()
  }
})

onLinux('an agent behind a command is as good as any', async () => {
  const { code, stdout, stderr } = await place.run(['check', 'pipe', 'core', '--target', 'exec:nice -n 1'])
  expect(stderr).not.toContain('ipcmark:')
  expect(stdout).toContain('Everything as expected')
  expect(code).toBe(0)
})
