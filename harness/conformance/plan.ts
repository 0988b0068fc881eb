/** Which cases run where: a pure product of mechanisms and cases, filtered, and shuffled by a seed. */

import { shuffled } from '../measure/random.ts'
import type { Need, Os, Theme } from '../model.ts'
import type { GenericCase, Mechanism, SpecificCase } from '../pair/stage.ts'

export interface Suite {
  readonly mechanisms: readonly Mechanism[]
  readonly generic: readonly GenericCase[]
  readonly specific: readonly SpecificCase[]
}

/** One case on one mechanism. */
export type Planned = {
  /** The claim's id; for a generic claim followed by `@mechanism`. */
  readonly id: string
  readonly mechanism: Mechanism
  readonly theme: Theme
  readonly core: boolean
  readonly says: string
  readonly cites: readonly string[]
  readonly needs: readonly Need[]
  readonly observes: boolean
  /** The other system that it has peers on. */
  readonly with?: Os
} & (
  | { readonly kind: 'generic'; readonly claim: GenericCase }
  | { readonly kind: 'specific'; readonly claim: SpecificCase }
)

/** A generic claim that says nothing about a mechanism, and why. */
export interface Exemption {
  readonly id: string
  readonly mechanism: string
  readonly reason: string
}

export interface Matrix {
  readonly cases: readonly Planned[]
  readonly exemptions: readonly Exemption[]
}

export function matrixOf(suite: Suite, os?: Os): Matrix {
  const cases: Planned[] = []
  const exemptions: Exemption[] = []
  for (const mechanism of suite.mechanisms) {
    if (os !== undefined && mechanism.os !== os) continue
    for (const claim of suite.specific) {
      if (claim.mechanism === mechanism.id)
        cases.push({ ...describe(claim, mechanism), ...otherSystem(claim), id: claim.id, kind: 'specific', claim })
    }
    for (const claim of suite.generic) {
      const id = `${claim.id}@${mechanism.id}`
      const row = claim.rows[mechanism.kind]
      const reason = typeof row === 'string' ? row : claim.exempts?.(mechanism)
      if (reason === undefined) cases.push({ ...describe(claim, mechanism), id, kind: 'generic', claim })
      else exemptions.push({ id, mechanism: mechanism.id, reason })
    }
  }
  return { cases, exemptions }
}

const otherSystem = ({ with: os }: SpecificCase): Pick<Planned, 'with'> => (os === undefined ? {} : { with: os })

const needsOf = (claim: GenericCase | SpecificCase, { needs = [] }: Mechanism): readonly Need[] =>
  'evenWithout' in claim ? [] : needs

function describe(claim: GenericCase | SpecificCase, mechanism: Mechanism) {
  return {
    mechanism,
    theme: claim.theme,
    core: claim.core === true,
    says: claim.says,
    cites: claim.cites,
    needs: [...needsOf(claim, mechanism), ...(claim.needs ?? [])],
    observes: claim.observes === true,
  }
}

export const inSeededOrder = (cases: readonly Planned[], seed: number): Planned[] => shuffled(cases, seed)
