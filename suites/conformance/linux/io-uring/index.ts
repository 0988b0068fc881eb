/** What is claimed about io_uring over pipes and sockets. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { endpoints } from './endpoints.ts'
import { rings } from './rings.ts'

export const ioUringCases: readonly SpecificCase[] = [...rings, ...endpoints]
