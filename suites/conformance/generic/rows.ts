/**
 * Rows of claims: what a claim does for one kind of mechanism, and why it says nothing about the others.
 */

import type { Kind } from '../../../harness/model.ts'
import type { Row, Rows } from '../../../harness/pair/stage.ts'

type Reasons = Readonly<Record<Kind, string>>

/** The kinds that a claim has rows for, and a reason for each of the rest. */
export const rowsOf = (reasons: Reasons, rows: { readonly [K in Kind]?: Row<K> }): Rows => ({ ...reasons, ...rows })

/** The same for every kind: for claims about names and lifetimes. */
export const everyKind = (row: Row<Kind>): Rows => ({
  channel: row as Row<'channel'>,
  counter: row as Row<'counter'>,
  lock: row as Row<'lock'>,
  memory: row as Row<'memory'>,
  event: row as Row<'event'>,
  call: row as Row<'call'>,
})

/** Why claims about messages concern channels alone. */
export const nothingIsSent: Reasons = {
  channel: 'nothing is sent through it',
  counter: 'a counter carries its value and no bytes',
  lock: 'a lock carries nothing',
  memory: 'memory is stored to and loaded from, so that there are no sends that could be told apart',
  event: 'a wake-up carries nothing',
  call: 'a call and its answer belong together, so that no send stands by itself',
}

/** Why claims about waiting say nothing about what never waits. */
export const nobodyWaits: Reasons = {
  ...nothingIsSent,
  memory: 'loads and stores never wait',
  event: 'it can only be waited for',
  call: 'whoever calls waits for the answer, and nothing else',
}

/** Why claims about the end of a link say nothing about what has none. */
export const nothingEnds: Reasons = {
  ...nothingIsSent,
  counter: 'a counter has no end that its takers could be told of',
  lock: 'a lock has no end',
  event: 'who waits is not told who is left to wake it',
}
