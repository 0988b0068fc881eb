/** The table of contents of what is claimed about the mechanisms of Linux, one folder each. */

import type { SpecificCase } from '../../../harness/pair/stage.ts'
import { eventfdCases } from './eventfd/index.ts'
import { fifoCases } from './fifo/index.ts'
import { fileLockCases } from './file-lock/index.ts'
import { futexCases } from './futex/index.ts'
import { ioUringCases } from './io-uring/index.ts'
import { memfdCases } from './memfd/index.ts'
import { netlinkCases } from './netlink/index.ts'
import { pidfdCases } from './pidfd/index.ts'
import { pipeCases } from './pipe/index.ts'
import { posixMqCases } from './posix-mq/index.ts'
import { posixSemCases } from './posix-sem/index.ts'
import { posixShmCases } from './posix-shm/index.ts'
import { processVmCases } from './process-vm/index.ts'
import { pthreadCases } from './pthread/index.ts'
import { rawCases } from './raw/index.ts'
import { rdmCases } from './rdm/index.ts'
import { rpcCases } from './rpc/index.ts'
import { signalCases } from './signal/index.ts'
import { spliceCases } from './splice/index.ts'
import { systemVCases } from './system-v/index.ts'
import { tcpCases } from './tcp/index.ts'
import { udpCases } from './udp/index.ts'
import { unixCases } from './unix/index.ts'
import { vsockCases } from './vsock/index.ts'

export const linuxCases: readonly SpecificCase[] = [
  ...pipeCases,
  ...processVmCases,
  ...spliceCases,
  ...ioUringCases,
  ...rpcCases,
  ...fifoCases,
  ...systemVCases,
  ...signalCases,
  ...fileLockCases,
  ...pidfdCases,
  ...tcpCases,
  ...udpCases,
  ...rawCases,
  ...rdmCases,
  ...netlinkCases,
  ...vsockCases,
  ...pthreadCases,
  ...futexCases,
  ...eventfdCases,
  ...unixCases,
  ...posixMqCases,
  ...posixSemCases,
  ...posixShmCases,
  ...memfdCases,
]
