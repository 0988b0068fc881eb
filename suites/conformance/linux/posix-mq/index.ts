/** What is claimed about the message queues of POSIX. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { limits } from './limits.ts'
import { messages } from './messages.ts'
import { names } from './names.ts'
import { notification } from './notification.ts'
import { waiting } from './waiting.ts'

export const posixMqCases: readonly SpecificCase[] = [...messages, ...waiting, ...notification, ...names, ...limits]
