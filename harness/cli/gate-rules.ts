/** By what a gate decides, as a command line says it. */

import { mostBlocks, mostShares, type Policy } from '../gate/policy.ts'
import { defaultRules, type Rules } from '../gate/rules.ts'
import { usage } from './failures.ts'
import type { Options } from './verb.ts'
import type { Words } from './words.ts'

const percent = (share: number): string => `${100 * share}%`

export const ruleOptions: Options = {
  'min-effect': { says: `the least change that counts (${percent(defaultRules.minEffect)})`, value: 'SHARE' },
  'max-mde': {
    says: `a cell that could not show less than this says nothing (${percent(defaultRules.maxMde)})`,
    value: 'SHARE',
  },
  alpha: { says: `the chance of red where nothing changed (${percent(defaultRules.alpha)})`, value: 'SHARE' },
  blocks: { says: `fresh blocks that decide on a cell (${defaultRules.decidingBlocks})`, value: 'N' },
}

/** What the command line says outweighs the policy. */
export const rulesOf = (words: Words, policy: Policy): Rules => ({
  ...defaultRules,
  minEffect: shareOf(words, 'min-effect', mostShares.minEffect) ?? policy.minEffect ?? defaultRules.minEffect,
  maxMde: shareOf(words, 'max-mde', mostShares.maxMde) ?? policy.maxMde ?? defaultRules.maxMde,
  alpha: shareOf(words, 'alpha', mostShares.alpha) ?? policy.alpha ?? defaultRules.alpha,
  decidingBlocks: words.whole('blocks', 1, mostBlocks) ?? policy.blocks ?? defaultRules.decidingBlocks,
})

/** `5%` or `0.05`, above nothing. */
export function shareOf(words: Words, name: string, most: number): number | undefined {
  const given = words.text(name)
  if (given === undefined) return undefined
  const [, digits, sign] = /^(\d+(?:\.\d+)?)\s?(%?)$/.exec(given) ?? []
  const share = digits === undefined ? Number.NaN : Number(digits) / (sign === '%' ? 100 : 1)
  if (share > 0 && share <= most) return share
  throw usage(
    `--${name} has to be a share above nothing and up to ${percent(most)}, such as 5% or 0.05, and '${given}' is none.`,
  )
}
