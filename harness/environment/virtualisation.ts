/**
 * What stands between this system and the hardware, told from hints as systemd-detect-virt does, in its words: a virtual
 * machine, a container, both (`kvm, docker`), or `none`.
 */

export interface Hints {
  /** What the firmware says of maker and product. */
  readonly firmware: readonly string[]
  /** Whether the processor says that a hypervisor is there; nothing where it has no way to say so. */
  readonly hypervisor: boolean | undefined
  /** The clock sources that the kernel offers: a hypervisor's own tells its name. */
  readonly clockSources: readonly string[]
  /** /proc/version. */
  readonly kernel: string
  /** What points to a container: the variable `container`, marker files, the groups of the first process. */
  readonly container: readonly string[]
}

export function virtualisationOf(hints: Hints): string {
  const found = [machineOf(hints), containerOf(hints)].filter((name) => name !== undefined)
  return found.length > 0 ? found.join(', ') : 'none'
}

const kernels: readonly (readonly [RegExp, string])[] = [
  [/microsoft/i, 'wsl'],
  // gVisor answers with this very line whatever the host runs.
  [/^Linux version 4\.4\.0 #1 SMP Sun Jan 10 15:06:54 PST 2016/, 'gvisor'],
]

// The order matters: a cloud's own name is more than the hypervisor that it uses.
const makers: readonly (readonly [RegExp, string])[] = [
  [/Amazon EC2/, 'amazon'],
  [/Google Compute Engine/, 'google'],
  [/KVM|OpenStack|KubeVirt/, 'kvm'],
  [/QEMU/, 'qemu'],
  [/VMware|VMW/, 'vmware'],
  [/innotek|VirtualBox|Oracle Corporation/, 'oracle'],
  [/Xen/, 'xen'],
  [/Bochs/, 'bochs'],
  [/Parallels/, 'parallels'],
  [/BHYVE/, 'bhyve'],
  [/Microsoft Corporation.*Virtual Machine|Hyper-V/s, 'microsoft'],
  [/Apple Virtualization/, 'apple'],
]

const clocks: readonly (readonly [RegExp, string])[] = [
  [/^kvm-clock$/, 'kvm'],
  [/^hyperv_/, 'microsoft'],
  [/^xen$/, 'xen'],
]

const containers: readonly (readonly [RegExp, string])[] = [
  [/podman|libpod/, 'podman'],
  [/docker/, 'docker'],
  [/kubepods/, 'kubernetes'],
  [/lxc/, 'lxc'],
  [/systemd-nspawn/, 'systemd-nspawn'],
]

function machineOf({ firmware, hypervisor, clockSources, kernel }: Hints): string | undefined {
  const named = firstMatch(kernels, [kernel]) ?? firstMatch(makers, [firmware.join('\n')])
  // The maker of a cloud's machines is on its bare metal too; the processor decides, where there is one that says.
  const onBareMetalToo = named !== undefined && ['amazon', 'google', 'oracle'].includes(named)
  if (named !== undefined && !(onBareMetalToo && hypervisor === false)) return named
  return firstMatch(clocks, clockSources) ?? (hypervisor ? 'vm-other' : undefined)
}

const containerOf = ({ container }: Hints): string | undefined =>
  firstMatch(containers, container) ?? (container.length > 0 ? 'container-other' : undefined)

const firstMatch = (table: readonly (readonly [RegExp, string])[], texts: readonly string[]): string | undefined =>
  table.find(([pattern]) => texts.some((text) => pattern.test(text)))?.[1]
