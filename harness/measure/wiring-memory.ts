/**
 * How loops that carry messages are wired to memory: a ring lies in it (native/transports/ring_memory.h), and where its
 * sides may sleep, something else wakes them. All of it is opened by its own script between the same two processes, the
 * memory with as much room as the ring takes.
 */

import type { Arg, Cell } from '../model.ts'
import type { Memory, MemoryEnd, Stage } from '../pair/stage.ts'
import { bellOptions } from './bells.ts'
import { type Launching, mechanismCalled } from './launcher.ts'
import { openTogether } from './together.ts'
import { transportOptions, type Ways, type Wire, type Wiring } from './wire.ts'

/** Large enough to keep both sides busy, and so small that the caches of both hold it. */
const usualBuffer = 256 * 1024
/** Of a ring that shows messages where they lie: it holds so many of the longest. */
const shownAtOnce = 4
/** Beside the buffer of each ring. */
const headerRoom = 4096
/** What pages are multiples of, huge ones included. */
const pageMultiple = 2 * 1024 * 1024

const powerOfTwoFrom = (bytes: number): number => 2 ** Math.ceil(Math.log2(bytes))

/** How long the buffer of each ring is. */
function bufferOf({ buffer, transfer, size }: Cell): number {
  if (buffer !== undefined) return powerOfTwoFrom(buffer)
  return transfer === 'loan' ? Math.max(usualBuffer, powerOfTwoFrom(shownAtOnce * size)) : usualBuffer
}

function roomFor(cell: Cell, ways: Ways): number {
  const rings = ways === 'both' ? 2 : 1
  const bytes = rings * (bufferOf(cell) + headerRoom)
  return cell.pages === 'huge' ? Math.ceil(bytes / pageMultiple) * pageMultiple : bytes
}

/** Whether a side that waits may put itself to sleep. */
const sleeps = ({ wait = 'block' }: Cell): boolean => wait === 'block' || wait === 'adaptive'

export async function memoryWiring(launching: Launching, mechanism: Memory, ways: Ways): Promise<Wiring> {
  const { cell } = launching
  const stage: Stage = { ...launching.stage, room: { bytes: roomFor(cell, ways), huge: cell.pages === 'huge' } }
  const wire = (end: MemoryEnd, bells: readonly Arg[]): Wire => {
    const room = Math.min(end.size, roomFor(cell, ways))
    if (cell.buffer !== undefined && room < roomFor(cell, ways)) {
      stage.unsupported(`${mechanism.id} has ${end.size} bytes, and no room for a ring of ${cell.buffer}`)
    }
    return {
      peer: end.peer,
      transport: cell.transfer === 'loan' ? 'ring-loan' : 'ring',
      handles: ways === 'both' ? [end.handle, end.handle] : [end.handle],
      options: [
        ['room', room],
        ...(cell.pages === 'untouched' ? [['pages', 'untouched']] : []),
        ...bells,
        ...transportOptions(cell),
      ],
    }
  }
  if (!sleeps(cell)) {
    const memory = await mechanism.open(stage)
    return { producer: wire(memory.producer, []), consumer: wire(memory.consumer, []) }
  }
  const waker = await wakerOf(launching)
  const [memory, there, back] = await openTogether(stage, [
    { mechanism },
    { mechanism: waker },
    { mechanism: waker, exchanged: true },
  ])
  return {
    producer: wire(memory.producer, bellOptions(back.consumer, there.producer)),
    consumer: wire(memory.consumer, bellOptions(there.consumer, back.producer)),
  }
}

/** What wakes the sides of a ring: a counter or an event. */
async function wakerOf(launching: Launching) {
  const { stage, cell } = launching
  if (cell.wake === undefined) {
    return stage.unsupported(`nothing wakes a side that sleeps on ${cell.mechanism}; name what does it, or spin`)
  }
  const waker = mechanismCalled(cell.wake, launching)
  if (waker.kind !== 'counter' && waker.kind !== 'event') {
    return stage.unsupported(`${waker.id} is a ${waker.kind}, which wakes nobody`)
  }
  await stage.need(...(waker.needs ?? []))
  return waker
}
