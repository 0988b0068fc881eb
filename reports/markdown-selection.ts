/**
 * What of a report is wanted, in words such as those of the command line: `pingpong same-core family:pipe`. Parts are told
 * from what narrows the figures. Words of one kind widen what is shown, words of several kinds narrow it. A word that means
 * nothing is refused.
 */

import { type Cell, coreStates, families, placements, runtimes, workloads } from '../harness/model.ts'
import { suggestion } from '../harness/nearest.ts'
import { familyOf } from './view/families.ts'

export const parts = ['machine', 'gate', 'conformance', 'figures', 'notes'] as const
export type Part = (typeof parts)[number]

export interface Selection {
  readonly parts: ReadonlySet<Part>
  readonly figures: (cell: Cell) => boolean
  /** Whether there are figures that were left away. */
  readonly narrowed: boolean
}

export const everything: Selection = { parts: new Set(parts), figures: () => true, narrowed: false }

/** The selection, or in a sentence what is wrong with the words. */
export function selectionOf(words: readonly string[], mechanisms: readonly string[]): Selection | string {
  const isPart = (word: string): word is Part => parts.some((part) => part === word)
  const narrowing = words.filter((word) => !isPart(word))
  const unknown = narrowing.find((word) => kinds(mechanisms).every(({ known }) => !known.includes(word)))
  if (unknown !== undefined) {
    const known = [...parts, ...kinds(mechanisms).flatMap((kind) => kind.known)]
    return `'${unknown}' is no part, workload, placement, family or mechanism${suggestion(unknown, known) || '.'}`
  }
  const asked = words.filter(isPart)
  const tests = kinds(mechanisms).flatMap(({ known, of }) => {
    const own = narrowing.filter((word) => known.includes(word))
    return own.length === 0 ? [] : [(cell: Cell) => of(cell).some((word) => own.includes(word))]
  })
  const implied: readonly Part[] = tests.length > 0 ? ['figures'] : parts
  return {
    parts: new Set(asked.length === 0 ? implied : asked),
    figures: (cell) => tests.every((fits) => fits(cell)),
    narrowed: tests.length > 0,
  }
}

interface Kind {
  readonly known: readonly string[]
  /** By which words of this kind a cell is meant. */
  readonly of: (cell: Cell) => readonly string[]
}

const kinds = (mechanisms: readonly string[]): readonly Kind[] => [
  { known: workloads, of: ({ workload }) => [workload] },
  { known: placements, of: ({ placement }) => [placement] },
  { known: coreStates, of: ({ cores }) => [cores] },
  { known: runtimes, of: ({ runtime }) => [runtime] },
  {
    known: [...families.map((family) => `family:${family}`), ...mechanisms],
    of: ({ mechanism }) => [`family:${familyOf(mechanism)}`, mechanism],
  },
]
