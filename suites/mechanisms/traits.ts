/** Promises that several mechanisms share. A mechanism spreads one of these and names only where it differs. */

import type { ChannelTraits } from '../../harness/model.ts'

/** What every byte pipe of POSIX promises, with the figures of Linux. */
export const pipeTraits: ChannelTraits = {
  flow: { is: 'simplex', backwards: { error: 'EBADF' } },
  framing: 'byte',
  shortRead: { is: 'keeps-rest' },
  zeroLength: 'no-op',
  maxMessage: { is: 'unlimited' },
  atomicity: { is: 'up-to', bytes: 4096 },
  whenEmpty: { error: 'EAGAIN' },
  whenFull: { error: 'EAGAIN' },
  peerGone: { ret: 0 },
  writeAfterGone: { is: 'at-once', signal: 'SIGPIPE', error: 'EPIPE' },
  cutSend: 'prefix',
  blockedSender: 'woken',
  persistence: 'nothing',
  naming: 'none',
  readiness: { is: 'poll', atEnd: 'POLLHUP' },
  timedReceive: { is: 'poll' },
  inheritance: 'descriptor',
  interrupted: 'eintr-or-restart',
}

/** What a connected pair of stream sockets promises. */
export const streamSocketTraits: ChannelTraits = {
  ...pipeTraits,
  flow: { is: 'duplex' },
  atomicity: { is: 'none' },
  timedReceive: { is: 'socket-option' },
}

/** What a Unix socket that keeps messages apart promises besides. */
export const messageSocketTraits: ChannelTraits = {
  ...streamSocketTraits,
  framing: 'message',
  shortRead: { is: 'discards-rest' },
  // unix(7): 32 bytes of the send buffer are the kernel's.
  maxMessage: { is: 'at-most', bytes: { sendBufferLess: 32 }, error: 'EMSGSIZE' },
  atomicity: { is: 'every-send' },
  cutSend: 'whole-or-nothing',
}

/** What a queue promises that belongs to nobody: it keeps messages for whoever comes, and knows of no ends. */
export const queueTraits: Omit<ChannelTraits, 'shortRead' | 'maxMessage' | 'readiness' | 'timedReceive'> = {
  flow: { is: 'shared' },
  framing: 'message',
  zeroLength: 'empty-message',
  atomicity: { is: 'every-send' },
  whenEmpty: { error: 'EAGAIN' },
  whenFull: { error: 'EAGAIN' },
  peerGone: 'never-told',
  writeAfterGone: { is: 'never-told' },
  cutSend: 'whole-or-nothing',
  blockedSender: 'left-waiting',
  persistence: 'name-and-contents',
  naming: 'posix-name',
  inheritance: 'descriptor',
  interrupted: 'eintr-or-restart',
}

/** What every pipe of Windows promises in byte mode. */
export const windowsPipeTraits: ChannelTraits = {
  flow: { is: 'simplex', backwards: { error: 'ERROR_ACCESS_DENIED' } },
  framing: 'byte',
  shortRead: { is: 'keeps-rest' },
  zeroLength: 'no-op',
  maxMessage: { is: 'unlimited' },
  atomicity: { is: 'every-send' },
  whenEmpty: { error: 'ERROR_NO_DATA' },
  // A write that may not wait says yes, and that it wrote nothing.
  whenFull: { transferred: 0 },
  peerGone: { error: 'ERROR_BROKEN_PIPE' },
  writeAfterGone: { is: 'at-once', signal: 'none', error: ['ERROR_NO_DATA', 'ERROR_BROKEN_PIPE'] },
  cutSend: 'prefix',
  blockedSender: 'woken',
  persistence: 'nothing',
  naming: 'none',
  readiness: { is: 'peek' },
  timedReceive: { is: 'none' },
  inheritance: 'handle',
  interrupted: 'no-signals',
}

/** What a named pipe promises besides. */
export const namedPipeTraits: ChannelTraits = {
  ...windowsPipeTraits,
  flow: { is: 'duplex' },
  naming: 'pipe-namespace',
  timedReceive: { is: 'overlapped' },
}
