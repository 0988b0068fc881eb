/** What is claimed about the mailslots of Windows. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { clients } from './clients.ts'
import { messages } from './messages.ts'
import { servers } from './server.ts'

export const mailslotCases: readonly SpecificCase[] = [...messages, ...servers, ...clients]
