/**
 * What this machine can and cannot run, and the exact command that mends it. Pure: facts in, findings out, in the order
 * in which they are worth reading. `missing` keeps something from running, `warning` makes a result worth less.
 */

import type { Os, Warning } from '../model.ts'
import { type Capability, hasCapability } from './capabilities.ts'

export const findingGroups = ['programs', 'wine', 'tools', 'system', 'noise'] as const
export type FindingGroup = (typeof findingGroups)[number]

export interface Finding {
  readonly id: string
  readonly group: FindingGroup
  readonly status: 'ok' | 'missing' | 'warning'
  readonly says: string
  /** What to type, or to do; absent where nothing is wrong. */
  readonly remedy?: string
}

/** A part by its path, or why it cannot be used. */
export type Part = { readonly file: string } | { readonly problem: string }

export interface DoctorFacts {
  readonly os: Os
  readonly uid: number
  readonly agent: Part
  readonly addon: Part
  readonly windowsAgent: Part
  /** Each tool's path, where PATH has it. */
  readonly tools: Readonly<Partial<Record<ToolId, string>>>
  /** Whether the headers of libtirpc are where a build of the agent looks for them. */
  readonly rpcHeaders: boolean
  /** Its folder, or `not there yet`, or what is broken of it. */
  readonly winePrefix: Part
  readonly windowsNode: boolean
  /** As `Environment.user.capabilities`. */
  readonly capabilities: string
  /** Whether POSIX shared memory has its file system, and message queues theirs. */
  readonly sharedMemory: boolean
  readonly messageQueues: boolean
  readonly settings: Readonly<Partial<Record<Setting, number>>>
  readonly warnings: readonly Warning[]
}

/** What programs are for, and the Debian packages that have them. */
export const tools = {
  wine: { programs: ['wine', 'wine64'], package: 'wine wine64', does: 'runs Windows programs' },
  mingw: {
    programs: ['x86_64-w64-mingw32-g++-posix'],
    package: 'g++-mingw-w64-x86-64-posix',
    does: 'builds Windows programs',
  },
  widl: {
    programs: ['x86_64-w64-mingw32-widl', 'widl'],
    package: 'mingw-w64-tools',
    does: 'makes the stubs that the agent for Windows is built with for Microsoft RPC',
  },
  compiler: { programs: ['c++', 'g++', 'clang++'], package: 'g++', does: 'builds the native programs' },
  cmake: { programs: ['cmake'], package: 'cmake', does: 'builds the native programs' },
  ninja: { programs: ['ninja', 'make'], package: 'ninja-build', does: 'builds the native programs' },
  clang: { programs: ['clang++'], package: 'clang', does: 'is the second compiler of the checks' },
  'clang-format': { programs: ['clang-format'], package: 'clang-format', does: 'formats C++ for `npm run lint`' },
  chromium: {
    programs: ['chromium', 'chromium-browser', 'google-chrome'],
    package: 'chromium',
    does: 'opens reports in the tests',
  },
} as const
export type ToolId = keyof typeof tools

export const settings = {
  'fs.pipe-max-size': {
    path: '/proc/sys/fs/pipe-max-size',
    least: 1_048_576,
    says: 'the largest pipe that anyone may ask for',
  },
  'fs.pipe-user-pages-soft': {
    path: '/proc/sys/fs/pipe-user-pages-soft',
    least: 16_384,
    unlimited: 0,
    says: 'beyond these pages a user is given pipes of two pages only',
  },
  'kernel.perf_event_paranoid': {
    path: '/proc/sys/kernel/perf_event_paranoid',
    most: 2,
    says: 'above 2 nobody may count events without CAP_PERFMON',
  },
} as const
export type Setting = keyof typeof settings

const capabilities: readonly (readonly [Capability, string])[] = [
  ['CAP_SETUID', 'become another user, to see that a name is closed to it'],
  ['CAP_SYS_RESOURCE', 'go beyond the limits that hold for everyone'],
  ['CAP_SYS_NICE', 'run under a real-time scheduler'],
]

export function diagnose(facts: DoctorFacts): readonly Finding[] {
  const onLinux = facts.os === 'linux'
  return [
    ...partFindings(facts),
    ...(onLinux ? wineFindings(facts) : []),
    ...(onLinux ? toolFindings(facts) : []),
    ...(onLinux ? [rpcFinding(facts)] : []),
    ...(onLinux ? capabilityFindings(facts) : []),
    ...(onLinux ? fileSystemFindings(facts) : []),
    ...(onLinux ? settingFindings(facts) : []),
    ...noiseFindings(facts),
  ]
}

const root = ({ uid }: DoctorFacts): string => (uid === 0 ? '' : 'sudo ')

function partFindings({ agent, addon }: DoctorFacts): readonly Finding[] {
  return [
    part('agent', 'programs', agent, 'The agent runs peers', 'npm run build'),
    part('addon', 'programs', addon, 'The addon shows Node processes, processors and leftovers', 'npm run build'),
  ]
}

function part(id: string, group: FindingGroup, it: Part, does: string, remedy: string): Finding {
  if ('file' in it) return { id, group, status: 'ok', says: `${does}: ${it.file}` }
  return { id, group, status: 'missing', says: `${does}, but ${it.problem}.`, remedy }
}

const setup = 'node scripts/wine.mjs setup'
const windowsBuild = 'npm run build -- windows-mingw'
/** A prefix that nobody has made is no broken one. */
export const notThereYet = 'not there yet'

function wineFindings(facts: DoctorFacts): readonly Finding[] {
  return [
    tool(facts, 'wine', 'wine'),
    tool(facts, 'mingw', 'wine'),
    tool(facts, 'widl', 'wine'),
    part('windows-agent', 'wine', facts.windowsAgent, "Wine's peers need the agent for Windows", windowsBuild),
    prefixFinding(facts.winePrefix),
    nodeFinding(facts.windowsNode),
  ]
}

function prefixFinding(prefix: Part): Finding {
  const about = { id: 'wine-prefix', group: 'wine' } as const
  const what = 'The Wine prefix of this project'
  if ('file' in prefix) return { ...about, status: 'ok', says: `${what} is there.` }
  if (prefix.problem === notThereYet)
    return {
      ...about,
      status: 'missing',
      says: `${what} is ${notThereYet}; it is made when it is needed.`,
      remedy: setup,
    }
  const remedy = `node scripts/wine.mjs remove && ${setup}`
  return { ...about, status: 'missing', says: `${what} is ${prefix.problem}.`, remedy }
}

function nodeFinding(there: boolean): Finding {
  const about = { id: 'windows-node', group: 'wine' } as const
  const what = 'node.exe, which runs the harness under Wine,'
  if (there) return { ...about, status: 'ok', says: `${what} is there.` }
  return {
    ...about,
    status: 'missing',
    says: `${what} is not there yet; it is fetched when it is needed.`,
    remedy: setup,
  }
}

const toolFindings = (facts: DoctorFacts): readonly Finding[] =>
  (['compiler', 'cmake', 'ninja', 'clang', 'clang-format', 'chromium'] as const).map((id) => tool(facts, id, 'tools'))

function rpcFinding(facts: DoctorFacts): Finding {
  const about = { id: 'libtirpc', group: 'tools' } as const
  if (facts.rpcHeaders)
    return { ...about, status: 'ok', says: 'libtirpc has its headers here: the agent is built with ONC RPC.' }
  const says = 'The headers of libtirpc are not installed: the agent is built without ONC RPC.'
  return { ...about, status: 'missing', says, remedy: `${root(facts)}apt-get install libtirpc-dev && npm run build` }
}

function tool(facts: DoctorFacts, id: ToolId, group: FindingGroup): Finding {
  const { programs, package: name, does } = tools[id]
  const file = facts.tools[id]
  if (file !== undefined) return { id, group, status: 'ok', says: `${file} ${does}.` }
  const says = `What ${does} is not installed: ${programs.join(' or ')}.`
  return { id, group, status: 'missing', says, remedy: `${root(facts)}apt-get install ${name}` }
}

function capabilityFindings(facts: DoctorFacts): readonly Finding[] {
  return capabilities.map(([name, use]): Finding => {
    const id = name.toLowerCase().replaceAll('_', '-')
    if (hasCapability(facts.capabilities, name)) {
      return { id, group: 'system', status: 'ok', says: `${name} is held: peers may ${use}.` }
    }
    const option = name.replace('CAP_', '')
    const remedy =
      facts.uid === 0
        ? `Start the container with --cap-add=${option}, or the machine without taking it away.`
        : 'sudo npx ipcmark check'
    return { id, group: 'system', status: 'missing', says: `${name} is not held: no peer may ${use}.`, remedy }
  })
}

function fileSystemFindings(facts: DoctorFacts): readonly Finding[] {
  const mounted = (id: string, there: boolean, what: string, at: string, mount: string): Finding =>
    there
      ? { id, group: 'system', status: 'ok', says: `${what}: ${at} is mounted.` }
      : {
          id,
          group: 'system',
          status: 'missing',
          says: `${what} cannot be listed or swept: ${at} is not mounted.`,
          remedy: `${root(facts)}mkdir -p ${at} && ${root(facts)}${mount}`,
        }
  return [
    mounted('shared-memory', facts.sharedMemory, 'POSIX shared memory', '/dev/shm', 'mount -t tmpfs tmpfs /dev/shm'),
    mounted(
      'message-queues',
      facts.messageQueues,
      'POSIX message queues',
      '/dev/mqueue',
      'mount -t mqueue none /dev/mqueue',
    ),
  ]
}

function settingFindings(facts: DoctorFacts): readonly Finding[] {
  return (Object.keys(settings) as Setting[]).flatMap((id): readonly Finding[] => {
    const value = facts.settings[id]
    if (value === undefined) return []
    const bound: { least?: number; most?: number; unlimited?: number; says: string } = settings[id]
    const wanted = bound.least ?? bound.most ?? value
    const fine = value === bound.unlimited || (value >= (bound.least ?? value) && value <= (bound.most ?? value))
    const says = `${id} is ${value}: ${bound.says}.`
    if (fine) return [{ id, group: 'system', status: 'ok', says }]
    return [{ id, group: 'system', status: 'warning', says, remedy: `${root(facts)}sysctl -w ${id}=${wanted}` }]
  })
}

function noiseFindings({ warnings }: DoctorFacts): readonly Finding[] {
  if (warnings.length === 0)
    return [{ id: 'quiet', group: 'noise', status: 'ok', says: 'Nothing here makes figures noisy.' }]
  return warnings.map((warning) => ({ ...warning, group: 'noise', status: 'warning' }))
}
