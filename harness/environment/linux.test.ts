import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { hostOs } from './host.ts'
import { linuxSystem } from './linux.ts'
import { notShown, type Surroundings } from './surroundings.ts'

const roots: string[] = []
afterEach(() => {
  for (const root of roots.splice(0)) rmSync(root, { recursive: true })
})

/** A machine made of files. */
function machine(files: Readonly<Record<string, string | Buffer>>) {
  const root = mkdtempSync(join(tmpdir(), 'linux-test-'))
  roots.push(root)
  for (const [path, contents] of Object.entries(files)) {
    mkdirSync(join(root, dirname(path)), { recursive: true })
    writeFileSync(join(root, path), contents)
  }
  return linuxSystem(root)
}
const seen = (files: Readonly<Record<string, string | Buffer>>): Surroundings => machine(files).surroundings()

const laptop = {
  '/proc/cpuinfo': 'processor\t: 0\nmodel name\t: Intel(R) Core(TM) i5-1240P\nflags\t\t: fpu vme sse2\n',
  '/proc/meminfo': 'MemTotal:       16252928 kB\nMemFree:          123456 kB\n',
  '/proc/sys/kernel/osrelease': '6.1.0-18-amd64\n',
  '/proc/sys/kernel/version': '#1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)\n',
  '/proc/sys/kernel/cap_last_cap': '40\n',
  '/proc/loadavg': '0.31 0.42 0.50 2/1234 5678\n',
  '/proc/version': 'Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org)\n',
  '/proc/self/status':
    'Name:\tnode\nUid:\t1000\t1000\t1000\t1000\nCapEff:\t0000000000000000\nCpus_allowed_list:\t0-3\n',
  '/proc/stat': 'cpu  100 0 50 800 10 5 5 30 0 0\ncpu0 1 2 3\n',
  '/etc/os-release': 'NAME="Debian GNU/Linux"\nPRETTY_NAME="Debian GNU/Linux 12 (bookworm)"\nID=debian\n',
  '/sys/devices/system/cpu/online': '0-3\n',
  '/sys/devices/system/cpu/cpu0/topology/core_cpus_list': '0,2\n',
  '/sys/devices/system/cpu/cpu1/topology/core_cpus_list': '1,3\n',
  '/sys/devices/system/cpu/cpu2/topology/core_cpus_list': '0,2\n',
  '/sys/devices/system/cpu/cpu3/topology/core_cpus_list': '1,3\n',
  '/sys/devices/system/cpu/cpu0/topology/physical_package_id': '0\n',
  '/sys/devices/system/cpu/cpu1/topology/physical_package_id': '1\n',
  '/sys/devices/system/cpu/cpu2/topology/physical_package_id': '0\n',
  '/sys/devices/system/cpu/cpu3/topology/physical_package_id': '1\n',
  '/sys/devices/system/node/node0/cpulist': '0,2\n',
  '/sys/devices/system/node/node1/cpulist': '1,3\n',
  '/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor': 'powersave\n',
  '/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor': 'powersave\n',
  '/sys/devices/system/cpu/intel_pstate/no_turbo': '0\n',
  '/sys/devices/system/cpu/vulnerabilities/meltdown': 'Mitigation: PTI\n',
  '/sys/devices/system/cpu/vulnerabilities/mds': 'Not affected\n',
  '/sys/devices/system/clocksource/clocksource0/current_clocksource': 'tsc\n',
  '/sys/devices/system/clocksource/clocksource0/available_clocksource': 'tsc hpet acpi_pm\n',
  '/sys/class/dmi/id/sys_vendor': 'LENOVO\n',
  '/sys/class/dmi/id/product_name': '21ES\n',
}

test('a laptop is described whole', () => {
  expect(seen(laptop)).toEqual({
    os: 'linux',
    cpu: 'Intel(R) Core(TM) i5-1240P',
    cores: 4,
    topology: [
      { cpu: 0, core: 0, package: 0, node: 0 },
      { cpu: 1, core: 1, package: 1, node: 1 },
      { cpu: 2, core: 0, package: 0, node: 0 },
      { cpu: 3, core: 1, package: 1, node: 1 },
    ],
    memoryMib: 15872,
    kernel: 'Linux 6.1.0-18-amd64 #1 SMP PREEMPT_DYNAMIC Debian 6.1.76-1 (2024-02-01)',
    distribution: 'Debian GNU/Linux 12 (bookworm)',
    virtualisation: 'none',
    governor: 'powersave',
    mitigations: { mds: 'Not affected', meltdown: 'Mitigation: PTI' },
    cgroupCpuLimit: 'none',
    load: [0.31, 0.42, 0.5],
    user: { uid: 1000, capabilities: 'none' },
    allowedCpus: 4,
    stealShare: 0.03,
    turbo: true,
    clockSource: 'tsc',
    debugOptions: [],
  })
})

test('a machine that shows nothing is described all the same', () => {
  const { cpu, cores, distribution, governor, load, user, virtualisation, stealShare, turbo } = seen({})
  expect({ cpu, distribution, governor, virtualisation }).toEqual({
    cpu: notShown,
    distribution: notShown,
    governor: notShown,
    virtualisation: 'none',
  })
  expect({ cores, load, user, stealShare, turbo }).toEqual({
    cores: 1,
    load: [],
    user: { uid: -1, capabilities: notShown },
    stealShare: undefined,
    turbo: undefined,
  })
})

test('an Arm processor is called by its numbers, and processors that are offline are left out', () => {
  const board = seen({
    '/proc/cpuinfo': 'processor\t: 0\nCPU implementer\t: 0x41\nCPU part\t: 0xd0c\n',
    '/sys/devices/system/cpu/online': '0,2-3\n',
  })
  expect(board.cpu).toBe('Arm implementer 0x41 part 0xd0c')
  expect(board.topology.map(({ cpu, core }) => [cpu, core])).toEqual([
    [0, 0],
    [2, 2],
    [3, 3],
  ])
})

describe('the control group', () => {
  const version2 = '30 24 0:26 / /sys/fs/cgroup rw,nosuid - cgroup2 cgroup2 rw\n'
  const version1 = '33 32 0:30 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct\n'
  const limit = (files: Readonly<Record<string, string>>): string => seen(files).cgroupCpuLimit

  test('may limit nothing', () => {
    const unlimited = { '/sys/fs/cgroup/a/cpu.max': 'max 100000\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' }
    expect(limit({ '/proc/self/mountinfo': version2, '/proc/self/cgroup': '0::/a\n', ...unlimited })).toBe('none')
  })

  test('of version 2 is limited by the tightest above it', () => {
    const files = {
      '/proc/self/mountinfo': version2,
      '/proc/self/cgroup': '0::/outer/inner\n',
      '/sys/fs/cgroup/outer/cpu.max': '150000 100000\n',
      '/sys/fs/cgroup/outer/inner/cpu.max': '400000 100000\n',
    }
    expect(limit(files)).toBe('1.5 processors')
    expect(seen(files).cpuQuota).toBe(1.5)
  })

  test('of version 2 in a container is the root of what is mounted', () => {
    const files = {
      '/proc/self/mountinfo': version2,
      '/proc/self/cgroup': '0::/\n',
      '/sys/fs/cgroup/cpu.max': '50000 100000\n',
    }
    expect(limit(files)).toBe('0.5 processors')
  })

  test('of version 1 has its quota in two files', () => {
    const folder = '/sys/fs/cgroup/cpu,cpuacct/user'
    const files = {
      '/proc/self/mountinfo': version1,
      '/proc/self/cgroup': '5:cpuset:/else\n4:cpu,cpuacct:/user\n',
      [`${folder}/cpu.cfs_quota_us`]: '200000\n',
      [`${folder}/cpu.cfs_period_us`]: '100000\n',
    }
    expect(limit(files)).toBe('2 processors')
    expect(limit({ ...files, [`${folder}/cpu.cfs_quota_us`]: '-1\n' })).toBe('none')
  })

  test('of version 1 in a container is mounted with the group as its root', () => {
    const files = {
      '/proc/self/mountinfo': version1.replace(' / ', ' /docker/abc '),
      '/proc/self/cgroup': '4:cpu,cpuacct:/docker/abc\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us': '25000\n',
      '/sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us': '100000\n',
    }
    expect(limit(files)).toBe('0.25 processors')
  })

  test('may be of both versions at once', () => {
    const files = {
      '/proc/self/mountinfo': `${version1}${version2.replace('/sys/fs/cgroup', '/sys/fs/cgroup/unified')}`,
      '/proc/self/cgroup': '4:cpu,cpuacct:/user\n0::/user\n',
      '/sys/fs/cgroup/cpu,cpuacct/user/cpu.cfs_quota_us': '300000\n',
      '/sys/fs/cgroup/cpu,cpuacct/user/cpu.cfs_period_us': '100000\n',
    }
    expect(limit(files)).toBe('3 processors')
  })
})

describe('virtualisation', () => {
  const guest = { '/proc/cpuinfo': 'flags\t\t: fpu hypervisor sse2\n' }
  const clock = '/sys/devices/system/clocksource/clocksource0/available_clocksource'

  test.each<[string, Readonly<Record<string, string>>]>([
    ['kvm', { ...guest, '/sys/class/dmi/id/product_name': 'KVM\n' }],
    ['kvm', { ...guest, [clock]: 'tsc kvm-clock\n' }],
    ['amazon', { ...guest, '/sys/class/dmi/id/sys_vendor': 'Amazon EC2\n' }],
    ['none', { ...laptop, '/sys/class/dmi/id/sys_vendor': 'Amazon EC2\n' }],
    ['amazon', { '/proc/cpuinfo': 'CPU part\t: 0xd0c\n', '/sys/class/dmi/id/sys_vendor': 'Amazon EC2\n' }],
    ['vmware', { ...guest, '/sys/class/dmi/id/product_name': 'VMware Virtual Platform\n' }],
    [
      'microsoft',
      {
        ...guest,
        '/sys/class/dmi/id/sys_vendor': 'Microsoft Corporation\n',
        '/sys/class/dmi/id/product_name': 'Virtual Machine\n',
      },
    ],
    ['none', { ...laptop, '/sys/class/dmi/id/sys_vendor': 'Microsoft Corporation\n' }],
    ['oracle', { ...guest, '/sys/class/dmi/id/bios_vendor': 'innotek GmbH\n' }],
    ['wsl', { ...guest, '/proc/version': 'Linux version 5.15.90.1-microsoft-standard-WSL2\n' }],
    ['gvisor', { '/proc/version': 'Linux version 4.4.0 #1 SMP Sun Jan 10 15:06:54 PST 2016\n' }],
    ['vm-other', guest],
    ['docker', { ...laptop, '/.dockerenv': '' }],
    ['podman', { ...laptop, '/run/.containerenv': '' }],
    ['lxc', { ...laptop, '/proc/1/environ': 'HOME=/\0container=lxc\0' }],
    ['kubernetes', { ...laptop, '/proc/1/cgroup': '0::/kubepods/burstable/pod1\n' }],
    ['systemd-nspawn', { ...laptop, '/run/systemd/container': 'systemd-nspawn\n' }],
    ['container-other', { ...laptop, '/run/systemd/container': 'rocket\n' }],
    ['kvm, docker', { ...guest, [clock]: 'kvm-clock\n', '/.dockerenv': '' }],
  ])('is seen as %s', (expected, files) => {
    expect(seen(files).virtualisation).toBe(expected)
  })
})

test('capabilities are named, whichever way is shorter', () => {
  const held = (mask: string) =>
    seen({
      '/proc/sys/kernel/cap_last_cap': '40\n',
      '/proc/self/status': `Uid:\t0\t0\t0\t0\nCapEff:\t${mask}\n`,
    }).user
  expect(held('000001ffffffffff')).toEqual({ uid: 0, capabilities: 'all' })
  expect(held('000001fffeffffff').capabilities).toBe('all but CAP_SYS_RESOURCE')
  expect(held('0000000000000081').capabilities).toBe('CAP_CHOWN CAP_SETUID')
  expect(held('0000000000000000').capabilities).toBe('none')
})

test('options of the kernel that cost time are found, zipped or not', () => {
  const config = 'CONFIG_KASAN=y\n# CONFIG_KCSAN is not set\nCONFIG_PROVE_LOCKING=y\n'
  const release = { '/proc/sys/kernel/osrelease': '6.1.0\n' }
  expect(seen({ '/proc/config.gz': gzipSync(config) }).debugOptions).toEqual(['CONFIG_KASAN', 'CONFIG_PROVE_LOCKING'])
  expect(seen({ ...release, '/boot/config-6.1.0': config }).debugOptions).toContain('CONFIG_KASAN')
  expect(seen({ '/proc/config.gz': 'not zipped' }).debugOptions).toEqual([])
})

test.runIf(hostOs === 'linux')('this very machine is described', () => {
  const here = linuxSystem().surroundings()
  expect(here.cores).toBeGreaterThan(0)
  expect(here.memoryMib).toBeGreaterThan(0)
  expect(here.kernel).toMatch(/^Linux \d/)
  expect(here.user.uid).toBe(process.getuid?.())
  expect(here.load).toHaveLength(3)
})
