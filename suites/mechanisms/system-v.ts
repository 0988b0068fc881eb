/**
 * What queues, semaphores and shared memory of System V have in common: a key for a name, an id that the whole system
 * knows, permissions that are looked at again with every use, and a life that ends only when somebody removes them.
 */

import type { CommonTraits, Outcome } from '../../harness/model.ts'
import type { Naming, Peer, Stage, Words } from '../../harness/pair/stage.ts'
import { keptNames } from './kept-names.ts'

export const systemVTraits: CommonTraits = {
  persistence: 'name-and-contents',
  naming: 'key',
  inheritance: 'system-wide',
  interrupted: 'always-eintr',
}

/** One of the three families. */
export interface SystemV {
  /** What it is called in names. */
  readonly stem: string
  /** The call that makes an object or finds it. */
  get(key: string, flags: string | number): Words
  /** The call that removes one, by its id. */
  readonly removal: string
}

const exclusively = (mode: string) => `IPC_CREAT|IPC_EXCL|${mode}`

/** Exclusive creation. */
export const create = (peer: Peer, family: SystemV, key: string, mode = '0o600'): Promise<Outcome> =>
  peer.call(...family.get(key, exclusively(mode)))

/** The same for a script that cannot go on without it: answers the id. */
export const mustCreate = (peer: Peer, family: SystemV, key: string): Promise<number> =>
  peer.must(...family.get(key, exclusively('0o600')))

/** Two strangers and what they share: one has made it, and the other has found it by its key. */
export interface ByKey {
  readonly producer: Peer
  readonly consumer: Peer
  readonly id: number
  readonly key: string
}

export async function sharedByKey({ start, names }: Stage, family: SystemV): Promise<ByKey> {
  const key = names.key(family.stem)
  const [producer, consumer] = await Promise.all([start('producer'), start('consumer')])
  await mustCreate(producer, family, key)
  return { producer, consumer, id: await consumer.must(...family.get(key, 0)), key }
}

/** Names of a family. `heritage` knows what is made and found by its id. */
export function keyNaming(family: SystemV, heritage: NonNullable<Naming['heritage']>): Naming {
  return {
    ...keptNames,
    name: (names) => names.key(family.stem),
    create: (peer, key) => create(peer, family, key, '0o666'),
    createPrivate: (peer, key) => create(peer, family, key),
    // To ask for no rights would be granted to everybody, and each use refused.
    open: (peer, key) => peer.call(...family.get(key, 0o600)),
    async remove(peer, key) {
      const found = await peer.call(...family.get(key, 0))
      return found.error === undefined ? peer.call(family.removal, found.ret) : found
    },
    heritage,
  }
}
