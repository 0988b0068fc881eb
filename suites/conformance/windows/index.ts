/** The table of contents of what is claimed about the mechanisms of Windows, one folder each. */

import type { SpecificCase } from '../../../harness/pair/stage.ts'
import { msrpcCases } from './msrpc/index.ts'
import { anonymousPipeCases } from './win-anonymous-pipe/index.ts'
import { controlCases } from './win-control/index.ts'
import { dllSectionCases } from './win-dll-section/index.ts'
import { fileLockCases } from './win-file-lock/index.ts'
import { fileMappingCases } from './win-file-mapping/index.ts'
import { mailslotCases } from './win-mailslot/index.ts'
import { namedPipeCases } from './win-named-pipe/index.ts'
import { synchronisationCases } from './win-sync/index.ts'
import { winsockCases } from './winsock/index.ts'

export const windowsCases: readonly SpecificCase[] = [
  ...anonymousPipeCases,
  ...namedPipeCases,
  ...synchronisationCases,
  ...controlCases,
  ...winsockCases,
  ...fileMappingCases,
  ...dllSectionCases,
  ...fileLockCases,
  ...mailslotCases,
  ...msrpcCases,
]
