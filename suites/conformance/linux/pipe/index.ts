/** What is claimed about the pipe. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { atomicity } from './atomicity.ts'
import { capacity } from './capacity.ts'
import { endOfFile } from './end-of-file.ts'
import { inheritance } from './inheritance.ts'
import { misuse } from './misuse.ts'
import { noReader } from './no-reader.ts'
import { packets } from './packets.ts'
import { pipelines } from './pipeline.ts'
import { privilege } from './privilege.ts'
import { readiness } from './readiness.ts'

export const pipeCases: readonly SpecificCase[] = [
  ...endOfFile,
  ...noReader,
  ...capacity,
  ...privilege,
  ...atomicity,
  ...packets,
  ...readiness,
  ...inheritance,
  ...pipelines,
  ...misuse,
]
