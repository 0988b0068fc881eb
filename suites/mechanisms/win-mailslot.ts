/**
 * The mailslot of Windows: one process reads, and any that knows the name writes messages to it. Nobody is told who has
 * come or gone. How long a read waits belongs to the mailslot, and is set for all reads to come.
 */

import type { Outcome } from '../../harness/model.ts'
import { endOf, linkOf } from '../../harness/pair/link.ts'
import type { Channel, Io, Link, Naming, Peer, Stage } from '../../harness/pair/stage.ts'
import { windowsPipeTraits } from './traits.ts'
import { actRestricted, userOf } from './win-user.ts'

const longest = 65_536

const waitFor = (mailslot: number, milliseconds: number | 'MAILSLOT_WAIT_FOREVER') =>
  ['SetMailslotInfo', mailslot, milliseconds] as const
const read = (mailslot: number, max: number) => ['ReadFile', mailslot, max] as const

/** How both ends are used: a client reads as little as the server writes. */
export const clientIo: Io = {
  transport: 'handle',
  send: (handle, data) => ['WriteFile', handle, data],
  recv: read,
  close: (handle) => ['CloseHandle', handle],
}
export const serverIo: Io = {
  ...clientIo,
  blocking: (mailslot, on) => waitFor(mailslot, on ? 'MAILSLOT_WAIT_FOREVER' : 0),
  ready: (mailslot) => ['GetMailslotInfo', mailslot],
  timedRecv: (mailslot, max, milliseconds) => [
    'guarded',
    waitFor(mailslot, milliseconds),
    read(mailslot, max),
    waitFor(mailslot, 'MAILSLOT_WAIT_FOREVER'),
  ],
}

/** CreateMailslot, whatever comes of it. */
export const createMailslot = (
  server: Peer,
  name: string,
  { maxMessage = 0, readTimeout = 'MAILSLOT_WAIT_FOREVER' as number | string, security = 'inherit' } = {},
): Promise<Outcome> => server.call('CreateMailslot', name, maxMessage, readTimeout, security)

/** CreateFile on the name of a mailslot, whatever comes of it. */
export const openMailslot = (client: Peer, name: string, access = 'GENERIC_WRITE'): Promise<Outcome> =>
  client.call('CreateFile', name, access, 'FILE_SHARE_READ|FILE_SHARE_WRITE', 'OPEN_EXISTING', 0, 'inherit')

const naming: Naming = {
  name: (names) => names.mailslot('slot'),
  create: (peer, name) => createMailslot(peer, name),
  async createPrivate(peer, name) {
    const { sid } = await userOf(peer)
    return createMailslot(peer, name, { security: `D:(A;;GA;;;${sid})` })
  },
  open: (peer, name) => openMailslot(peer, name),
  dropRights: actRestricted,
  collision: { error: 'ERROR_ALREADY_EXISTS' },
  missing: { error: 'ERROR_FILE_NOT_FOUND' },
  denied: { error: 'ERROR_ACCESS_DENIED' },
  orphaned: { error: 'ERROR_FILE_NOT_FOUND' },
}

async function open({ start, names }: Stage): Promise<Link> {
  const name = names.mailslot('slot')
  const producer = await start('producer')
  const consumer = await start('consumer')
  const mailslot = await consumer.must('CreateMailslot', name, longest, 'MAILSLOT_WAIT_FOREVER', 'inherit')
  const { ret: client } = await openMailslot(producer, name)
  return linkOf(endOf(producer, client, clientIo), endOf(consumer, mailslot, serverIo), name)
}

export const winMailslot: Channel = {
  id: 'win-mailslot',
  title: 'Windows mailslot',
  kind: 'channel',
  family: 'queue',
  os: 'windows',
  cites: ['MS:CreateMailslotW', 'MS:SetMailslotInfo', 'MS:GetMailslotInfo', 'MS "About Mailslots"'],
  traits: {
    ...windowsPipeTraits,
    // Which of the two it is depends on whether the client asked to read.
    flow: { is: 'simplex', backwards: { error: ['ERROR_ACCESS_DENIED', 'ERROR_INVALID_PARAMETER'] } },
    framing: 'message',
    shortRead: { is: 'refused', error: 'ERROR_INSUFFICIENT_BUFFER' },
    zeroLength: 'empty-message',
    maxMessage: { is: 'at-most', bytes: longest, error: 'any' },
    whenEmpty: { error: 'ERROR_SEM_TIMEOUT' },
    whenFull: 'not-documented',
    peerGone: 'never-told',
    writeAfterGone: { is: 'at-once', signal: 'none', error: 'any' },
    cutSend: 'nothing-to-cut',
    blockedSender: 'never-waits',
    naming: 'mailslot-namespace',
    timedReceive: { is: 'argument', says: { error: 'ERROR_SEM_TIMEOUT' } },
  },
  naming,
  open,
}
