/** Several processes that wait to be woken, and who of them has come back. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../harness/model.ts'
import type { EventEnd } from '../../../harness/pair/stage.ts'

export interface Sleepers {
  /**
   * Answers once this one waits. One after the other: so nobody is taken to wait for the event who waits for the mutex
   * that goes with it, because another has it at that moment.
   */
  fallAsleep(end: EventEnd, wait?: Promise<Outcome>): Promise<void>
  /** The next one to come back; its wait has to have succeeded. */
  nextAwake(): Promise<EventEnd>
  left(): readonly EventEnd[]
}

export function newSleepers(): Sleepers {
  const asleep = new Map<EventEnd, Promise<EventEnd>>()
  return {
    async fallAsleep(end, wait = end.wait()) {
      const woken = wait.then((outcome) => {
        expectOutcome(outcome, 'the wait').toSucceed()
        return end
      })
      woken.catch(() => {}) // its case may be over before it is
      asleep.set(end, woken)
      await end.blocked()
    },
    async nextAwake() {
      const end = await Promise.race(asleep.values())
      asleep.delete(end)
      return end
    },
    left: () => [...asleep.keys()],
  }
}
