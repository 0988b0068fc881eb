/** The command that makes a run again: the words that were typed, with the seed that was drawn where none was given. */

import { hostOs } from '../environment/host.ts'
import type { Os } from '../model.ts'

export function commandAgain(words: readonly string[], seed: number, os: Os = hostOs): string {
  const given = words.some((word) => word === '--seed' || word.startsWith('--seed='))
  const all = given ? words : [...words, '--seed', String(seed)]
  return ['ipcmark', ...all].map((word) => quoted(word, os)).join(' ')
}

/** As a shell of that system takes it. */
function quoted(word: string, os: Os): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word
  return os === 'windows' ? `"${word.replaceAll('"', '\\"')}"` : `'${word.replaceAll("'", `'\\''`)}'`
}
