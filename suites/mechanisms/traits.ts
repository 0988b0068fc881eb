/** Promises that several mechanisms share. A mechanism spreads one of these and names only where it differs. */

import type { Traits } from '../../harness/model.ts'

/** What every byte pipe of POSIX promises, with the figures of Linux. */
export const pipeTraits: Traits = {
  flow: 'simplex',
  framing: 'byte',
  connection: 'inherited',
  shortRead: 'keeps-rest',
  zeroLength: 'no-op',
  maxMessage: 'none',
  overlong: 'no-limit',
  atomicUnit: 4096,
  whenEmpty: { error: 'EAGAIN' },
  whenFull: { error: 'EAGAIN' },
  capacity: 65536,
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
