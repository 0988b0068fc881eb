/**
 * The cells that a gate measures where nobody names others: nine, pinned, each a path of its own through the system, and
 * together short enough for every pull request.
 */

import type { Cell, Os } from '../../harness/model.ts'
import { sameCore } from './axes.ts'

const pinned = (mechanism: string, workload: Cell['workload'], size: number): Cell => ({
  ...sameCore,
  mechanism,
  workload,
  size,
  runtime: 'native',
})

export const gatedCells: Readonly<Record<Os, readonly Cell[]>> = {
  linux: [
    pinned('pipe', 'pingpong', 64),
    pinned('fifo', 'pingpong', 64),
    pinned('unix-stream', 'pingpong', 64),
    pinned('unix-dgram', 'pingpong', 64),
    pinned('tcp', 'pingpong', 64),
    pinned('udp', 'pingpong', 64),
    pinned('posix-mq', 'pingpong', 64),
    pinned('sysv-msg', 'pingpong', 64),
    pinned('pipe', 'stream', 4096),
  ],
  windows: [
    pinned('win-anonymous-pipe', 'pingpong', 64),
    pinned('win-named-pipe-byte', 'pingpong', 64),
    pinned('win-named-pipe-message', 'pingpong', 64),
    pinned('winsock-tcp', 'pingpong', 64),
    pinned('winsock-udp', 'pingpong', 64),
    pinned('win-named-pipe-byte', 'stream', 4096),
  ],
}
