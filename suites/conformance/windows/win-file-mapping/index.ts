/** What is claimed about file mappings, of the paging file and of other files, and about views of them. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { files } from './files.ts'
import { objects } from './objects.ts'
import { views } from './views.ts'

export const fileMappingCases: readonly SpecificCase[] = [...objects, ...views, ...files]
