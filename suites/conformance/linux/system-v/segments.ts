/** A fresh segment that two processes have attached. */

import type { Outcome } from '../../../../harness/model.ts'
import type { Peer, Stage } from '../../../../harness/pair/stage.ts'
import { memorySize } from '../../../mechanisms/mappings.ts'
import { sharedByKey } from '../../../mechanisms/system-v.ts'
import { segments } from '../../../mechanisms/sysv-shm.ts'

export const attach = (peer: Peer, id: number, flags: string | number = 0): Promise<number> =>
  peer.must('shmat', id, 0, flags)

export const store = (peer: Peer, address: number, text: string): Promise<Outcome> =>
  peer.call('memory-store', address, text)

export const load = (peer: Peer, address: number, length: number): Promise<Outcome> =>
  peer.call('memory-load', address, length)

/** Two processes that know it, and where each has it. */
export async function attachedByBoth(stage: Stage) {
  const { producer, consumer, id, key } = await sharedByKey(stage, segments)
  const [at, other] = await Promise.all([attach(producer, id), attach(consumer, id)])
  return { producer, consumer, id, key, at, other, size: memorySize, state: stateOf(id) }
}

export const stateOf =
  (id: number) =>
  (peer: Peer): Promise<Outcome> =>
    peer.call('shmctl-IPC_STAT', id)
