/** What does not reach another process: a wait for a word in memory, shared though the memory is. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { commonPage } from '../../../mechanisms/common-page.ts'
import { winEvent } from '../../../mechanisms/win-event.ts'

export const addresses: readonly SpecificCase[] = [
  {
    // A CONDITION_VARIABLE keeps addresses of its own process: for another to wake it would be no error but a crash.
    id: 'w32sync.condvar-not-shareable',
    mechanism: 'win-event',
    theme: 'block',
    says: 'WaitOnAddress waits for its own process: another can change the word and wake its address in vain; an event reaches it.',
    cites: ['MS:WaitOnAddress', 'MS:WakeByAddressAll', 'MS "Condition Variables"'],
    async run(stage) {
      const { producer, consumer } = await winEvent.open(stage)
      const page = commonPage(stage)
      const [mine, yours] = [await page(producer), await page(consumer)]

      const taking = consumer.take()
      await consumer.blocked()
      expectOutcome(await producer.add(), 'SetEvent').toSucceed()
      expectOutcome(await taking, 'the wait for the event').toGive('result', 'WAIT_OBJECT_0')

      expectOutcome(await producer.call('memory-store-word', mine, 1), 'the store of 1').toReturn(1)
      const changed = await consumer.call('WaitOnAddress', yours, 0, 60_000)
      expectOutcome(changed, 'WaitOnAddress of a word that has changed').toSucceed()
      void consumer.call('WaitOnAddress', yours, 1, 60_000)
      await consumer.blocked()
      expectOutcome(await producer.call('memory-store-word', mine, 2), 'the store of 2').toReturn(2)
      expectOutcome(await producer.call('WakeByAddressAll', mine), 'WakeByAddressAll').toSucceed()
      await consumer.blocked()
    },
  },
]
