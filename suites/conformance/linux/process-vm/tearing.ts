/** What a reader sees of memory that is being written at the same time. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import { crcOf } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { listOut } from '../../../../harness/pair/wire.ts'
import { processVm } from '../../../mechanisms/process-vm.ts'

const recordBytes = 64
/** Half of the record stands in one line of the cache and half in the next. */
const offset = 32
const whole = ['A', 'B'].map((letter) => crcOf(Buffer.from(letter.repeat(recordBytes))))

export const tearing: readonly SpecificCase[] = [
  {
    id: 'pvm.not-atomic',
    mechanism: 'process-vm',
    theme: 'atomic',
    says: 'A read beside a writer brings records whole, or torn between the last and the next.',
    cites: ['process_vm_readv(2)'],
    observes: true,
    async run(stage) {
      const { producer: writer, consumer: reader } = await processVm.open(stage)
      const place = writer.handle + offset
      await writer.must('memory-alternate', place, recordBytes, 1)
      const writing = writer.call('memory-alternate', place, recordBytes, 5_000_000)
      const piece = [[place, recordBytes]]
      const reading = await reader.call('repeat', 5_000, recordBytes, 'process_vm_readv', writer.peer.pid, piece)
      await writing
      expectOutcome(reading, 'the last read').toSucceed()
      const rows = listOut(reading, 'tally') as readonly { readonly crc: number; readonly count: number }[]
      const torn = rows.filter(({ crc }) => !whole.includes(crc))
      stage.note(
        'torn',
        torn.reduce((sum, { count }) => sum + count, 0),
      )
    },
  },
]
