/** What a link costs that is used once: made, connected, used for one byte and closed, by the script that opens it. */

import { crossCore, sameCore } from './axes.ts'
import type { Benchmark } from './index.ts'

const workloads = ['lifecycle'] as const
const lives = { workloads, sizes: [1], conditions: [sameCore] }

/** Where strangers meet, two processes live it; what a child inherits is lived by one. */
const each: Benchmark = {
  mechanisms: [
    ...['pipe', 'pipe-packet', 'fifo', 'vmsplice-pipe', 'uring-pipe', 'uring-unix-stream'],
    ...['unix-stream', 'unix-stream-abstract', 'unix-stream-pair', 'unix-dgram', 'unix-dgram-abstract'],
    ...['unix-dgram-pair', 'unix-seqpacket', 'unix-seqpacket-abstract', 'unix-seqpacket-pair'],
    ...[
      'tcp',
      'tcp6',
      'udp',
      'udp6',
      'raw-ip',
      'netlink-usersock',
      'vsock-stream',
      'vsock-seqpacket',
      'tipc-rdm',
      'rds',
    ],
    ...['posix-mq', 'sysv-msg', 'posix-sem', 'posix-sem-unnamed', 'sysv-sem', 'eventfd', 'eventfd-semaphore'],
    ...['posix-shm', 'sysv-shm', 'memfd', 'mmap-file', 'mmap-anonymous', 'process-vm'],
    ...['win-anonymous-pipe', 'win-named-pipe-byte', 'win-named-pipe-message', 'win-mailslot'],
    ...[
      'winsock-tcp',
      'winsock-udp',
      'winsock-unix',
      'win-event',
      'win-semaphore',
      'win-file-mapping',
      'win-file-mapping-file',
    ],
  ],
  cells: {
    quick: [],
    default: [lives],
    thorough: [{ ...lives, conditions: [sameCore, crossCore] }],
  },
}

/** One of each sort. */
const few: Benchmark = {
  mechanisms: ['pipe', 'unix-stream', 'tcp', 'posix-mq', 'posix-shm', 'win-named-pipe-byte', 'win-file-mapping'],
  cells: { quick: [lives], default: [], thorough: [] },
}

export const lifecycles: readonly Benchmark[] = [each, few]
