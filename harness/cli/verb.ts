/** What a verb of the command line is: options, examples, and what it does. Each is a file of its own beside this one. */

import type { Words } from './words.ts'

export interface Option {
  readonly says: string
  /** What its value is called in the help; an option without one is a switch. */
  readonly value?: string
  /** It may be given several times. */
  readonly many?: true
}
export type Options = Readonly<Record<string, Option>>

/** What stands after a verb's name: `[SELECTOR…]`, or nothing. */
export interface Takes {
  readonly takes?: { readonly name: string; readonly shown: string; readonly needed: boolean; readonly many: boolean }
}
export const selectors = { name: 'selectors', shown: '[SELECTOR…]', needed: false, many: true }

export interface Verb {
  readonly options: Options
  readonly examples: readonly (readonly [command: string, says: string])[]
  /** Paragraphs for the help: what has no place in a table of options. */
  readonly about?: readonly string[]
  /** What it ends with. */
  readonly exits: readonly (readonly [codes: string, says: string])[]
  /** Answers the exit code; what it throws ends the program in a sentence. */
  run(words: Words): Promise<number>
}
