/** What is claimed about ONC RPC. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { calling } from './calling.ts'
import { failing } from './failing.ts'
import { portability } from './portability.ts'

export const rpcCases: readonly SpecificCase[] = [...calling, ...failing, ...portability]
