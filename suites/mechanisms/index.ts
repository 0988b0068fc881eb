/** The table of contents of mechanisms: one file each. */

import type { Mechanism } from '../../harness/pair/stage.ts'
import { eventfd } from './eventfd.ts'
import { eventfdSemaphore } from './eventfd-semaphore.ts'
import { fcntlLock } from './fcntl-lock.ts'
import { fifo } from './fifo.ts'
import { flock } from './flock.ts'
import { futex } from './futex.ts'
import { futexPi } from './futex-pi.ts'
import { lockFile } from './lock-file.ts'
import { memfd } from './memfd.ts'
import { mmapAnonymous } from './mmap-anonymous.ts'
import { mmapFile } from './mmap-file.ts'
import { msrpc } from './msrpc.ts'
import { netlinkUsersock } from './netlink-usersock.ts'
import { ofdLock } from './ofd-lock.ts'
import { packet } from './packet.ts'
import { pidfd } from './pidfd.ts'
import { pipe } from './pipe.ts'
import { pipePacket } from './pipe-packet.ts'
import { posixMq } from './posix-mq.ts'
import { posixSem } from './posix-sem.ts'
import { posixSemUnnamed } from './posix-sem-unnamed.ts'
import { posixShm } from './posix-shm.ts'
import { processVm } from './process-vm.ts'
import { pthreadBarrier } from './pthread-barrier.ts'
import { pthreadCondition } from './pthread-condition.ts'
import { pthreadMutex } from './pthread-mutex.ts'
import { pthreadMutexRobust } from './pthread-mutex-robust.ts'
import { pthreadMutexRobustPi } from './pthread-mutex-robust-pi.ts'
import { pthreadRwlock } from './pthread-rwlock.ts'
import { rawIp } from './raw-ip.ts'
import { rds } from './rds.ts'
import { rpcTcp, rpcUdp, rpcUnix } from './rpc.ts'
import { signalRealtime } from './signal-realtime.ts'
import { signalStandard } from './signal-standard.ts'
import { signalfd } from './signalfd.ts'
import { sysvMsg } from './sysv-msg.ts'
import { sysvSem } from './sysv-sem.ts'
import { sysvSemUndo } from './sysv-sem-undo.ts'
import { sysvShm } from './sysv-shm.ts'
import { tcp, tcp6 } from './tcp.ts'
import { tipcRdm } from './tipc-rdm.ts'
import { udp, udp6 } from './udp.ts'
import { unixDgram, unixDgramAbstract, unixDgramPair } from './unix-dgram.ts'
import { unixSeqpacket, unixSeqpacketAbstract, unixSeqpacketPair } from './unix-seqpacket.ts'
import { unixStream, unixStreamAbstract, unixStreamPair } from './unix-stream.ts'
import { uringPipe } from './uring-pipe.ts'
import { uringUnixStream } from './uring-unix-stream.ts'
import { vmsplicePipe } from './vmsplice-pipe.ts'
import { vsockSeqpacket, vsockStream } from './vsock.ts'
import { winAnonymousPipe } from './win-anonymous-pipe.ts'
import { winConsoleControl } from './win-console-control.ts'
import { winCopydata } from './win-copydata.ts'
import { winDllSection } from './win-dll-section.ts'
import { winEvent } from './win-event.ts'
import { winFileLock } from './win-file-lock.ts'
import { winFileMapping } from './win-file-mapping.ts'
import { winFileMappingFile } from './win-file-mapping-file.ts'
import { winLockFile } from './win-lock-file.ts'
import { winMailslot } from './win-mailslot.ts'
import { winMutex } from './win-mutex.ts'
import { winNamedPipeByte } from './win-named-pipe-byte.ts'
import { winNamedPipeMessage } from './win-named-pipe-message.ts'
import { winSemaphore } from './win-semaphore.ts'
import { winsockTcp } from './winsock-tcp.ts'
import { winsockUdp } from './winsock-udp.ts'
import { winsockUnix } from './winsock-unix.ts'

export const mechanisms: readonly Mechanism[] = [
  pipe,
  pipePacket,
  fifo,
  tcp,
  tcp6,
  udp,
  udp6,
  rawIp,
  packet,
  tipcRdm,
  rds,
  netlinkUsersock,
  vsockStream,
  vsockSeqpacket,
  unixStream,
  unixStreamAbstract,
  unixStreamPair,
  unixDgram,
  unixDgramAbstract,
  unixDgramPair,
  unixSeqpacket,
  unixSeqpacketAbstract,
  unixSeqpacketPair,
  sysvMsg,
  sysvSem,
  sysvSemUndo,
  sysvShm,
  posixMq,
  posixSem,
  posixSemUnnamed,
  posixShm,
  mmapFile,
  mmapAnonymous,
  memfd,
  pthreadMutex,
  pthreadMutexRobust,
  pthreadMutexRobustPi,
  pthreadRwlock,
  pthreadCondition,
  pthreadBarrier,
  futex,
  futexPi,
  eventfd,
  eventfdSemaphore,
  signalStandard,
  signalRealtime,
  signalfd,
  pidfd,
  fcntlLock,
  ofdLock,
  flock,
  lockFile,
  processVm,
  vmsplicePipe,
  uringPipe,
  uringUnixStream,
  rpcTcp,
  rpcUdp,
  rpcUnix,
  winAnonymousPipe,
  winNamedPipeByte,
  winNamedPipeMessage,
  winsockTcp,
  winsockUdp,
  winsockUnix,
  winEvent,
  winSemaphore,
  winMutex,
  winMailslot,
  msrpc,
  winFileMapping,
  winFileMappingFile,
  winDllSection,
  winFileLock,
  winLockFile,
  winCopydata,
  winConsoleControl,
]
