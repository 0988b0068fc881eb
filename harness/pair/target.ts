/**
 * Where peers run. A target is nothing but the command that starts its agent: the machine itself, Wine, or any prefix
 * (`exec:ip netns exec a`, `exec:ssh host`).
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { findBuilt, hostOs, packageRoot } from '../environment/host.ts'
import type { Os, TargetId } from '../model.ts'
import { readExecutable } from './executable.ts'
import { AgentFailure } from './failures.ts'

export interface TargetCommand {
  readonly id: TargetId
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** How long the first answer may take: a sandbox, another host or a cold Wine take their time. */
  readonly helloMs: number
  /** What to do when it does not come to an agent that answers. */
  readonly remedy: string
}

const remedies = {
  command: 'Try this command by itself: it must end in starting ipcmark-agent, and print nothing of its own',
  wine: "Build the agent anew with 'npm run build -- windows-mingw'. If it is Wine's prefix that is broken, 'node scripts/wine.mjs remove' deletes it, and it is made again when it is needed",
}

export interface AgentOptions {
  /** Another executable than the one that was built here. */
  readonly agent?: string
  /** Faults to inject, which only the test build of the agent understands. */
  readonly faults?: readonly string[]
  /** Variables that it is started with, besides ours. */
  readonly env?: Readonly<Record<string, string>>
  /** Gives up an agent that has not answered yet. */
  readonly signal?: AbortSignal
}

export function isTargetId(text: string): text is TargetId {
  return text === 'native' || text === 'wine' || /^exec:./.test(text)
}

export function agentName(os: Os, faulty: boolean): string {
  return `ipcmark-agent${faulty ? '-faults' : ''}${os === 'windows' ? '.exe' : ''}`
}

/** The command that starts the agent of a target; refuses, with what to do, when it cannot be there. */
export function targetCommand(id: TargetId, options: AgentOptions = {}): TargetCommand {
  const faults = options.faults ?? []
  const words = faults.flatMap((spec) => ['--fault', spec])
  const os = id === 'wine' ? 'windows' : hostOs
  const name = agentName(os, faults.length > 0)
  const agent = options.agent ?? findBuilt(name, os) ?? join(packageRoot, 'build', name)
  if (id.startsWith('exec:')) {
    const [command, ...args] = id.slice('exec:'.length).trim().split(/\s+/)
    if (command === undefined)
      throw new AgentFailure('exec: needs a command that starts the agent, such as exec:ip netns exec a')
    return {
      id,
      command,
      args: [...args, agent, ...words],
      env: { ...options.env },
      helloMs: 30_000,
      remedy: remedies.command,
    }
  }
  const build = `build it with '${id === 'wine' ? 'npm run build -- windows-mingw' : 'npm run build'}'`
  if (!existsSync(agent)) throw new AgentFailure(`there is no agent at ${agent}; ${build}`)
  const foreign = foreignness(agent, id === 'wine' ? 'wine' : 'native')
  if (foreign !== undefined) throw new AgentFailure(`the agent ${agent} ${foreign}; ${build}`)
  // A bare name would be looked for on PATH.
  const command = resolve(agent)
  if (id === 'native')
    return { id, command, args: words, env: { ...options.env }, helloMs: 10_000, remedy: remedies.command }
  const wine = preparedWine()
  // Wine's drive Z is the root of this system: what a killed run leaves there is found from here.
  const env = { ...options.env, ...wine.env, IPCMARK_TMPDIR: `Z:${tmpdir().replaceAll('/', '\\')}` }
  return { id, command: wine.program, args: [command, ...words], env, helloMs: 60_000, remedy: remedies.wine }
}

/** Why a file cannot be the agent of a target, as far as its beginning tells. */
export function foreignness(agent: string, id: 'native' | 'wine'): string | undefined {
  const wanted = id === 'wine' ? 'windows' : hostOs
  const found = readExecutable(agent)
  // Wine would start a program of Linux as well, and a script by some program that it knows.
  if (found === undefined) return id === 'wine' ? 'is no program for Windows' : undefined
  const names = { linux: 'Linux', windows: 'Windows' }
  if (found.os !== wanted) return `is a program for ${names[found.os]}, and target ${id} takes one for ${names[wanted]}`
  if (found.machine === '64-bit' || (found.machine === '32-bit' && id === 'native')) return undefined
  const machine = found.machine === '32-bit' ? 'for 32 bits' : 'for another processor'
  return `is a program for ${names[found.os]} ${machine}, and target ${id} takes one for 64 bits of this processor`
}

/** The project's own prefix, made on demand, so that nobody's programs or settings are touched. */
function preparedWine(): { readonly program: string; readonly env: Readonly<Record<string, string>> } {
  const script = join(packageRoot, 'scripts', 'wine.mjs')
  const made = spawnSync(process.execPath, [script, 'env'], { encoding: 'utf8' })
  if (made.status !== 0) throw new AgentFailure(`target wine cannot be prepared: ${made.stderr.trim()}`)
  return JSON.parse(made.stdout.slice(made.stdout.lastIndexOf('{"program"')))
}
