/** What a job on GitHub shows of a run: annotations, which a step prints, and a summary, which it appends to its own. */

import type { Reporter } from '../harness/model.ts'
import { annotations } from './github-annotations.ts'
import { stepSummary } from './github-summary.ts'
import { suitesOf } from './outcomes/suites.ts'

export const githubReport = ((runs) => {
  const suites = suitesOf(runs)
  return [
    { name: 'annotations.txt', contents: annotations(runs, suites) },
    { name: 'step-summary.md', contents: stepSummary(runs, suites) },
  ]
}) satisfies Reporter
