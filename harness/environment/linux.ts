/**
 * What Linux shows of the machine, in /proc and /sys: proc(5), sysfs(5). Nothing here needs rights, starts a program, or
 * fails: what a kernel or a container does not show is said to be not shown.
 */

import type { Environment } from '../model.ts'
import { describeCapabilities } from './capabilities.ts'
import { cpuQuota } from './cgroup.ts'
import { type Files, filesBelow, parseCpuList } from './files.ts'
import { type CpuTimes, notShown, type Surroundings, type System } from './surroundings.ts'
import { type Hints, virtualisationOf } from './virtualisation.ts'

const cpuFolder = '/sys/devices/system/cpu'
const clockFolder = '/sys/devices/system/clocksource/clocksource0'

/** Reads below a root that tests choose. */
export function linuxSystem(root = '/'): System {
  const files = filesBelow(root)
  return { surroundings: () => surroundingsOf(files), cpuTimes: () => cpuTimesOf(files) }
}

function surroundingsOf(files: Files): Surroundings {
  const topology = topologyOf(files)
  const quota = cpuQuota(files)
  const times = cpuTimesOf(files)
  const turbo = turboOf(files)
  const clockSource = files.read(`${clockFolder}/current_clocksource`)
  return {
    os: 'linux',
    cpu: cpuOf(files),
    cores: topology.length,
    topology,
    memoryMib: Math.floor(Number(/^MemTotal:\s*(\d+) kB/m.exec(files.read('/proc/meminfo') ?? '')?.[1] ?? 0) / 1024),
    kernel: ['Linux', releaseOf(files), files.read('/proc/sys/kernel/version')].filter(Boolean).join(' '),
    distribution: distributionOf(files),
    virtualisation: virtualisationOf(hintsOf(files)),
    governor: governorOf(files),
    mitigations: mitigationsOf(files),
    cgroupCpuLimit: quota === undefined ? 'none' : `${Number(quota.toFixed(2))} processors`,
    load: (files.read('/proc/loadavg') ?? '').split(' ').slice(0, 3).filter(Boolean).map(Number),
    user: userOf(files),
    allowedCpus: parseCpuList(statusField(files, 'Cpus_allowed_list') ?? '').length || topology.length,
    debugOptions: debugOptionsOf(files),
    ...(quota !== undefined && { cpuQuota: quota }),
    ...(times && times.total > 0 && { stealShare: times.steal / times.total }),
    ...(turbo !== undefined && { turbo }),
    ...(clockSource !== undefined && { clockSource }),
  }
}

const releaseOf = (files: Files): string | undefined => files.read('/proc/sys/kernel/osrelease')
const cpuInfo = (files: Files): string => files.read('/proc/cpuinfo') ?? ''

function cpuOf(files: Files): string {
  const field = (name: string) => new RegExp(`^${name}\\s*:\\s*(.+)$`, 'm').exec(cpuInfo(files))?.[1]
  const model = field('model name') ?? field('Model') ?? field('cpu model')
  if (model) return model
  // An Arm processor has numbers only.
  const [implementer, part] = [field('CPU implementer'), field('CPU part')]
  return implementer && part ? `Arm implementer ${implementer} part ${part}` : notShown
}

/** A core is called by the lowest processor that belongs to it, as native/core/cpu.h does. */
function topologyOf(files: Files): Environment['topology'] {
  const online = files.read(`${cpuFolder}/online`)
  const cpus = parseCpuList(online ?? '0')
  const nodes = files
    .list('/sys/devices/system/node')
    .filter((name) => /^node\d+$/.test(name))
    .map((name) => ({
      node: Number(name.slice(4)),
      cpus: parseCpuList(files.read(`/sys/devices/system/node/${name}/cpulist`) ?? ''),
    }))
  return cpus.map((cpu) => {
    const folder = `${cpuFolder}/cpu${cpu}/topology`
    const siblings = files.read(`${folder}/core_cpus_list`) ?? files.read(`${folder}/thread_siblings_list`) ?? `${cpu}`
    return {
      cpu,
      core: parseCpuList(siblings)[0] ?? cpu,
      package: Math.max(0, files.number(`${folder}/physical_package_id`) ?? 0),
      node: nodes.find((node) => node.cpus.includes(cpu))?.node ?? 0,
    }
  })
}

function distributionOf(files: Files): string {
  const release = files.read('/etc/os-release') ?? files.read('/usr/lib/os-release') ?? ''
  return /^PRETTY_NAME="?([^"\n]*)"?$/m.exec(release)?.[1] || notShown
}

const firmwareNames = ['sys_vendor', 'product_name', 'product_version', 'board_vendor', 'bios_vendor']

function hintsOf(files: Files): Hints {
  const flags = /^flags\s*:(.*)$/m.exec(cpuInfo(files))?.[1]
  return {
    firmware: firmwareNames.flatMap((name) => files.read(`/sys/class/dmi/id/${name}`) ?? []),
    hypervisor: flags === undefined ? undefined : flags.split(' ').includes('hypervisor'),
    clockSources: (files.read(`${clockFolder}/available_clocksource`) ?? '').split(' '),
    kernel: files.read('/proc/version') ?? '',
    container: containerHints(files),
  }
}

function containerHints(files: Files): readonly string[] {
  const declared = /(?:^|\0)container=([^\0]+)/.exec(files.read('/proc/1/environ') ?? '')?.[1]
  const groups = /docker|libpod|lxc|kubepods/.exec(files.read('/proc/1/cgroup') ?? '')?.[0]
  return [
    declared,
    files.read('/run/systemd/container'),
    files.exists('/run/.containerenv') ? 'podman' : undefined,
    files.exists('/.dockerenv') ? 'docker' : undefined,
    groups,
  ].filter((hint) => hint !== undefined)
}

/** Each governor that some processor has. */
function governorOf(files: Files): string {
  const cpus = files.list(cpuFolder).filter((name) => /^cpu\d+$/.test(name))
  const governors = cpus.flatMap((cpu) => files.read(`${cpuFolder}/${cpu}/cpufreq/scaling_governor`) ?? [])
  return [...new Set(governors)].sort().join(', ') || notShown
}

function turboOf(files: Files): boolean | undefined {
  const off = files.number(`${cpuFolder}/intel_pstate/no_turbo`)
  if (off !== undefined) return off === 0
  const boost = files.number(`${cpuFolder}/cpufreq/boost`)
  return boost === undefined ? undefined : boost === 1
}

function mitigationsOf(files: Files): Environment['mitigations'] {
  const folder = `${cpuFolder}/vulnerabilities`
  return Object.fromEntries(files.list(folder).map((name) => [name, files.read(`${folder}/${name}`) ?? notShown]))
}

const statusField = (files: Files, name: string): string | undefined =>
  new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(files.read('/proc/self/status') ?? '')?.[1]

function userOf(files: Files): Environment['user'] {
  const uids = /^Uid:\s*\d+\s+(\d+)/m.exec(files.read('/proc/self/status') ?? '')
  const mask = statusField(files, 'CapEff')
  return {
    uid: uids ? Number(uids[1]) : -1,
    capabilities: mask ? describeCapabilities(mask, files.number('/proc/sys/kernel/cap_last_cap') ?? 40) : notShown,
  }
}

const costly = [
  'KASAN',
  'KCSAN',
  'KMSAN',
  'PROVE_LOCKING',
  'DEBUG_LOCK_ALLOC',
  'DEBUG_KMEMLEAK',
  'SLUB_DEBUG_ON',
  'DEBUG_PAGEALLOC_ENABLE_DEFAULT',
]

function debugOptionsOf(files: Files): readonly string[] {
  const config = files.unzip('/proc/config.gz') ?? files.read(`/boot/config-${releaseOf(files)}`)
  const set = new Set((config ?? '').split('\n'))
  return costly.filter((option) => set.has(`CONFIG_${option}=y`)).map((option) => `CONFIG_${option}`)
}

/** The first line of /proc/stat: user nice system idle iowait irq softirq steal, in ticks. Guests' time is in `user`. */
function cpuTimesOf(files: Files): CpuTimes | undefined {
  const line = /^cpu +(.*)$/m.exec(files.read('/proc/stat') ?? '')?.[1]
  const ticks = (line ?? '').split(' ').slice(0, 8).map(Number)
  if (ticks.length < 8 || ticks.some(Number.isNaN)) return undefined
  return { total: ticks.reduce((sum, n) => sum + n, 0), steal: ticks[7] ?? 0 }
}
