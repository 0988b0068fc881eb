/**
 * Ends of links: how each kind of mechanism is used through a descriptor, a handle or an address, one call each, the same
 * for cases and mechanisms.
 */

import type { Outcome } from '../model.ts'
import type {
  CallEnd,
  CallIo,
  CounterEnd,
  CounterIo,
  End,
  EventEnd,
  EventIo,
  Grip,
  Io,
  LinkOf,
  LockEnd,
  LockIo,
  MemoryEnd,
  MemoryIo,
  Peer,
  Words,
} from './stage.ts'

/** Linux descriptors. */
export const descriptorIo: Io = {
  transport: 'fd',
  send: (handle, data) => ['write', handle, data],
  recv: (handle, max) => ['read', handle, max],
  close: (handle) => ['close', handle],
  blocking: (handle, on) => ['fcntl', handle, 'F_SETFL', on ? 0 : 'O_NONBLOCK'],
  ready: (handle, milliseconds) => ['poll', [[handle, 'POLLIN']], milliseconds],
}

/** Windows pipes. Their read mode is set together with whether they wait, so both are named. */
export const pipeHandleIo = (readMode: 'PIPE_READMODE_BYTE' | 'PIPE_READMODE_MESSAGE'): Io => ({
  transport: 'handle',
  send: (handle, data) => ['WriteFile', handle, data],
  recv: (handle, max) => ['ReadFile', handle, max],
  close: (handle) => ['CloseHandle', handle],
  blocking: (handle, on) => ['SetNamedPipeHandleState', handle, `${readMode}|${on ? 'PIPE_WAIT' : 'PIPE_NOWAIT'}`],
  ready: (handle) => ['PeekNamedPipe', handle, 0],
})

const gripOf = (peer: Peer, handle: number): Grip => ({
  peer,
  handle,
  call: peer.call,
  must: peer.must,
  blocked: peer.blocked,
})

/** What a mechanism does not offer, and a case asks of it all the same, is a mistake in the suite. */
function offered(words: Words | undefined, what: string): Words {
  if (words === undefined) throw new TypeError(`the mechanism's traits promise ${what}, and its io has no words for it`)
  return words
}

const nothingHappened: Outcome = { ret: 0, ns: 0 }

export function endOf(peer: Peer, handle: number, io: Io, waits = true): End {
  let patient = waits
  const ask = (words: Words) => peer.call(...words)
  return {
    ...gripOf(peer, handle),
    io,
    send: (data) => ask(io.send(handle, data, patient)),
    recv: (max) => ask(io.recv(handle, max, patient)),
    recvShort: (max) => ask(io.recvShort?.(handle, max) ?? io.recv(handle, max, patient)),
    timedRecv: (max, milliseconds) =>
      ask(offered(io.timedRecv?.(handle, max, milliseconds), 'a receive with a deadline')),
    sendMany: (times, data) => peer.call('repeat', times, 0, ...io.send(handle, data, patient)),
    recvMany: (times, max, block) => peer.call('repeat', times, block, ...io.recv(handle, max, patient)),
    close: () => (io.close === undefined ? Promise.resolve(nothingHappened) : ask(io.close(handle))),
    async blocking(on) {
      patient = on
      return io.blocking === undefined ? nothingHappened : ask(io.blocking(handle, on))
    },
    ready: (milliseconds) => ask(offered(io.ready?.(handle, milliseconds), 'to tell when it is ready')),
    in: (other) => endOf(other, handle, io, patient),
  }
}

export function counterOf(peer: Peer, handle: number, io: CounterIo): CounterEnd {
  const ask = (words: Words) => peer.call(...words)
  const attempt = async (words: Words) => {
    if (io.blocking === undefined) return ask(words)
    await ask(io.blocking(handle, false))
    const outcome = await ask(words)
    await ask(io.blocking(handle, true))
    return outcome
  }
  return {
    ...gripOf(peer, handle),
    io,
    add: () => ask(io.add(handle)),
    tryAdd: () => attempt(io.tryAdd?.(handle) ?? io.add(handle)),
    take: () => ask(io.take(handle)),
    tryTake: () => attempt(io.tryTake(handle)),
    timedTake: (milliseconds) => ask(offered(io.timedTake?.(handle, milliseconds), 'a take with a deadline')),
    fill: (below) => ask(offered(io.fill?.(handle, below), 'a maximum')),
    ready: (milliseconds) => ask(offered(io.ready?.(handle, milliseconds), 'to tell when it is ready')),
    addMany: (times) => peer.call('repeat', times, 0, ...io.add(handle)),
    takeMany: (times) => peer.call('repeat', times, 0, ...io.take(handle)),
    in: (other) => counterOf(other, handle, io),
  }
}

export function lockOf(peer: Peer, handle: number, io: LockIo): LockEnd {
  const ask = (words: Words) => peer.call(...words)
  return {
    ...gripOf(peer, handle),
    io,
    acquire: () => ask(io.acquire(handle)),
    tryAcquire: () => ask(io.tryAcquire(handle)),
    timedAcquire: (milliseconds) => ask(offered(io.timedAcquire?.(handle, milliseconds), 'a deadline')),
    release: () => ask(io.release(handle)),
    in: (other) => lockOf(other, handle, io),
  }
}

export function eventOf(peer: Peer, handle: number, io: EventIo): EventEnd {
  const ask = (words: Words) => peer.call(...words)
  return {
    ...gripOf(peer, handle),
    io,
    wait: () => ask(io.wait(handle)),
    timedWait: (milliseconds) => ask(offered(io.timedWait?.(handle, milliseconds), 'a wait with a deadline')),
    wake: () => ask(io.wake(handle)),
    in: (other) => eventOf(other, handle, io),
  }
}

/** `mapped` memory: the handle is an address in the peer. */
export function memoryOf(peer: Peer, handle: number, size: number, io: MemoryIo = mappedIo): MemoryEnd {
  const ask = (words: Words) => peer.call(...words)
  return {
    ...gripOf(peer, handle),
    io,
    size,
    store: (offset, data) => ask(io.store(handle, offset, data)),
    load: (offset, length) => ask(io.load(handle, offset, length)),
    addMany: (offset, times) => ask(io.addMany(handle, offset, times)),
    in: (other) => memoryOf(other, handle, size, io),
  }
}

/** Memory that the process has in its address space. */
export const mappedIo: MemoryIo = {
  store: (address, offset, data) => ['memory-store', address + offset, data],
  load: (address, offset, length) => ['memory-load', address + offset, length],
  addMany: (address, offset, times) => ['memory-add', address + offset, 1, times],
}

export function callerOf(peer: Peer, handle: number, io: CallIo): CallEnd {
  const ask = (words: Words) => peer.call(...words)
  return {
    ...gripOf(peer, handle),
    io,
    echo: (data) => ask(io.echo(handle, data)),
    timedEcho: (data, milliseconds) => ask(offered(io.timedEcho?.(handle, data, milliseconds), 'a deadline')),
    executions: () => io.executions(peer),
  }
}

export const linkOf = <E extends Grip>(producer: E, consumer: E, name?: string): LinkOf<E> =>
  name === undefined ? { producer, consumer } : { producer, consumer, name }
