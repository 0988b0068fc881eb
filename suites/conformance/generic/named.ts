/** What cases about names ask of a mechanism, and which mechanisms have nothing to answer. */

import type { CommonTraits } from '../../../harness/model.ts'
import type { Grip, LinkOf, Mechanism, Naming } from '../../../harness/pair/stage.ts'

/** Why a claim about names says nothing where a link has none. */
export const whyNameless: Record<CommonTraits['naming'], string | undefined> = {
  none: 'it has no name that could be created, looked up or left behind',
  path: undefined,
  'pipe-namespace': undefined,
  'mailslot-namespace': undefined,
  endpoint: undefined,
  'object-namespace': undefined,
  abstract: undefined,
  key: undefined,
  'posix-name': undefined,
  address: undefined,
}

export function namingOf({ id, naming }: Pick<Mechanism, 'id' | 'naming'>): Naming {
  if (naming === undefined) throw new TypeError(`the traits of ${id} say that it has names, and it has no 'naming'`)
  return naming
}

export function nameOf({ name }: LinkOf<Grip>): string {
  if (name === undefined) throw new TypeError('the link of a mechanism with names has to tell its name')
  return name
}
