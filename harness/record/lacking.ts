/** What a run that was merged lacks: shards that are not there, and what those that are there lacked themselves. */

import type { RunHeader } from '../model.ts'

/** So many are named. */
const namedShards = 10

export function lackingOf({ merged }: RunHeader): string[] {
  if (merged === undefined) return []
  const there = new Set(merged.shards.map(({ header }) => header.shard?.index))
  const missing = merged.of - there.size
  const named: number[] = []
  for (let index = 1; index <= merged.of && named.length < Math.min(missing, namedShards); index++)
    if (!there.has(index)) named.push(index)
  const others = missing - named.length
  const which = `${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`
  return [
    ...(missing <= 0
      ? []
      : [`Of ${merged.of} shards ${missing === 1 ? 'one is' : `${missing} are`} missing: ${which}.`]),
    ...merged.shards.flatMap(({ header: { shard }, partial }) =>
      partial === undefined ? [] : [`Shard ${shard?.index}: ${partial}`],
    ),
  ]
}
