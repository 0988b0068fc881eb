/** Which runs stand beside each other, by their letters, and in what the machines, the systems and the tools differ. */

import type { Runs } from '../../harness/model.ts'
import { differencesOf } from '../view/differences.ts'
import { visibleLine } from '../view/visible.ts'
import { type Ink, span } from './ink.ts'
import { paragraph } from './layout.ts'

/** Nothing of a single run. */
export function legend(ink: Ink, runs: Runs, columns: number): string[] {
  if (runs.length === 1) return []
  const { named, differing } = differencesOf(runs)
  const rows = named.flatMap(({ letter, run, started }) =>
    paragraph(
      ink,
      [span(letter, 'bold'), span(`  ${visibleLine(run)}  `), span(visibleLine(started), 'dim')],
      columns,
      2,
    ),
  )
  const lines = differing.flatMap(({ what, values }) =>
    paragraph(
      ink,
      [
        span(`${what}  `, 'dim'),
        ...values.flatMap(({ letters, value }, at) => [
          span(at === 0 ? '' : ' · ', 'dim'),
          span(letters, 'bold'),
          span(` ${visibleLine(value)}`),
        ]),
      ],
      columns,
      2,
    ),
  )
  const head = differing.length === 0 ? 'They differ neither in machine nor in system' : 'They differ in'
  return [ink(span('Side by side', 'bold')), ...rows, ink(span(head, 'bold')), ...lines]
}
