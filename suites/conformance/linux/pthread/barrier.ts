/** The barrier that processes share: all wait for the last, and one of them is singled out. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { shared } from '../../../mechanisms/pthread-locks.ts'
import { pairOnPage } from '../../../mechanisms/shared-page.ts'

/** PTHREAD_BARRIER_SERIAL_THREAD, as the headers of Linux have it. */
const serial = -1

/** Lets all of them come to the barrier, and answers what each was told there. */
async function meet(peers: readonly Peer[], barrier: number): Promise<number[]> {
  const arrivals = []
  for (const [index, peer] of peers.entries()) {
    arrivals.push(peer.call('pthread_barrier_wait', barrier))
    if (index < peers.length - 1) await peer.blocked()
  }
  const outcomes = await Promise.all(arrivals)
  for (const outcome of outcomes) expectOutcome(outcome, 'pthread_barrier_wait').toSucceed()
  return outcomes.map(({ ret }) => ret).sort()
}

export const barrier: readonly SpecificCase[] = [
  {
    id: 'psync.barrier-one-serial',
    mechanism: 'pthread-barrier',
    theme: 'order',
    says: 'Of three processes that meet at a barrier the first two wait for the third; one is told that it is the serial one.',
    cites: ['XSH pthread_barrier_wait'],
    async run(stage) {
      const pair = await pairOnPage(stage, (peer, at) => peer.must('pthread_barrier_init', at, 3, shared))
      const { producer, consumer, page } = pair
      const peers = [producer, consumer, await producer.fork('third')]
      expectValue(await meet(peers, page), 'what the three were told').toEqual([serial, 0, 0])
      expectValue(await meet(peers.reverse(), page), 'what they were told when they met again').toEqual([serial, 0, 0])
    },
  },
]
