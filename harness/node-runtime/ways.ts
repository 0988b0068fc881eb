/**
 * What somebody who writes JavaScript for Node would reach for first. They are no mechanisms: no case is about them. Each is
 * measured between two processes of Node, or two threads of one, and is held against what native code does with the same
 * thing underneath, so that the difference is what the runtime adds.
 */

import type { Cell, Os, Variant } from '../model.ts'

export interface Way {
  readonly id: string
  readonly title: string
  /** One sentence: what is measured. */
  readonly says: string
  readonly between: 'processes' | 'threads'
  /** For each system that has it, the mechanism that it is held against, and in which variant. */
  readonly against: { readonly [O in Os]?: { readonly mechanism: string } & Variant }
}

export const ways = [
  {
    id: 'node-net-unix',
    title: 'node:net over a Unix-domain socket',
    says: 'net.connect() to a path on which the other process listens; socket.write() and the event data.',
    between: 'processes',
    against: { linux: { mechanism: 'unix-stream' } },
  },
  {
    id: 'node-net-tcp',
    title: 'node:net over TCP',
    says: 'net.connect() to a port of the loopback network, with setNoDelay(); socket.write() and the event data.',
    between: 'processes',
    against: { linux: { mechanism: 'tcp' }, windows: { mechanism: 'winsock-tcp' } },
  },
  {
    id: 'node-net-pipe',
    title: 'node:net over a named pipe',
    says: 'net.connect() to a named pipe on which the other process listens; socket.write() and the event data.',
    between: 'processes',
    against: { windows: { mechanism: 'win-named-pipe-byte' } },
  },
  {
    id: 'node-child-ipc',
    title: 'child_process IPC, JSON',
    says: 'process.send() and the event message between a process and what it forked, the bytes as base64 in JSON.',
    between: 'processes',
    against: { linux: { mechanism: 'unix-stream-pair' }, windows: { mechanism: 'win-named-pipe-byte' } },
  },
  {
    id: 'node-child-ipc-advanced',
    title: 'child_process IPC, advanced serialisation',
    says: 'process.send() and the event message between a process and what it forked, the bytes as they are.',
    between: 'processes',
    against: { linux: { mechanism: 'unix-stream-pair' }, windows: { mechanism: 'win-named-pipe-byte' } },
  },
  {
    id: 'node-message-port',
    title: 'MessagePort of worker_threads',
    says: 'port.postMessage() and the event message between two threads, each message cloned.',
    between: 'threads',
    against: {
      linux: { mechanism: 'posix-shm', wait: 'block', wake: 'eventfd' },
      windows: { mechanism: 'win-file-mapping', wait: 'block', wake: 'win-event' },
    },
  },
  {
    id: 'node-atomics',
    title: 'SharedArrayBuffer with Atomics',
    says: 'A ring in memory that two threads share, who wait by Atomics.wait() and wake by Atomics.notify().',
    between: 'threads',
    against: {
      linux: { mechanism: 'posix-shm', wait: 'block', wake: 'futex' },
      windows: { mechanism: 'win-file-mapping', wait: 'block', wake: 'win-event' },
    },
  },
] as const satisfies readonly Way[]

export type WayId = (typeof ways)[number]['id']

export const wayCalled = (id: string): (Way & { readonly id: WayId }) | undefined => ways.find((way) => way.id === id)

/**
 * What a row of Node is held against: the same cell in native code, where that is a mechanism; or the cell of each system
 * that has the way. A row that is native itself is held against nothing here.
 */
export function nativeTwins(cell: Cell): Cell[] {
  if (cell.runtime !== 'node') return []
  const way: Way | undefined = wayCalled(cell.mechanism)
  if (way === undefined) return [{ ...cell, runtime: 'native' }]
  return Object.values(way.against).map((against) => ({ ...cell, ...against, runtime: 'native' }))
}
