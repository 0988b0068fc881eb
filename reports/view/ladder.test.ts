import { describe, expect, it } from 'vitest'
import type { Outcome, TraceStep } from '../../harness/model.ts'
import { ladderOf, wakerWords } from './ladder.ts'

const ok: Outcome = { ret: 0, ns: 1 }
const call = (peer: string, name: string, at: number, until?: number, more: Partial<TraceStep> = {}): TraceStep => ({
  peer,
  call: name,
  args: [],
  at,
  ...(until !== undefined && { until, outcome: ok }),
  ...more,
})
const event = (peer: string, what: string, at: number): TraceStep => ({ peer, call: '', args: [], at, event: what })

/** Each rung as one line: kind, process, call or event, and what everybody is doing. */
const told = (trace: readonly TraceStep[]): string[] => {
  const { peers, rungs } = ladderOf({ trace })
  return rungs.map(
    ({ kind, peer, step, lives }) => `${kind} ${peers[peer]} ${step.event ?? step.call} [${lives.join(' ')}]`,
  )
}

describe('a ladder', () => {
  it('says of each process on which system it ran, where they ran on two', () => {
    const trace = [call('p', 'fork', 10, 20, { args: ['case1/child'] }), call('child', 'read', 30, 40)]
    const { peers, rungs } = ladderOf({ trace, os: 'linux', with: { target: 'wine', os: 'windows', peers: ['child'] } })
    expect(peers).toEqual(['p (linux)', 'child (windows)'])
    expect(rungs.map(({ lives }) => lives.join(' '))).toEqual(['running unborn', 'running running'])
  })

  it('has one rung for a call during which nothing else happened', () => {
    expect(told([call('p', 'write', 10, 20), call('c', 'read', 30, 40)])).toEqual([
      'call p write [running running]',
      'call c read [running running]',
    ])
  })

  it('has two rungs for a call that waited, and what woke it', () => {
    const ladder = ladderOf({ trace: [call('c', 'read', 10, 40, { blocked: true }), call('p', 'write', 20, 25)] })
    expect(ladder.rungs.map(({ kind, peer }) => `${kind} ${ladder.peers[peer]}`)).toEqual([
      'begin c',
      'call p',
      'return c',
    ])
    expect(ladder.rungs[1]?.lives).toEqual(['waiting', 'running'])
    expect(ladder.rungs[2]?.wokenBy).toMatchObject({ peer: 1, step: { call: 'write' } })
    expect(ladder.rungs[2]?.wokenBy && wakerWords(ladder, ladder.rungs[2].wokenBy)).toBe('woken by write')
  })

  it('does not say that anything woke a call that waited alone', () => {
    const { rungs } = ladderOf({ trace: [call('p', 'write', 1, 2), call('c', 'read', 10, 40, { blocked: true })] })
    expect(rungs.at(-1)?.kind).toBe('return')
    expect(rungs.at(-1)?.wokenBy).toBeUndefined()
  })

  it('splits a call that overlaps another without having been seen waiting, and names no waker', () => {
    const { rungs } = ladderOf({ trace: [call('c', 'read', 10, 40), call('p', 'write', 20, 25)] })
    expect(rungs.map(({ kind }) => kind)).toEqual(['begin', 'call', 'return'])
    expect(rungs[2]?.wokenBy).toBeUndefined()
  })

  it('does not take the return of one waiting process for what woke another', () => {
    const trace = [
      call('a', 'read', 1, 20, { blocked: true }),
      call('b', 'read', 2, 21, { blocked: true }),
      call('p', 'write', 10, 11),
    ]
    const woken = ladderOf({ trace }).rungs.filter(({ wokenBy }) => wokenBy !== undefined)
    expect(woken.map(({ wokenBy }) => wokenBy?.step.call)).toEqual(['write', 'write'])
  })

  it('begins a lifeline at its start or its fork, and ends it with the process', () => {
    const fork = call('p', 'fork', 20, 30, { args: ['case-1/c'] })
    const trace = [
      event('p', 'starts', 5),
      fork,
      call('c', 'close', 40, 50),
      event('c', 'was killed by SIGKILL', 60),
      call('p', 'write', 70, 80),
    ]
    expect(told(trace)).toEqual([
      'event p starts [running unborn]',
      'call p fork [running unborn]',
      'call c close [running running]',
      'event c was killed by SIGKILL [running running]',
      'call p write [running gone]',
    ])
  })

  it('does not take calls that were asked for ahead of their turn for calls at the same time', () => {
    const { rungs } = ladderOf({
      trace: [call('p', 'fork', 10, 30), call('p', 'close', 12, 50), call('c', 'read', 35, 36)],
    })
    expect(rungs.map(({ kind, step, atNs }) => `${kind} ${step.call} ${atNs}`)).toEqual([
      'call fork 10',
      'begin close 30',
      'call read 35',
      'return close 50',
    ])
  })

  it('shows a call that never returned', () => {
    expect(told([call('p', 'write', 10), event('p', 'was killed by SIGPIPE', 20)])).toEqual([
      'unanswered p write [waiting]',
      'event p was killed by SIGPIPE [running]',
    ])
  })

  it('of nothing is empty', () => {
    expect(ladderOf({ trace: [] })).toEqual({ peers: [], rungs: [] })
  })
})
