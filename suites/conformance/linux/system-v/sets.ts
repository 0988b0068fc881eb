/** A fresh set of two semaphores, both 0, and what processes do with it in most cases. */

import type { Outcome } from '../../../../harness/model.ts'
import type { Peer, Stage } from '../../../../harness/pair/stage.ts'
import { mustCreate, sharedByKey } from '../../../mechanisms/system-v.ts'
import { semaphores } from '../../../mechanisms/sysv-sem.ts'

/** What is done to one semaphore of a set: its number, what is added to it (0: wait until it is 0), and flags. */
export type Operation = readonly [number: number, operation: number, flags?: string]

interface SemaphoreSet {
  readonly id: number
  /** One semop(), be it of one operation or of many. */
  operates(peer: Peer, ...operations: readonly Operation[]): Promise<Outcome>
  value(peer: Peer, number: number): Promise<Outcome>
  sets(peer: Peer, number: number, to: number): Promise<Outcome>
}

export const semop = (id: number, ...operations: readonly Operation[]) =>
  ['semop', id, operations.map(([number, operation, flags = '0']) => [number, operation, flags])] as const

const setOf = (id: number): SemaphoreSet => ({
  id,
  operates: (peer, ...operations) => peer.call(...semop(id, ...operations)),
  value: (peer, number) => peer.call('semctl-GETVAL', id, number),
  sets: (peer, number, to) => peer.call('semctl-SETVAL', id, number, to),
})

/** Two processes that know it. */
export async function sharedSet(stage: Stage) {
  const { producer, consumer, id, key } = await sharedByKey(stage, semaphores)
  return { producer, consumer, key, ...setOf(id) }
}

/** One process alone with it. */
export async function ownSet({ start, names }: Stage) {
  const peer = await start('producer')
  return { peer, ...setOf(await mustCreate(peer, semaphores, names.key('semaphores'))) }
}
