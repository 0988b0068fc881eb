/** What the agent promises on Windows: here under Wine, on Windows itself as it is. */

import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBuilt, hostOs } from '../environment/host.ts'
import { findProgram } from '../environment/programs.ts'
import { type Agent, startAgent } from './agent.ts'
import { PeerDied, Refused } from './failures.ts'
import { newTroupe } from './peer.ts'
import { makeRunId } from './residue.ts'
import { newTrace } from './trace.ts'
import { numbersOut } from './wire.ts'

const target = hostOs === 'windows' ? 'native' : 'wine'
const runsHere = hostOs === 'windows' || findProgram(['wine', 'wine64']) !== undefined
const isBuilt = findBuilt('ipcmark-agent.exe', 'windows') !== undefined

describe.runIf(runsHere && isBuilt)('the Windows agent', () => {
  let agent: Agent
  beforeAll(async () => {
    agent = await startAgent(target, makeRunId())
  })
  afterAll(() => agent.close())
  const troupe = (scope: string) => newTroupe(agent, scope, newTrace())

  test('says who it is, and Wine that it is Wine', () => {
    expect(agent.info.os).toBe('windows')
    expect(agent.info.system).toMatch(/^Windows \d+\.\d+\.\d+/)
    expect(agent.info.emulator ?? '').toMatch(target === 'wine' ? /^Wine \d+/ : /^$/)
  })

  test('makes peers that inherit nothing from it', async () => {
    const pair = troupe('fresh')
    const peer = await pair.start('producer')
    const inheritable = []
    for (let handle = 4; handle < 400; handle += 4) {
      const { out } = await peer.call('GetHandleInformation', handle)
      if (out?.flags === 'HANDLE_FLAG_INHERIT') inheritable.push(handle)
    }
    const nulls = await Promise.all(
      ['STD_INPUT_HANDLE', 'STD_OUTPUT_HANDLE', 'STD_ERROR_HANDLE'].map((which) => peer.must('GetStdHandle', which)),
    )
    expect(inheritable.filter((handle) => !nulls.includes(handle))).toEqual([])
    expect((await peer.call('ReadFile', nulls[0] as number, 10)).length).toBe(0)
    await pair.end()
  })

  test('forks a peer that has the inheritable handles of its parent, or those listed, at the same numbers', async () => {
    const pair = troupe('forked')
    const parent = await pair.start('producer')
    const [r, w] = numbersOut(await parent.call('CreatePipe', 0, 'inherit'), 'handles') as [number, number]
    const heir = await parent.fork('heir')
    const poor = await parent.fork('poor', [r])
    expect((await heir.call('WriteFile', w, 'hello')).out).toEqual({ transferred: 5 })
    expect((await poor.call('WriteFile', w, 'hello')).error).toBe('ERROR_INVALID_HANDLE')
    expect((await poor.call('ReadFile', r, 10)).hex).toBe(Buffer.from('hello').toString('hex'))
    await pair.end()
  })

  test('tells the whole 32 bits of an exit code, and what was used', async () => {
    const pair = troupe('leaving')
    const peer = await pair.start('producer')
    void peer.call('exit', 0xc0000005)
    const { code, usage } = await peer.exit()
    expect(code).toBe(0xc0000005)
    expect(usage?.userNs).toBeGreaterThanOrEqual(0)
    await pair.end()
  })

  test('finds a peer that waits, and one that came back', async () => {
    const pair = troupe('waiting')
    const peer = await pair.start('producer')
    const [r, w] = numbersOut(await peer.call('CreatePipe', 0, 'inherit'), 'handles') as [number, number]
    const child = await peer.fork('consumer')
    const reading = child.call('ReadFile', r, 10)
    await child.blocked()
    await peer.call('WriteFile', w, 'x')
    expect((await reading).length).toBe(1)
    await expect(child.blocked()).rejects.toThrow(/to wait/)
    await pair.end()
  })

  test('tells the death of a peer to the call that was under way', async () => {
    const pair = troupe('dying')
    const peer = await pair.start('producer')
    const [r] = numbersOut(await peer.call('CreatePipe', 0), 'handles') as [number]
    const waiting = peer.call('ReadFile', r, 10)
    await peer.kill()
    await expect(waiting).rejects.toBeInstanceOf(PeerDied)
    await pair.end()
  })

  test('brings what an overlapped call brought when it is asked for', async () => {
    const pair = troupe('overlapped')
    const peer = await pair.start('producer')
    const name = String.raw`\\.\pipe\ipcmark-test-${process.pid}`
    const server = await peer.must(
      ...([
        'CreateNamedPipe',
        name,
        'PIPE_ACCESS_DUPLEX|FILE_FLAG_OVERLAPPED',
        'PIPE_TYPE_BYTE',
        1,
        99,
        99,
        0,
      ] as const),
    )
    const client = await peer.must('CreateFile', name, 'GENERIC_READ|GENERIC_WRITE', 0, 'OPEN_EXISTING', 0)
    const { error, out } = await peer.call('ReadFile', server, 10, 'overlapped')
    expect(error).toBe('ERROR_IO_PENDING')
    const [token, event] = [Number(out?.overlapped), Number(out?.event)]
    expect((await peer.call('GetOverlappedResult', token, 0)).error).toBe('ERROR_IO_INCOMPLETE')
    await peer.call('WriteFile', client, 'hello')
    expect((await peer.call('WaitForSingleObject', event, 5_000)).out).toEqual({ result: 'WAIT_OBJECT_0' })
    expect((await peer.call('GetOverlappedResult', token, 0)).length).toBe(5)
    await expect(peer.call('GetOverlappedResult', token, 0)).rejects.toThrow(Refused)
    await pair.end()
  })

  test('refuses what means nothing, and does nothing', async () => {
    const pair = troupe('nonsense')
    const peer = await pair.start('producer')
    await expect(peer.call('WirteFile', 4, 'x')).rejects.toThrow(/did you mean 'WriteFile'/)
    await expect(peer.call('CreateFile', 'x', 'GENERIC_RAED', 0, 3, 0)).rejects.toThrow(/did you mean 'GENERIC_READ'/)
    await expect(peer.call('ReadFile', 4, 10, 'overlaped')).rejects.toThrow(/only the word overlapped/)
    await expect(agent.request('agent', 'signal', 'nonsense/producer', 'SIGTERM')).rejects.toThrow(/no signals/)
    await pair.end()
  })

  test('keeps nobody waiting for a peer whose parent ends before it forks', async () => {
    const pair = troupe('unborn')
    const parent = await pair.start('parent')
    const [r] = numbersOut(await parent.call('CreatePipe', 0), 'handles') as [number]
    const waiting = parent.call('ReadFile', r, 1)
    const forking = parent.fork('child')
    const ends = [waiting, forking].map((each) => expect(each).rejects.toBeInstanceOf(PeerDied))
    await pair.end()
    await Promise.all(ends)
    await expect(troupe('unborn').start('child')).resolves.toMatchObject({ role: 'child' })
  })

  test('ends what peers have started with their scope', async () => {
    const pair = troupe('orphans')
    const peer = await pair.start('producer')
    const witness = await troupe('witness').start('witness')
    const [r] = numbersOut(await peer.call('CreatePipe', 0, 'inherit'), 'handles') as [number]
    const { out } = await peer.call('spawn', 'self', ['program', 'hold'], [[r, 0]])
    const orphan = await witness.must('OpenProcess', 'SYNCHRONIZE', 0, Number(out?.pid))
    expect((await witness.call('WaitForSingleObject', orphan, 0)).out).toMatchObject({ result: 'WAIT_TIMEOUT' })
    await pair.end()
    expect((await witness.call('WaitForSingleObject', orphan, 0)).out).toMatchObject({ result: 'WAIT_OBJECT_0' })
  })
})

describe.runIf(runsHere && isBuilt)('another agent', () => {
  test('sees every peer of a killed one die', async () => {
    const [doomed, witnessing] = await Promise.all([startAgent(target, makeRunId()), startAgent(target, makeRunId())])
    const parent = await newTroupe(doomed, 'all', newTrace()).start('producer')
    const child = await parent.fork('child')
    const state = await doomed.request('agent', 'state', 'all/producer')
    const agentPid = Number((state.out?.process as { parent?: number } | undefined)?.parent)
    const witness = await newTroupe(witnessing, 'all', newTrace()).start('witness')
    const handles = []
    for (const pid of [parent.pid, child.pid]) handles.push(await witness.must('OpenProcess', 'SYNCHRONIZE', 0, pid))
    const killing = await witness.must('OpenProcess', 'PROCESS_TERMINATE', 0, agentPid)
    await witness.must('TerminateProcess', killing, 9)
    const ended = await witness.call('WaitForMultipleObjects', handles, 1, 5_000)
    expect(ended.out).toEqual({ result: 'WAIT_OBJECT_0' })
    for (let looks = 0; doomed.failure === undefined && looks < 200; looks++) await pause(10)
    expect(doomed.failure?.message).toMatch(/ended with/)
    await Promise.all([doomed.close(), witnessing.close()])
  })
})
