/** What is claimed about UDP. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { addresses } from './addresses.ts'
import { errors } from './errors.ts'
import { messages } from './messages.ts'

export const udpCases: readonly SpecificCase[] = [...messages, ...errors, ...addresses]
