/**
 * What cases and mechanisms need of the machine, asked of the target itself. What is not met is told as a precise reason
 * and what would meet it. Nothing is asked twice of one agent.
 */

import type { Arg, Need } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { PeerDied, Refused } from '../pair/failures.ts'
import { newTroupe } from '../pair/peer.ts'
import { freshScope } from '../pair/scope.ts'
import type { Peer } from '../pair/stage.ts'
import { newTrace } from '../pair/trace.ts'

const asked = new WeakMap<Agent, Map<string, Promise<string | undefined>>>()

/** Why a need is not met on this target and what would meet it; nothing when it is met. */
export function missing(need: Need, agent: Agent): Promise<string | undefined> {
  const answers = asked.get(agent) ?? new Map<string, Promise<string | undefined>>()
  asked.set(agent, answers)
  const question = JSON.stringify(need)
  const answer = answers.get(question) ?? find(need, agent)
  answers.set(question, answer)
  return answer
}

async function find(need: Need, agent: Agent): Promise<string | undefined> {
  // Only Linux divides the rights of root and has a kernel to ask; what a generic claim asks for there, it does not ask
  // for on Windows.
  const asksLinux = 'capability' in need || 'kernel' in need || 'sysctl' in need
  if (asksLinux && agent.info.os === 'windows') return undefined
  if ('capability' in need) {
    if (agent.info.capabilities.includes(need.capability)) return undefined
    return `needs ${need.capability}, which this process does not hold; run as root, or grant it`
  }
  if ('constant' in need) {
    const known = await agent.names('constants')
    return known.has(need.constant) ? undefined : `${need.constant} is not defined by the headers of this system`
  }
  if ('call' in need) {
    const known = await agent.names('calls')
    if (known.has(need.call)) return undefined
    return need.otherwise === undefined
      ? `${need.call} is not offered by this system`
      : `this agent has no call ${need.call}: ${need.otherwise}`
  }
  if ('kernel' in need) return olderThan(need.kernel, agent.info.system)
  if ('sysctl' in need) return probing(agent, (peer) => lackingSysctl(need, peer))
  return probing(agent, (peer) => whyItFails(need, peer))
}

/** `Linux 6.18.44 x86_64` against `5.15`. */
function olderThan(wanted: string, system: string): string | undefined {
  const [major = 0, minor = 0] = wanted.split('.').map(Number)
  const [, hasMajor = '0', hasMinor = '0'] = system.match(/(\d+)\.(\d+)/) ?? []
  const older = Number(hasMajor) < major || (Number(hasMajor) === major && Number(hasMinor) < minor)
  return older ? `needs Linux ${wanted} or later; this is ${system}` : undefined
}

async function lackingSysctl(need: Extract<Need, { sysctl: string }>, peer: Peer): Promise<string | undefined> {
  const path = `/proc/sys/${need.sysctl}`
  const opened = await peer.call('open', path, 'O_RDONLY')
  if (opened.error !== undefined) return `needs ${path}, which cannot be read: ${opened.error}`
  const text = Buffer.from((await peer.call('read', opened.ret, 64)).hex ?? '', 'hex').toString()
  const value = Number.parseInt(text, 10)
  if ('exactly' in need) return value === need.exactly ? undefined : wants(need.sysctl, `${need.exactly}`, text)
  return value >= need.atLeast ? undefined : wants(need.sysctl, `at least ${need.atLeast}`, text)
}

const wants = (sysctl: string, wanted: string, is: string): string =>
  `needs ${sysctl.replaceAll('/', '.')} to be ${wanted}; it is ${is.trim()}; set it with 'sysctl -w'`

async function whyItFails({ works, otherwise }: Extract<Need, { works: unknown }>, peer: Peer) {
  const outcome = await peer.call(...works)
  return outcome.error === undefined ? undefined : `${tried(works)} fails here with ${outcome.error}: ${otherwise}`
}

/** Of several calls in turn it is the last that is tried: the others prepare it. */
function tried([call, ...args]: Extract<Need, { works: unknown }>['works']): Arg {
  const last = args.at(-1)
  return call === 'in-turn' && Array.isArray(last) ? (last[0] as Arg) : call
}

/** Asks by a process of its own, which leaves nothing behind. */
async function probing(agent: Agent, ask: (peer: Peer) => Promise<string | undefined>): Promise<string | undefined> {
  const troupe = newTroupe(agent, freshScope('probe'), newTrace())
  try {
    return await ask(await troupe.start('probe'))
  } catch (error) {
    if (error instanceof PeerDied) return `it cannot even be tried: ${error.message}`
    if (error instanceof Refused) return error.message
    throw error
  } finally {
    await troupe.end()
  }
}
