/** What is measured of sockets: streams first, then those that keep messages apart. */

import { crossCore, kib, mib } from './axes.ts'
import { everyWait, inBrief, inDepth, onWindows, shortestNumbered } from './channels.ts'
import type { Benchmark } from './index.ts'

const buffers = [64 * kib, mib]
const busyPollUs = [50]

// ------------------------------------------------------------------------------------------------------------- streams

const unixStreams: Benchmark = {
  mechanisms: ['unix-stream'],
  cells: inDepth({ waits: everyWait, methods: ['batch', 'io-uring'], buffers }),
}

const tcpStreams: Benchmark = {
  mechanisms: ['tcp'],
  cells: inDepth({ waits: everyWait, methods: ['batch', 'io-uring', 'zerocopy'], buffers, busyPollUs }),
}

const otherStreams: Benchmark = {
  mechanisms: ['unix-stream-abstract', 'unix-stream-pair', 'tcp6', 'vsock-stream'],
  cells: inBrief(),
}

/** A ring tells by itself what has ended. */
const ringStreams: Benchmark = {
  mechanisms: ['uring-unix-stream'],
  cells: inBrief({ waits: ['spin', 'yield', 'adaptive'] }),
}

const windowsStreams: Benchmark = {
  mechanisms: ['winsock-tcp'],
  cells: onWindows(inDepth({ waits: everyWait, methods: ['batch'], buffers })),
}

const windowsUnixStreams: Benchmark = { mechanisms: ['winsock-unix'], cells: onWindows(inBrief()) }

// ------------------------------------------------------------------------------------------------------------ messages

/** As long as the send buffer that they come with has room for, and longer with a larger one. */
const unixMessage = 64 * kib

const unixMessages: Benchmark = {
  mechanisms: ['unix-dgram', 'unix-seqpacket'],
  cells: inDepth({ longest: unixMessage, waits: everyWait, methods: ['batch', 'io-uring'], buffers: [mib] }),
}

const longUnixMessages: Benchmark = {
  mechanisms: ['unix-dgram', 'unix-seqpacket', 'netlink-usersock'],
  cells: {
    quick: [],
    default: [],
    thorough: inDepth()
      .thorough.slice(0, 2)
      .map((axes) => ({
        ...axes,
        sizes: [256 * kib, mib],
        variants: [{ buffer: 2 * mib }],
      })),
  },
}

const otherUnixMessages: Benchmark = {
  mechanisms: ['unix-dgram-abstract', 'unix-dgram-pair', 'unix-seqpacket-abstract', 'unix-seqpacket-pair'],
  cells: inBrief({ longest: unixMessage }),
}

const netlinkMessages: Benchmark = {
  mechanisms: ['netlink-usersock'],
  cells: inBrief({ longest: unixMessage, waits: everyWait }),
}

/** Messages that nobody waits for room for: some are lost in a stream, and counted. */
const maybeLost = (longest: number) => ({ longest, shortestStreamed: shortestNumbered })

const udpMessages: Benchmark = {
  mechanisms: ['udp'],
  cells: inDepth({
    ...maybeLost(65_507),
    waits: everyWait,
    methods: ['batch', 'io-uring'],
    buffers: [mib],
    busyPollUs,
  }),
}

/** One by one: a stream of these stamps numbers on what would have to stay as it is. */
const udpWithoutCopies: Benchmark = {
  mechanisms: ['udp'],
  cells: {
    quick: [],
    default: [],
    thorough: [
      {
        workloads: ['pingpong'],
        sizes: [4 * kib, 60 * kib],
        conditions: [crossCore],
        variants: [{ method: 'zerocopy' }],
      },
    ],
  },
}

const otherInternetMessages: Benchmark = {
  mechanisms: ['udp6', 'raw-ip', 'packet'],
  cells: inBrief({ ...maybeLost(60 * kib), waits: ['spin'] }),
}

const clusterMessages: Benchmark = {
  mechanisms: ['tipc-rdm', 'rds', 'vsock-seqpacket'],
  cells: inBrief(maybeLost(64 * kib)),
}

const windowsMessages: Benchmark = {
  mechanisms: ['winsock-udp'],
  cells: onWindows(inDepth({ ...maybeLost(65_507), waits: everyWait, buffers: [mib] })),
}

export const sockets: readonly Benchmark[] = [
  unixStreams,
  tcpStreams,
  otherStreams,
  ringStreams,
  windowsStreams,
  windowsUnixStreams,
  unixMessages,
  longUnixMessages,
  otherUnixMessages,
  netlinkMessages,
  udpMessages,
  udpWithoutCopies,
  otherInternetMessages,
  clusterMessages,
  windowsMessages,
]
