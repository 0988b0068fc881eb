/**
 * Memory of one process that another copies out of it by a call: the one sleeps, and the other copies the same bytes again
 * and again, each time comparing all of them. What is timed is the inside of the calls alone, a batch of them at a time.
 */

import type { Measures } from '../../model.ts'
import type { Memory } from '../../pair/stage.ts'
import { batches } from '../budget.ts'
import type { Launching } from '../launcher.ts'
import { paceOptions, seatsOf } from '../loops.ts'
import { askSide, commonMeasures, cpuOption, throughputOf } from '../sides.ts'
import { nobody } from './baseline.ts'

/** Whether the memory is one process's own, and another reaches it by calls only. */
export const isCopiedOut = ({ family }: Memory): boolean => family === 'process'

export async function copies(launching: Launching, mechanism: Memory): Promise<Measures> {
  const { cell, stage } = launching
  const { producer, consumer } = await mechanism.open(stage)
  if (cell.size > consumer.size) {
    stage.unsupported(`${mechanism.id} was opened with ${consumer.size} bytes of memory, and these are ${cell.size}`)
  }
  const seats = await seatsOf(launching, consumer.peer)
  const bytes = { pattern: cell.size, seed: 11 }
  await producer.store(0, bytes)
  const said = await askSide({
    name: 'consumer',
    peer: consumer.peer,
    words: [
      'copies',
      [...consumer.io.load(consumer.handle, 0, cell.size)],
      bytes,
      [...paceOptions(launching), ['batches', batches], ...cpuOption(seats?.consumer)],
    ],
  })
  const common = commonMeasures(said, said, said)
  return { ...common, producer: nobody, throughput: throughputOf(said, cell.size) }
}
