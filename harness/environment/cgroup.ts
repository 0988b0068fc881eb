/**
 * How much processor time the control groups grant to this process, cgroups(7): version 1, version 2, and both at once.
 * The tightest limit on the way up to the root counts. Nothing when there is no limit.
 */

import type { Files } from './files.ts'

/** In processors: 1.5 is one and a half of them. */
export function cpuQuota(files: Files): number | undefined {
  const mounts = parseMounts(files.read('/proc/self/mountinfo') ?? '')
  const memberships = parseMemberships(files.read('/proc/self/cgroup') ?? '')
  const quotas = memberships.flatMap(({ controllers, path }) => {
    const mount = mounts.find((m) => (controllers.length === 0 ? m.version === 2 : m.controllers.includes('cpu')))
    if (!mount || (controllers.length > 0 && !controllers.includes('cpu'))) return []
    const quotaOf = mount.version === 2 ? quotaOfVersion2 : quotaOfVersion1
    return foldersUpward(mount, path).map((folder) => quotaOf(files, folder) ?? Number.POSITIVE_INFINITY)
  })
  const tightest = Math.min(...quotas)
  return Number.isFinite(tightest) ? tightest : undefined
}

interface Mount {
  readonly version: 1 | 2
  readonly controllers: readonly string[]
  /** The group that the mount shows as its root. */
  readonly root: string
  readonly at: string
}

function parseMounts(mountinfo: string): readonly Mount[] {
  return mountinfo.split('\n').flatMap((line): Mount[] => {
    const [before = '', after = ''] = line.split(' - ')
    const [, , , root = '', at = ''] = before.split(' ')
    const [type, , options = ''] = after.split(' ')
    if (type === 'cgroup2') return [{ version: 2, controllers: [], root, at }]
    return type === 'cgroup' ? [{ version: 1, controllers: options.split(','), root, at }] : []
  })
}

/** `4:cpu,cpuacct:/a/b` of version 1, `0::/a/b` of version 2. */
function parseMemberships(cgroup: string): readonly { controllers: readonly string[]; path: string }[] {
  return cgroup.split('\n').flatMap((line) => {
    const match = /^\d+:([^:]*):(\/.*)$/.exec(line)
    return match ? [{ controllers: match[1] ? match[1].split(',') : [], path: match[2] ?? '/' }] : []
  })
}

/** From the group itself up to what is mounted. In a container the mount shows the group as its root. */
function foldersUpward(mount: Mount, path: string): readonly string[] {
  const inside = mount.root !== '/' && path.startsWith(mount.root) ? path.slice(mount.root.length) : path
  const parts = inside.split('/').filter((part) => part !== '' && part !== '..')
  return Array.from({ length: parts.length + 1 }, (_, i) => [mount.at, ...parts.slice(0, parts.length - i)].join('/'))
}

function quotaOfVersion2(files: Files, folder: string): number | undefined {
  const [quota, period] = (files.read(`${folder}/cpu.max`) ?? 'max').split(' ').map(Number)
  return share(quota, period)
}

function quotaOfVersion1(files: Files, folder: string): number | undefined {
  return share(files.number(`${folder}/cpu.cfs_quota_us`), files.number(`${folder}/cpu.cfs_period_us`))
}

const share = (quota: number | undefined, period: number | undefined): number | undefined =>
  quota !== undefined && period !== undefined && quota > 0 && period > 0 ? quota / period : undefined
