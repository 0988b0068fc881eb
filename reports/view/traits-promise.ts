/**
 * What a mechanism promises of a column: what its traits say, and what none of them says (how two processes come to be
 * connected, what arrives, who may), which is told from what else the suite knows of it.
 */

import type { Kind, TraitsOf } from '../../harness/model.ts'
import type { Mechanism } from '../../harness/pair/stage.ts'
import type { Column } from './traits-columns.ts'
import { expectedWords, type Telling, tellings } from './traits-words.ts'

/** How the second process comes to the link. A channel whose ends are never told of each other connects nobody. */
function connectionWords({ kind, traits, naming }: Mechanism): string {
  const by = naming === undefined ? 'made by one, inherited by the other' : 'opened by its name'
  if (kind !== 'channel') return by
  if (traits.flow.is === 'shared') return 'none: whoever knows the queue'
  if (traits.peerGone === 'never-told') return naming === undefined ? 'none, made as a pair' : 'none: sent to a name'
  return by
}

const reliabilityWords: { readonly [K in Kind]: (traits: TraitsOf[K]) => string | undefined } = {
  channel: ({ whenFull: full }) => (full === 'drops' ? 'drops what has no room' : 'all arrives, in order'),
  counter: ({ atMaximum }) => (atMaximum.is === 'coalesces' ? 'several count as one' : 'every unit counts'),
  lock: () => 'one holder at a time',
  memory: () => 'what is stored is loaded',
  event: () => 'who does not wait misses it',
  call: () => undefined,
}

function permissionWords({ naming, traits }: Mechanism): string {
  if (naming !== undefined)
    return naming.denied === undefined ? 'whoever knows the name' : `without right: ${expectedWords(naming.denied)}`
  return traits.inheritance === 'system-wide' ? 'whoever knows the number' : 'who was given it'
}

const fromElsewhere: { readonly [C in Column]?: (mechanism: Mechanism) => string | undefined } = {
  connection: connectionWords,
  reliability: ({ kind, traits }) => (reliabilityWords[kind] as (of: typeof traits) => string | undefined)(traits),
  permissions: permissionWords,
}

/** What a mechanism promises of a column: nothing, or several things. */
export function promiseOf(mechanism: Mechanism, column: Column): string[] {
  const { kind, traits } = mechanism
  const own = Object.entries(tellings[kind] as Readonly<Record<string, Telling<unknown>>>).map(([name, telling]) => {
    const value = (traits as unknown as Readonly<Record<string, unknown>>)[name]
    return telling.column === column && value !== undefined ? telling.says(value) : undefined
  })
  return [fromElsewhere[column]?.(mechanism), ...own].filter((said) => said !== undefined)
}
