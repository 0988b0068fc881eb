/** Promises that several mechanisms share. A mechanism spreads one of these and names only where it differs. */

import type { Traits } from '../../harness/model.ts'

/** What every byte pipe of POSIX promises, with the figures of Linux. */
export const pipeTraits: Traits = {
  flow: { is: 'simplex', backwards: { error: 'EBADF' } },
  framing: 'byte',
  shortRead: 'keeps-rest',
  zeroLength: 'no-op',
  maxMessage: { is: 'unlimited' },
  atomicity: { is: 'up-to', bytes: 4096 },
  whenEmpty: { error: 'EAGAIN' },
  whenFull: { error: 'EAGAIN' },
  peerGone: { ret: 0 },
  writeAfterGone: { signal: 'SIGPIPE', error: 'EPIPE' },
  cutSend: 'prefix',
  blockedSender: 'woken',
  persistence: 'nothing',
  naming: 'none',
  readiness: 'poll',
  timedReceive: 'poll',
  inheritance: 'descriptor',
  interrupted: 'eintr-or-restart',
}

/** What a connected pair of stream sockets promises. */
export const streamSocketTraits: Traits = {
  ...pipeTraits,
  flow: { is: 'duplex' },
  atomicity: { is: 'none' },
  timedReceive: 'socket-option',
}

/** What every pipe of Windows promises in byte mode. */
export const windowsPipeTraits: Traits = {
  flow: { is: 'simplex', backwards: { error: 'ERROR_ACCESS_DENIED' } },
  framing: 'byte',
  shortRead: 'keeps-rest',
  zeroLength: 'no-op',
  maxMessage: { is: 'unlimited' },
  atomicity: { is: 'every-send' },
  whenEmpty: { error: 'ERROR_NO_DATA' },
  // A write that may not wait says yes, and that it wrote nothing.
  whenFull: { transferred: 0 },
  peerGone: { error: 'ERROR_BROKEN_PIPE' },
  writeAfterGone: { signal: 'none', error: ['ERROR_NO_DATA', 'ERROR_BROKEN_PIPE'] },
  cutSend: 'prefix',
  blockedSender: 'woken',
  persistence: 'nothing',
  naming: 'none',
  readiness: 'peek',
  timedReceive: 'none',
  inheritance: 'handle',
  interrupted: 'no-signals',
}

/** What a named pipe promises besides. */
export const namedPipeTraits: Traits = {
  ...windowsPipeTraits,
  flow: { is: 'duplex' },
  naming: 'pipe-namespace',
  timedReceive: 'overlapped',
}
