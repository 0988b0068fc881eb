/** The environment of a run, as its record keeps it: where it was made, and what makes its figures worth less. */

import type { Environment } from '../model.ts'
import type { Surroundings } from './surroundings.ts'
import { system } from './system.ts'
import { noiseWarnings } from './warnings.ts'

export function readEnvironment(of: Surroundings = system.surroundings()): Environment {
  return {
    cpu: of.cpu,
    cores: of.cores,
    topology: of.topology,
    memoryMib: of.memoryMib,
    kernel: of.kernel,
    distribution: of.distribution,
    virtualisation: of.virtualisation,
    governor: of.governor,
    mitigations: of.mitigations,
    cgroupCpuLimit: of.cgroupCpuLimit,
    load: of.load,
    node: process.version,
    user: of.user,
    warnings: noiseWarnings(of),
  }
}
