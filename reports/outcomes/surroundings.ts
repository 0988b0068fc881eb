/** Where a run was made and how it is made again, as names and values for formats that have room for such. */

import type { Run } from '../../harness/model.ts'

export function surroundingsOf({ header }: Run): Readonly<Record<string, string>> {
  const { tool, command, seed, started, environment, targets, run } = header
  const { cpu, cores, memoryMib, kernel, distribution, virtualisation, governor, cgroupCpuLimit, node } = environment
  return {
    run,
    started,
    command,
    seed: String(seed),
    ipcmark: tool.commit === undefined ? tool.version : `${tool.version} (${tool.commit})`,
    cpu,
    cores: String(cores),
    'memory-mib': String(memoryMib),
    kernel,
    distribution,
    virtualisation,
    governor,
    'cgroup-cpu-limit': cgroupCpuLimit,
    node,
    ...Object.fromEntries(
      targets.map(({ id, system, emulator }) => [
        `target ${id}`,
        emulator === undefined ? system : `${system} (${emulator})`,
      ]),
    ),
    ...Object.fromEntries(environment.warnings.map(({ id, says }) => [`warning ${id}`, says])),
  }
}
