/** What is claimed about Winsock: where it is not what POSIX says of sockets, and what it has of its own. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { addresses } from './addresses.ts'
import { connecting } from './connecting.ts'
import { datagrams } from './datagrams.ts'
import { ending } from './ending.ts'
import { lifetime } from './lifetime.ts'
import { sharing } from './sharing.ts'
import { unixSockets } from './unix.ts'
import { urgent } from './urgent.ts'
import { waiting } from './waiting.ts'

export const winsockCases: readonly SpecificCase[] = [
  ...lifetime,
  ...connecting,
  ...waiting,
  ...ending,
  ...datagrams,
  ...addresses,
  ...urgent,
  ...sharing,
  ...unixSockets,
]
