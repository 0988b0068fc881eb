/**
 * What a mechanism promises, in words: for each trait of each kind the column in which it is told, and what each of its
 * values says. Both tables are keyed by the vocabulary, so that a new trait or a new value does not compile before it has
 * words.
 */

import type {
  CallTraits,
  ChannelTraits,
  CommonTraits,
  CounterTraits,
  Deadline,
  EventTraits,
  Expected,
  Kind,
  Limit,
  LockTraits,
  MemoryTraits,
  TraitsOf,
} from '../../harness/model.ts'
import { bytes } from './numbers.ts'
import type { Column } from './traits-columns.ts'

export interface Telling<Value> {
  readonly column: Column
  /** Nothing where the value adds nothing to what the others say. */
  says(value: Value): string | undefined
}
type Tellings<Traits> = { readonly [Name in keyof Traits]-?: Telling<NonNullable<Traits[Name]>> }

/** A value of closed words. */
const words = <Value extends string>(
  column: Column,
  table: Readonly<Record<Value, string | undefined>>,
): Telling<Value> => ({ column, says: (value) => table[value] })

type Kinds<Value extends { readonly is: string }> = {
  readonly [K in Value['is']]: string | undefined | ((value: Extract<Value, { readonly is: K }>) => string)
}

/** A value that is one of several kinds, some with figures or errors. */
const kinds = <Value extends { readonly is: string }>(column: Column, table: Kinds<Value>): Telling<Value> => ({
  column,
  says(value) {
    const said = table[value.is as Value['is']] as string | undefined | ((of: Value) => string)
    return typeof said === 'function' ? said(value) : said
  },
})

/** What a call says, as a reader knows it from the manual. */
export function expectedWords(expected: Expected): string {
  if ('anyOf' in expected) return expected.anyOf.map(expectedWords).join(' or ')
  if ('ret' in expected) return `returns ${expected.ret}`
  if ('transferred' in expected) return expected.transferred === 0 ? 'moves nothing' : `moves ${expected.transferred} B`
  return 'result' in expected ? expected.result : errorWords(expected.error)
}

const errorWords = (error: string | readonly string[]): string =>
  [error]
    .flat()
    .map((name) => (name === 'any' ? 'an error' : name))
    .join(' or ')

const saying = (column: Column, when: string): Telling<Expected> => ({
  column,
  says: (expected) => `${when}: ${expectedWords(expected)}`,
})

const deadline: Telling<Deadline> = kinds('waiting', {
  poll: 'deadline by poll',
  'socket-option': 'deadline by SO_RCVTIMEO',
  overlapped: 'deadline by overlapped calls',
  argument: ({ says }) => `deadline as an argument: ${expectedWords(says)}`,
  none: 'no deadline',
})

function limitWords(limit: Limit): string {
  if (typeof limit === 'number') return bytes(limit)
  return 'sysctl' in limit ? limit.sysctl.replaceAll('/', '.') : `SO_SNDBUF − ${bytes(limit.sendBufferLess)}`
}

const common: Tellings<CommonTraits> = {
  persistence: words('persistence', {
    nothing: 'nothing outlives both',
    name: 'the name outlives both',
    'name-and-contents': 'name and contents outlive both',
  }),
  naming: words('naming', {
    none: 'no name',
    path: 'path',
    'pipe-namespace': 'pipe name',
    'mailslot-namespace': 'mailslot name',
    endpoint: 'endpoint',
    'object-namespace': 'object name',
    abstract: 'abstract name',
    key: 'System V key',
    'posix-name': 'POSIX name',
    address: 'address',
  }),
  inheritance: words('naming', {
    descriptor: 'inherited as a descriptor',
    handle: 'inherited as a handle',
    'system-wide': 'a number that all know',
    memory: 'inherited by fork, not by exec',
    never: 'never inherited',
  }),
  interrupted: words('waiting', {
    'eintr-or-restart': 'signal: EINTR or restart',
    'always-eintr': 'signal: always EINTR',
    'always-restarts': 'signal: always restarts',
    'no-signals': undefined,
    'never-waits': 'never waits',
  }),
}

const channel: Tellings<ChannelTraits> = {
  flow: kinds('direction', {
    duplex: 'both ways',
    shared: 'one queue for all',
    simplex: ({ backwards }) => `one way; back: ${expectedWords(backwards)}`,
  }),
  framing: words('boundaries', { byte: 'bytes', message: 'messages' }),
  shortRead: kinds('boundaries', {
    'keeps-rest': 'a short read leaves the rest',
    'discards-rest': 'a short read loses the rest',
    'more-data': 'short read: ERROR_MORE_DATA',
    'fails-with-part': ({ error }) => `short read: a part and ${error}`,
    refused: ({ error }) => `short read: ${error}`,
  }),
  zeroLength: {
    column: 'boundaries',
    says: (value) => (typeof value === 'object' ? `empty send: ${value.error}` : emptySends[value]),
  },
  maxMessage: kinds('capacity', {
    unlimited: 'sends of any length',
    'split-beyond': ({ bytes: most }) => `split beyond ${bytes(most)}`,
    'taken-in-part': ({ bytes: most }) => `takes ${bytes(most)} of a send`,
    'at-most': ({ bytes: most, error }) => `sends ≤ ${limitWords(most)}, else ${errorWords(error)}`,
  }),
  atomicity: kinds('atomicity', {
    none: 'none',
    'every-send': 'every send',
    'up-to': ({ bytes: most }) => `≤ ${bytes(most)}`,
  }),
  whenEmpty: saying('waiting', 'empty'),
  whenFull: {
    column: 'capacity',
    says: (value) => (typeof value === 'object' ? `full: ${expectedWords(value)}` : whenFull[value]),
  },
  peerGone: {
    column: 'end',
    says: (value) => (value === 'never-told' ? 'never told' : expectedWords(value)),
  },
  peerDied: saying('death', 'sender killed'),
  writeAfterGone: {
    column: 'death',
    says: (value) =>
      value.is === 'never-told'
        ? 'sender never told'
        : `sender told ${whenTold[value.is]}: ${value.signal === 'none' ? '' : `${value.signal}, `}${errorWords(value.error)}`,
  },
  cutSend: words('death', {
    prefix: 'a cut send leaves its beginning',
    'whole-or-nothing': 'a cut send: all or nothing',
    'nothing-to-cut': undefined,
  }),
  blockedSender: words('death', {
    woken: 'a waiting sender is woken',
    'left-waiting': 'a waiting sender waits on',
    'never-waits': undefined,
  }),
  readiness: kinds('waiting', {
    poll: ({ atEnd }) => `poll; at the end: ${atEnd}`,
    peek: 'peek',
    none: 'no readiness',
  }),
  timedReceive: deadline,
  ...common,
}

const emptySends: Readonly<Record<Extract<ChannelTraits['zeroLength'], string>, string>> = {
  'no-op': 'an empty send does nothing',
  'empty-message': 'an empty send arrives',
  'looks-like-end': 'an empty send looks like the end',
}

const whenFull: Readonly<Record<Extract<ChannelTraits['whenFull'], string>, string>> = {
  drops: 'full: drops',
  'not-documented': 'full: not documented',
}

type Told = Exclude<ChannelTraits['writeAfterGone']['is'], 'never-told'>
const whenTold: Readonly<Record<Told, string>> = {
  'at-once': 'at once',
  'after-one-send': 'after one send',
  'within-two-sends': 'within two sends',
  'every-other-send': 'at every other send',
  'by-a-receive': 'by a receive',
}

const counter: Tellings<CounterTraits> = {
  atMaximum: kinds('capacity', {
    waits: ({ error }) => `full: waits, or ${error}`,
    fails: ({ error }) => `full: ${error}`,
    coalesces: 'further units add nothing',
  }),
  whenEmpty: saying('waiting', 'empty'),
  takes: words('reliability', { one: 'taken one by one', all: 'all taken at once' }),
  takerKilled: words('death', {
    'not-given-back': 'units of the dead are gone',
    'given-back': 'units of the dead come back',
  }),
  readiness: words('waiting', { poll: 'poll', none: 'no readiness' }),
  timedTake: deadline,
  ...common,
}

const lock: Tellings<LockTraits> = {
  whenHeld: saying('waiting', 'held'),
  holderKilled: kinds('death', {
    released: 'released',
    told: ({ says }) => `the next is told: ${expectedWords(says)}`,
    'stays-locked': 'stays locked',
  }),
  releasedBy: words('naming', {
    'its-holder': 'released by its holder',
    'whoever-has-it': 'released by whoever has it',
  }),
  timedAcquire: deadline,
  ...common,
}

const memory: Tellings<MemoryTraits> = { initially: words('waiting', { zeros: 'zeros at first' }), ...common }

const event: Tellings<EventTraits> = { timedWait: deadline, ...common }

const call: Tellings<CallTraits> = {
  execution: words('reliability', {
    'exactly-once': 'carried out once',
    'at-least-once': 'carried out at least once',
    'at-most-once': 'carried out at most once',
  }),
  serverGone: saying('death', 'server killed'),
  serverMissing: saying('connection', 'no server'),
  timedCall: deadline,
  maxArgument: kinds('capacity', {
    unlimited: 'arguments of any length',
    'at-most': ({ bytes: most, error }) => `arguments ≤ ${bytes(most)}, else ${error}`,
  }),
  ...common,
}

export const tellings: { readonly [K in Kind]: Tellings<TraitsOf[K]> } = { channel, counter, lock, memory, event, call }
