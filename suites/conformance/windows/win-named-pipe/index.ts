/** What is claimed about the named pipe of Windows, of bytes and of messages. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { connecting } from './connecting.ts'
import { data } from './data.ts'
import { endOfFile } from './end-of-file.ts'
import { instances } from './instances.ts'
import { messages } from './messages.ts'
import { pipeNames } from './names.ts'
import { security } from './security.ts'
import { waiting } from './waiting.ts'

export const namedPipeCases: readonly SpecificCase[] = [
  ...pipeNames,
  ...connecting,
  ...instances,
  ...data,
  ...messages,
  ...endOfFile,
  ...waiting,
  ...security,
]
