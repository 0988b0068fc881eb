/** What is claimed about reliable datagrams. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { tipcCases } from './tipc.ts'
import { types } from './types.ts'

export const rdmCases: readonly SpecificCase[] = [...types, ...tipcCases]
