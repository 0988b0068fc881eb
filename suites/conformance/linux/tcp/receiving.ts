/** The flags of recv: look without taking, wait for all, take without looking. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { receiveNow } from './parts.ts'

export const receiving: readonly SpecificCase[] = [
  {
    id: 'tcp.peek-waitall-trunc',
    mechanism: 'tcp',
    theme: 'data',
    says: 'MSG_PEEK leaves the data, MSG_WAITALL waits for all that was asked or the end, MSG_TRUNC discards on Linux.',
    cites: ['XSH recv', 'recv(2)', 'tcp(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      const receive = (max: number, flags: string) => consumer.call('recv', consumer.handle, max, flags)
      await producer.must('send', producer.handle, 'hello', 0)
      expectOutcome(await receive(64, 'MSG_PEEK'), 'recv with MSG_PEEK').toBring('hello')
      expectOutcome(await receive(64, 'MSG_PEEK'), 'recv with MSG_PEEK again').toBring('hello')
      expectOutcome(await receive(64, '0'), 'recv').toBring('hello')
      expectOutcome(await receiveNow(consumer), 'recv once all was taken').toFail('EAGAIN')

      const patient = receive(8, 'MSG_WAITALL')
      await consumer.blocked()
      await producer.must('send', producer.handle, 'half', 0)
      await consumer.blocked()
      await producer.must('send', producer.handle, 'done', 0)
      expectOutcome(await patient, 'recv with MSG_WAITALL').toBring('halfdone')

      await producer.must('send', producer.handle, 'dropkeep', 0)
      expectOutcome(await receive(4, 'MSG_TRUNC|MSG_WAITALL'), 'recv with MSG_TRUNC').toReturn(4)
      expectOutcome(await receive(4, 'MSG_WAITALL'), 'recv of what follows').toBring('keep')

      const cut = receive(64, 'MSG_WAITALL')
      await consumer.blocked()
      await producer.must('send', producer.handle, 'short', 0)
      await producer.must('close', producer.handle)
      expectOutcome(await cut, 'recv with MSG_WAITALL at the end').toBring('short')
    },
  },
]
