/** What is claimed about locks on files, and about files that serve as locks. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { contents } from './contents.ts'
import { descriptionLocks } from './descriptions.ts'
import { fcntlLocks } from './fcntl.ts'
import { lockFiles } from './lock-files.ts'

export const fileLockCases: readonly SpecificCase[] = [...fcntlLocks, ...descriptionLocks, ...lockFiles, ...contents]
