/** What is claimed about netlink. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { kernelCases } from './kernel.ts'
import { ports } from './ports.ts'

export const netlinkCases: readonly SpecificCase[] = [...ports, ...kernelCases]
