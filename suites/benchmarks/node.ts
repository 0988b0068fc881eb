/**
 * What JavaScript adds: mechanisms from Node through the addon, beside the same cells in native code; and what somebody who
 * writes for Node would reach for first, beside what native code does with the same thing underneath.
 */

import type { Condition } from '../../harness/measure/schedule.ts'
import type { Os, Variant, Workload } from '../../harness/model.ts'
import { type Way, type WayId, ways } from '../../harness/node-runtime/ways.ts'
import { crossCore, crossCoreIdle, kib, mib, sameCore } from './axes.ts'
import type { Benchmark } from './index.ts'

interface Taken {
  readonly workloads: readonly Workload[]
  readonly sizes: readonly number[]
  readonly conditions: readonly Condition[]
}
type Budgets = Readonly<Record<keyof Benchmark['cells'], readonly Taken[]>>

const loops = ['pingpong', 'stream'] as const
const quick: readonly Taken[] = [{ workloads: ['pingpong'], sizes: [64], conditions: [crossCore] }]

const anySize: Budgets = {
  quick,
  default: [
    { workloads: loops, sizes: [64, 4 * kib, 64 * kib, mib], conditions: [crossCore] },
    { workloads: ['pingpong'], sizes: [64], conditions: [sameCore] },
  ],
  thorough: [
    { workloads: loops, sizes: [64, 256, kib, 4 * kib, 16 * kib, 64 * kib, 256 * kib, mib], conditions: [crossCore] },
    { workloads: loops, sizes: [64, 4 * kib, 64 * kib], conditions: [sameCore, crossCoreIdle] },
  ],
}
const shortOnly: Budgets = {
  quick: [],
  default: [{ workloads: loops, sizes: [64, 4 * kib], conditions: [crossCore] }],
  thorough: [{ workloads: loops, sizes: [64, 256, kib, 4 * kib], conditions: [sameCore, crossCore] }],
}

/** As much as a hurry allows, of one mechanism. */
const quickOnly: Budgets = { quick, default: [], thorough: [] }

/** Mechanisms from JavaScript, and the same cells in native code. */
const besideNative = (mechanisms: readonly string[], { quick, default: usual, thorough }: Budgets): Benchmark => {
  const both = (taken: readonly Taken[]) =>
    taken.flatMap((axes) => [
      { ...axes, runtime: 'native' as const },
      { ...axes, runtime: 'node' as const },
    ])
  return { mechanisms, os: 'linux', cells: { quick: both(quick), default: both(usual), thorough: both(thorough) } }
}

const onNode = (budgets: Budgets): Benchmark['cells'] => withAxes(budgets, { runtime: 'node' })

function withAxes<A>({ quick, default: usual, thorough }: Budgets, more: A) {
  const all = (taken: readonly Taken[]) => taken.map((axes) => ({ ...axes, ...more }))
  return { quick: all(quick), default: all(usual), thorough: all(thorough) }
}

/** Ways of Node that one system has, or both. */
function waysOf(os?: Os): Benchmark {
  const own = (ways as readonly (Way & { readonly id: WayId })[]).filter(({ against }) => {
    const systems = Object.keys(against)
    return os === undefined ? systems.length > 1 : systems.length === 1 && systems[0] === os
  })
  const mechanisms = own.map(({ id }) => id)
  return os === undefined ? { mechanisms, cells: onNode(anySize) } : { mechanisms, os, cells: onNode(anySize) }
}

/** What ways are held against, where their own tables may not have it at these sizes. */
const twins: readonly Benchmark[] = (ways as readonly Way[]).flatMap(({ against }) =>
  (['linux', 'windows'] as const).flatMap((os): Benchmark[] => {
    const twin = against[os]
    if (twin === undefined) return []
    const { mechanism, ...variant } = twin
    const variants: readonly Variant[] = [variant]
    return [{ mechanisms: [mechanism], os, cells: withAxes(anySize, { variants }) }]
  }),
)

export const nodeRows: readonly Benchmark[] = [
  besideNative(['unix-stream'], quickOnly),
  besideNative(['pipe', 'fifo', 'unix-stream', 'tcp'], { ...anySize, quick: [] }),
  besideNative(['unix-seqpacket', 'unix-dgram', 'sysv-msg', 'posix-mq'], shortOnly),
  waysOf(),
  waysOf('linux'),
  waysOf('windows'),
  ...twins,
]
