/** What is claimed about Microsoft RPC. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { calling } from './calling.ts'
import { failing } from './failing.ts'

export const msrpcCases: readonly SpecificCase[] = [...calling, ...failing]
