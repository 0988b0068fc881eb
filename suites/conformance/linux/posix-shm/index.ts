/** What is claimed about shared memory of POSIX, and about memory that is mapped. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { mapping } from './mapping.ts'
import { objects } from './objects.ts'

export const posixShmCases: readonly SpecificCase[] = [...objects, ...mapping]
