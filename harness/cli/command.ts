/** Commands of ipcmark in words that can be pasted into a shell. */

import { hostOs } from '../environment/host.ts'
import type { Os } from '../model.ts'
import { withoutColour } from './screen.ts'

export const commandOf = (words: readonly string[], os: Os = hostOs): string =>
  ['ipcmark', ...words].map((word) => quoted(word, os)).join(' ')

/**
 * The command that makes a run again: the words that were typed, and the seed that it had; or what a script says that
 * started ipcmark with words which nobody can type, such as a file that it removes.
 */
export const commandAgain = (words: readonly string[], seed: number, os?: Os): string =>
  process.env[againVariable] || commandOf(wordsAgain(words, seed), os)

export const againVariable = 'IPCMARK_AGAIN'

export const wordsAgain = (words: readonly string[], seed: number): string[] => [
  ...without(['--seed', '--repeat'], words).filter((word) => word !== withoutColour),
  ...['--seed', String(seed)],
]

/** Leaves options out, with their values. */
export const without = (options: readonly string[], words: readonly string[]): string[] =>
  words.filter(
    (word, at) =>
      !options.includes(word) && !options.includes(words[at - 1] ?? '') && !options.includes(word.split('=')[0] ?? ''),
  )

/** As a shell of that system takes it. */
function quoted(word: string, os: Os): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return os === 'windows' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`
}
