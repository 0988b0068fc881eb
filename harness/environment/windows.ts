/**
 * What Windows shows of the machine, to node.exe there and under Wine: by Node itself, the addon, and the registry. What
 * it shows to nobody without rights, or Wine does not know, is said to be not shown.
 */

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import type { Environment } from '../model.ts'
import { native } from '../native.ts'
import { notShown, type Surroundings, type System } from './surroundings.ts'
import { virtualisationOf } from './virtualisation.ts'

/** Runs one of the system's own programs; `undefined` when there is none or it fails. Tests give another. */
export type Ask = (program: string, args: readonly string[]) => string | undefined

const systemRoot = process.env.SystemRoot ?? 'C:\\windows'

export function windowsSystem(
  ask: Ask = askSystem,
  isWine = () => existsSync(join(systemRoot, 'system32', 'winecfg.exe')),
): System {
  return {
    surroundings: () => surroundingsOf(ask, isWine()),
    // Windows has no count of the time that its host took.
    cpuTimes: () => undefined,
  }
}

function surroundingsOf(ask: Ask, wine: boolean): Surroundings {
  const topology = topologyOf()
  const firmware = firmwareOf(ask)
  return {
    os: 'windows',
    cpu: os.cpus()[0]?.model.trim() ?? notShown,
    cores: topology.length,
    topology,
    memoryMib: Math.floor(os.totalmem() / 2 ** 20),
    kernel: `${os.type()} ${os.release()}`,
    distribution: wine ? `Wine as ${os.version()}` : os.version(),
    virtualisation: virtualisationOf({ firmware, hypervisor: undefined, clockSources: [], kernel: '', container: [] }),
    governor: wine ? notShown : powerPlanOf(ask),
    mitigations: {},
    cgroupCpuLimit: 'none',
    // os.loadavg() is zeros on Windows, which would look like an idle machine.
    load: [],
    user: { uid: -1, capabilities: notShown },
    allowedCpus: allowedCpus(topology.length),
    debugOptions: [],
    ...(wine && { emulator: 'Wine' }),
  }
}

/** From the addon; without it, which `doctor` has to survive, every processor is a core of its own. */
function topologyOf(): Environment['topology'] {
  try {
    return native()
      .topology()
      .map(({ cpu, core, package: socket, node }) => ({ cpu, core, package: socket, node }))
  } catch {
    return os.cpus().map((_, cpu) => ({ cpu, core: cpu, package: 0, node: 0 }))
  }
}

function allowedCpus(otherwise: number): number {
  try {
    return native().affinity.get().length
  } catch {
    return otherwise
  }
}

function firmwareOf(ask: Ask): readonly string[] {
  const bios = ask('reg.exe', ['query', 'HKLM\\HARDWARE\\DESCRIPTION\\System\\BIOS']) ?? ''
  return [...bios.matchAll(/^\s+(?:SystemManufacturer|SystemProductName|BIOSVendor)\s+REG_SZ\s+(.+?)\s*$/gm)].map(
    (match) => match[1] ?? '',
  )
}

/** `Power Scheme GUID: 8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c  (High performance)`; the words depend on the language. */
function powerPlanOf(ask: Ask): string {
  const plan = ask('powercfg.exe', ['/getactivescheme']) ?? ''
  const [, id, name] = /([0-9a-f-]{36})\s*(?:\((.*)\))?/.exec(plan) ?? []
  if (id === '8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c' || id === 'e9a42b02-d5df-448d-aa00-03f14749eb61')
    return 'performance'
  return name ?? id ?? notShown
}

function askSystem(program: string, args: readonly string[]): string | undefined {
  try {
    const file = join(systemRoot, 'system32', program)
    return execFileSync(file, args, { encoding: 'utf8', timeout: 5_000, windowsHide: true, stdio: 'pipe' })
  } catch {
    return undefined
  }
}
