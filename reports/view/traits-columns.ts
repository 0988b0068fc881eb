/**
 * The columns of the table of traits, as textbooks have them, and which cases speak of each. A theme belongs to one column,
 * and the table is keyed by themes, so that a new one does not compile before it has its place.
 */

import type { Theme } from '../../harness/model.ts'

export const columns = [
  'direction',
  'boundaries',
  'connection',
  'reliability',
  'capacity',
  'atomicity',
  'end',
  'death',
  'persistence',
  'naming',
  'permissions',
  'waiting',
] as const
export type Column = (typeof columns)[number]

export const columnTitles: Readonly<Record<Column, string>> = {
  direction: 'Direction',
  boundaries: 'Message boundaries',
  connection: 'Connection',
  reliability: 'Reliability',
  capacity: 'Capacity',
  atomicity: 'Atomic size',
  end: 'End of file',
  death: 'Peer death',
  persistence: 'Persistence',
  naming: 'Naming, inheritance',
  permissions: 'Permissions',
  waiting: 'Waiting',
}

/** Where the cases of a theme count. Those about wrong arguments speak of calls, and of no trait. */
const columnOfTheme: Readonly<Record<Theme, Column | undefined>> = {
  data: 'reliability',
  order: 'reliability',
  boundary: 'boundaries',
  limit: 'capacity',
  atomic: 'atomicity',
  block: 'waiting',
  eof: 'end',
  err: undefined,
  crash: 'death',
  signal: 'waiting',
  naming: 'naming',
  perm: 'permissions',
  persist: 'persistence',
  cleanup: 'persistence',
  direction: 'direction',
}

/** General claims that speak of a second column, beside that of their theme. */
export const alsoSpeakOf: Readonly<Record<string, Column>> = {
  // Who waits for room, or is told that there is none, finds out how much there is.
  'x.backpressure-nonblocking': 'capacity',
  'x.backpressure-blocking': 'capacity',
  // How the second process comes to have the link: by its name, or from its parent.
  'x.open-missing-name': 'connection',
  'x.inherit-fork-spawn': 'connection',
}

/** What a case is about, be it in the suite or in a record. */
interface About {
  readonly id: string
  readonly theme: Theme
}

/** Of none, where another version has named the theme. */
export function columnsOf({ id, theme }: About): Column[] {
  const [claim = ''] = id.split('@')
  const own = Object.hasOwn(columnOfTheme, theme) ? columnOfTheme[theme] : undefined
  const further = Object.hasOwn(alsoSpeakOf, claim) ? alsoSpeakOf[claim] : undefined
  return [own, further].filter((column) => column !== undefined)
}
