/**
 * Mechanisms by family: dozens of them are read faster in groups. A record names mechanisms alone, so the family is looked
 * up among those of the suite; one that the suite does not know (any more, or because it is a subject) is of none.
 */

import { type Family, families } from '../../harness/model.ts'
import { mechanisms } from '../../suites/mechanisms/index.ts'

export type Kinship = Family | 'other'

const known: ReadonlyMap<string, Family> = new Map(mechanisms.map(({ id, family }) => [id, family]))

export const familyOf = (mechanism: string): Kinship => known.get(mechanism) ?? 'other'

/** In the order of the vocabulary, the others last. */
export const kinships: readonly Kinship[] = [...families, 'other']

/** What belongs to each family that has anything, families in their order. */
export function byFamily<T>(items: readonly T[], mechanismOf: (item: T) => string): [Kinship, T[]][] {
  const groups = new Map(kinships.map((family) => [family, [] as T[]]))
  for (const item of items) groups.get(familyOf(mechanismOf(item)))?.push(item)
  return [...groups].filter(([, own]) => own.length > 0)
}
