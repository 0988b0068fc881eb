/**
 * Two rings in a SharedArrayBuffer, one each way between two threads, as one writes them in JavaScript: slots of one size,
 * two counters for each ring, and `Atomics.wait` and `Atomics.notify` for a side that has to wait. A message is copied in and
 * copied out.
 */

import { otherSideGone, type WaitingLink } from './link.ts'

/** The words of a ring, a cache line apart. */
const words = { written: 0, read: 16, closed: 32 } as const
const headLength = 256

const slotsFor = (size: number): number => Math.min(256, Math.max(2, Math.floor((1 << 20) / size)))
const ringLength = (size: number): number => headLength + Math.ceil((slotsFor(size) * size) / 64) * 64

export const sharedFor = (size: number): SharedArrayBuffer => new SharedArrayBuffer(2 * ringLength(size))

interface Ring {
  readonly heads: Int32Array
  readonly slots: readonly Uint8Array[]
}

function ringAt(shared: SharedArrayBuffer, index: 0 | 1, size: number): Ring {
  const at = index * ringLength(size)
  return {
    heads: new Int32Array(shared, at, headLength / 4),
    slots: Array.from({ length: slotsFor(size) }, (_, i) => new Uint8Array(shared, at + headLength + i * size, size)),
  }
}

/** `leads` tells the two ends apart. */
export function sharedLink(shared: SharedArrayBuffer, size: number, leads: boolean): WaitingLink {
  const there = ringAt(shared, leads ? 0 : 1, size)
  const back = ringAt(shared, leads ? 1 : 0, size)
  const inbox = Buffer.alloc(size)
  return {
    waits: true,
    send: (message) => put(there, message),
    receive() {
      take(back, inbox)
      return inbox
    },
    close() {
      for (const { heads } of [there, back]) close(heads)
    },
  }
}

function put({ heads, slots }: Ring, message: Uint8Array): void {
  const written = Atomics.load(heads, words.written)
  for (;;) {
    const read = Atomics.load(heads, words.read)
    if (((written - read) | 0) < slots.length) break
    waitFor(heads, words.read, read)
  }
  slotOf(slots, written).set(message)
  Atomics.store(heads, words.written, (written + 1) | 0)
  Atomics.notify(heads, words.written, 1)
}

function take({ heads, slots }: Ring, into: Uint8Array): void {
  const read = Atomics.load(heads, words.read)
  while (Atomics.load(heads, words.written) === read) waitFor(heads, words.written, read)
  into.set(slotOf(slots, read))
  Atomics.store(heads, words.read, (read + 1) | 0)
  Atomics.notify(heads, words.read, 1)
}

const slotOf = (slots: readonly Uint8Array[], count: number): Uint8Array =>
  slots[(count >>> 0) % slots.length] as Uint8Array

/** Returns early, now and then: the end of the link may be told between the look for it and the wait. */
function waitFor(heads: Int32Array, word: number, value: number): void {
  if (Atomics.load(heads, words.closed) !== 0) throw otherSideGone('the ring is closed')
  Atomics.wait(heads, word, value, 1000)
}

function close(heads: Int32Array): void {
  Atomics.store(heads, words.closed, 1)
  for (const word of [words.written, words.read]) Atomics.notify(heads, word)
}
