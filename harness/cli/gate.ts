/**
 * `ipcmark gate`: whether B is slower than A, or gets something wrong that A gets right. Both are measured at once, launch by
 * launch in turns, so that what the machine does meanwhile falls on both.
 */

import { armOptions, armsOf } from './arms.ts'
import { outputOptions, seedOf, seedOption } from './check-options.ts'
import { usage } from './failures.ts'
import { baselineIn, baselineOptions } from './gate-baseline.ts'
import { caseOptions } from './gate-cases.ts'
import { injectionOf, injectionOptions, injectionWords } from './gate-injection.ts'
import { gateIn } from './gate-live.ts'
import { policyFrom, policyOption } from './gate-policy.ts'
import { ruleOptions, rulesOf } from './gate-rules.ts'
import { testIn } from './gate-self-test.ts'
import type { Asked } from './gate-verdict.ts'
import { cellFilters, cellFiltersHelp } from './select-cells.ts'
import { inSession } from './session.ts'
import type { Verb } from './verb.ts'
import type { Words } from './words.ts'

export const gate: Verb = {
  options: {
    ...cellFilters,
    ...armOptions,
    ...injectionOptions,
    ...ruleOptions,
    ...caseOptions,
    ...policyOption,
    ...baselineOptions,
    'self-test': { says: 'put the gate itself on trial on this machine' },
    'warn-only': { says: 'tell what is red, and end with 0 all the same' },
    ...seedOption,
    ...outputOptions,
  },
  examples: [
    ['ipcmark gate --a-agent main/ipcmark-agent --b-agent pull/ipcmark-agent', 'two builds against each other'],
    ["ipcmark gate --b 'exec:runsc do' pipe tcp pingpong size:64 same-core", 'what a sandbox costs two mechanisms'],
    ["ipcmark gate --b-setup './prepare' tcp udp pingpong size:64", 'what a command before each launch of B does'],
    ['ipcmark gate --inject 20% --inject-into tcp', 'is it seen that one of the cells is a fifth slower?'],
    ['ipcmark gate --baseline records', 'against what the runs of this machine were like'],
    ['ipcmark gate --self-test', 'how often is the gate wrong on this machine?'],
  ],
  about: [
    cellFiltersHelp,
    'Without a selector nine cells are gated (six on Windows), each on one core. A cell is measured in blocks of four launches, ABBA or BAAB; three blocks choose what to look at again, and ten fresh ones decide, beside A against A.',
  ],
  exits: [
    ['0', 'nothing in B is slower than in A, or wrong where A is right'],
    [
      '1',
      'something is, confirmed where it is timed in both arms, or a claim; with --self-test, the gate was wrong in one of its trials',
    ],
    ['2', 'the command line makes no sense'],
    ['3', 'this run cannot tell: the machine is too noisy, or changed its pace'],
    ['4', 'nothing could be measured in A'],
    ['5', 'an arm does not start, or ipcmark itself broke'],
    ['129, 130, 143', 'interrupted'],
  ],
  async run(words) {
    const wanted = injectionOf(words)
    const arms = armsAsked(words, wanted && injectionWords(wanted))
    const seed = seedOf(words)
    const specs = [arms.a, arms.b]
    const optionsOf = (_: unknown, place = 0) => (specs[place] ?? arms.a).agent
    const policy = await policyFrom(words)
    return inSession(
      specs.map(({ target }) => target),
      optionsOf,
      (session) =>
        playOf(words)(session, {
          words,
          arms,
          rules: rulesOf(words, policy),
          policy,
          seed,
          wanted,
        }),
    )
  },
}

/** On trial the gate compares A with itself. Where stored runs stand for A, what is asked for A would be asked of nobody: it is B itself that injections are tried on. */
function armsAsked(words: Words, more: readonly string[] | undefined): Asked['arms'] {
  const arms = armsOf(words, more)
  if (words.flag('self-test')) {
    if (words.texts('baseline').length > 0) throw usage('--self-test measures both arms, and takes no --baseline.')
    const ofB = askedOf(words, 'b')
    if (ofB !== undefined)
      throw usage(`--self-test measures A against A, so that --${ofB} says nothing: leave it away.`)
    return { a: arms.a, b: arms.a }
  }
  if (words.texts('baseline').length === 0) {
    if (words.flag('force')) throw usage('--force is for --baseline, and says nothing without.')
    return arms
  }
  const ofA = askedOf(words, 'a')
  if (ofA !== undefined)
    throw usage(`--baseline stands for arm A, so that --${ofA} says nothing: leave one of them away.`)
  return { a: arms.b, b: arms.b }
}

/** The first option of an arm that was given. */
const askedOf = (words: Words, arm: 'a' | 'b'): string | undefined =>
  [arm, ...['agent', 'env', 'setup', 'fault'].map((what) => `${arm}-${what}`)].find(
    (name) => words.texts(name).length > 0,
  )

/** Two arms, the gate itself, or what is stored. */
const playOf = (words: Words) =>
  words.flag('self-test') ? testIn : words.texts('baseline').length > 0 ? baselineIn : gateIn
