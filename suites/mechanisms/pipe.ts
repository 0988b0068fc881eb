/** The anonymous pipe: made by one process, inherited by the other over fork(), each closing the end it does not use. */

import { descriptorIo, endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel } from '../../harness/pair/stage.ts'
import { makePipe } from './pipe-ends.ts'
import { pipeTraits } from './traits.ts'

export const pipe: Channel = {
  id: 'pipe',
  title: 'Pipe',
  kind: 'channel',
  family: 'pipe',
  os: 'linux',
  cites: ['pipe(2)', 'pipe(7)', 'XSH pipe'],
  traits: pipeTraits,
  async open(stage) {
    const producer = await stage.start('producer')
    const [r, w] = await makePipe(producer)
    const consumer = await producer.fork('consumer')
    await Promise.all([producer.must('close', r), consumer.must('close', w)])
    return linkOf(endOf(producer, w, descriptorIo), endOf(consumer, r, descriptorIo))
  },
}
