/**
 * Where peers run. A target is nothing but the command that starts its agent: the machine itself, Wine, or any prefix
 * (`exec:ip netns exec a`, `exec:ssh host`).
 */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBuilt, hostOs, packageRoot } from '../environment/host.ts'
import type { Os, TargetId } from '../model.ts'
import { AgentFailure } from './failures.ts'

export interface TargetCommand {
  readonly id: TargetId
  readonly command: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** How long the first answer may take: a sandbox, another host or a cold Wine take their time. */
  readonly helloMs: number
}

export interface AgentOptions {
  /** Another executable than the one that was built here. */
  readonly agent?: string
  /** Faults to inject, which only the test build of the agent understands. */
  readonly faults?: readonly string[]
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
    return { id, command, args: [...args, agent, ...words], env: {}, helloMs: 30_000 }
  }
  if (!existsSync(agent)) {
    const remedy = id === 'wine' ? 'npm run build -- windows-mingw' : 'npm run build'
    throw new AgentFailure(`there is no agent at ${agent}; build it with '${remedy}'`)
  }
  if (id === 'native') return { id, command: agent, args: words, env: {}, helloMs: 10_000 }
  const wine = preparedWine()
  // Wine's drive Z is the root of this system: what a killed run leaves there is found from here.
  const env = { ...wine.env, IPCMARK_TMPDIR: `Z:${tmpdir().replaceAll('/', '\\')}` }
  return { id, command: wine.program, args: [agent, ...words], env, helloMs: 60_000 }
}

/** The project's own prefix, made on demand, so that nobody's programs or settings are touched. */
function preparedWine(): { readonly program: string; readonly env: Readonly<Record<string, string>> } {
  const script = join(packageRoot, 'scripts', 'wine.mjs')
  const made = spawnSync(process.execPath, [script, 'env'], { encoding: 'utf8' })
  if (made.status !== 0) throw new AgentFailure(`target wine cannot be prepared: ${made.stderr.trim()}`)
  return JSON.parse(made.stdout.slice(made.stdout.lastIndexOf('{"program"')))
}
