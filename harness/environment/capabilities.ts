/** The names of Linux capabilities, capabilities(7), in the order of their numbers. */

const names = [
  'CAP_CHOWN',
  'CAP_DAC_OVERRIDE',
  'CAP_DAC_READ_SEARCH',
  'CAP_FOWNER',
  'CAP_FSETID',
  'CAP_KILL',
  'CAP_SETGID',
  'CAP_SETUID',
  'CAP_SETPCAP',
  'CAP_LINUX_IMMUTABLE',
  'CAP_NET_BIND_SERVICE',
  'CAP_NET_BROADCAST',
  'CAP_NET_ADMIN',
  'CAP_NET_RAW',
  'CAP_IPC_LOCK',
  'CAP_IPC_OWNER',
  'CAP_SYS_MODULE',
  'CAP_SYS_RAWIO',
  'CAP_SYS_CHROOT',
  'CAP_SYS_PTRACE',
  'CAP_SYS_PACCT',
  'CAP_SYS_ADMIN',
  'CAP_SYS_BOOT',
  'CAP_SYS_NICE',
  'CAP_SYS_RESOURCE',
  'CAP_SYS_TIME',
  'CAP_SYS_TTY_CONFIG',
  'CAP_MKNOD',
  'CAP_LEASE',
  'CAP_AUDIT_WRITE',
  'CAP_AUDIT_CONTROL',
  'CAP_SETFCAP',
  'CAP_MAC_OVERRIDE',
  'CAP_MAC_ADMIN',
  'CAP_SYSLOG',
  'CAP_WAKE_ALARM',
  'CAP_BLOCK_SUSPEND',
  'CAP_AUDIT_READ',
  'CAP_PERFMON',
  'CAP_BPF',
  'CAP_CHECKPOINT_RESTORE',
] as const

export type Capability = (typeof names)[number]

/** The set bits of a mask as /proc/PID/status writes it, by name; a bit without a name is `CAP_41`. */
export function capabilityNames(mask: string): readonly string[] {
  const bits = BigInt(`0x${mask}`)
  return Array.from({ length: 64 }, (_, bit) => bit)
    .filter((bit) => ((bits >> BigInt(bit)) & 1n) === 1n)
    .map((bit) => names[bit] ?? `CAP_${bit}`)
}

/**
 * The same as one word or a list: `none`, `all`, or whichever is shorter of what there is and `all but` what there is
 * not. `last` is the highest capability that the kernel knows.
 */
export function describeCapabilities(mask: string, last: number): string {
  const held = new Set(capabilityNames(mask))
  if (held.size === 0) return 'none'
  const all = capabilityNames(((1n << BigInt(last + 1)) - 1n).toString(16))
  const lacking = all.filter((name) => !held.has(name))
  if (lacking.length === 0) return 'all'
  return lacking.length < held.size ? `all but ${lacking.join(' ')}` : [...held].join(' ')
}

/** Whether a description has a capability. */
export function hasCapability(described: string, name: Capability): boolean {
  if (described === 'all') return true
  const listed = described.split(' ').includes(name)
  return described.startsWith('all but ') ? !listed : listed
}
