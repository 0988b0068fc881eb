/**
 * Objects of Windows that are waited for and may have a name: who makes one that is there already gets a handle of it and
 * is told so; the name goes with the last handle. A wait says by its result, and not by an error, that its time is over.
 */

import { expectOutcome } from '../../harness/conformance/expect.ts'
import type { Arg, CommonTraits, CounterTraits, Deadline, Expected, Outcome } from '../../harness/model.ts'
import type { CounterIo, Naming, Peer, Stage, Words } from '../../harness/pair/stage.ts'
import { actRestricted, userOf } from './win-user.ts'

export const timeIsOver: Expected = { result: 'WAIT_TIMEOUT' }
export const waitWithDeadline: Deadline = { is: 'argument', says: timeIsOver }

export const waitFor = (object: number, milliseconds: number | 'INFINITE'): Words => [
  'WaitForSingleObject',
  object,
  milliseconds,
]

export const namedObjectTraits: CommonTraits = {
  persistence: 'nothing',
  naming: 'object-namespace',
  inheritance: 'handle',
  interrupted: 'no-signals',
}

/** An object that a wait takes something from. */
export const takenByWaits: Pick<CounterIo, 'take' | 'tryTake' | 'timedTake'> = {
  take: (object) => waitFor(object, 'INFINITE'),
  tryTake: (object) => waitFor(object, 0),
  timedTake: waitFor,
}
export const takenByWaitsTraits: Omit<CounterTraits, 'atMaximum'> = {
  ...namedObjectTraits,
  whenEmpty: timeIsOver,
  takes: 'one',
  takerKilled: 'not-given-back',
  readiness: 'none',
  timedTake: waitWithDeadline,
}

/** What is made and opened by a name: `Event`, and what CreateEvent takes before the name. */
export interface Sort {
  readonly sort: 'Event' | 'Mutex' | 'Semaphore' | 'FileMapping'
  readonly made: readonly Arg[]
  /** The right to everything, where it is not called after the sort. */
  readonly access?: string
}

const create = (peer: Peer, { sort, made }: Sort, name: string, security: string): Promise<Outcome> =>
  peer.call(`Create${sort}`, ...made, name, security)

const open = (peer: Peer, { sort, access }: Sort, name: string, inherit: 'TRUE' | 'FALSE'): Promise<Outcome> =>
  peer.call(`Open${sort}`, access ?? `${sort.toUpperCase()}_ALL_ACCESS`, inherit, name)

export const objectNaming = (sort: Sort): Naming => ({
  name: (names) => names.object(sort.sort.toLowerCase()),
  create: (peer, name) => create(peer, sort, name, 'inherit'),
  async createPrivate(peer, name) {
    const { sid } = await userOf(peer)
    return create(peer, sort, name, `D:(A;;GA;;;${sid})`)
  },
  open: (peer, name) => open(peer, sort, name, 'FALSE'),
  dropRights: actRestricted,
  collision: { error: 'ERROR_ALREADY_EXISTS' },
  missing: { error: 'ERROR_FILE_NOT_FOUND' },
  denied: { error: 'ERROR_ACCESS_DENIED' },
  orphaned: { error: 'ERROR_FILE_NOT_FOUND' },
})

/** Two processes with handles of one new object, which their children can inherit. */
export async function pairWithObject({ start, names }: Stage, sort: Sort) {
  const name = names.object(sort.sort.toLowerCase())
  const producer = await start('producer')
  const consumer = await start('consumer')
  const made = await create(producer, sort, name, 'inherit')
  expectOutcome(made, `Create${sort.sort}`).toSucceed()
  const opened = await open(consumer, sort, name, 'TRUE')
  expectOutcome(opened, `Open${sort.sort}`).toSucceed()
  return { name, producer, consumer, made: made.ret, opened: opened.ret }
}
