/** What is claimed about TCP. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { addresses } from './addresses.ts'
import { connecting } from './connecting.ts'
import { endOfFile } from './end-of-file.ts'
import { listeners } from './listeners.ts'
import { receiving } from './receiving.ts'
import { resets } from './resets.ts'
import { urgent } from './urgent.ts'
import { waiting } from './waiting.ts'

export const tcpCases: readonly SpecificCase[] = [
  ...connecting,
  ...addresses,
  ...listeners,
  ...endOfFile,
  ...resets,
  ...urgent,
  ...receiving,
  ...waiting,
]
