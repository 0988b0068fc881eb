/**
 * What sockets share that send messages to an address: nothing is agreed on first, nobody waits for room, and nobody is told
 * who is still there. Each mechanism names where it differs.
 */

import type { ChannelTraits, Outcome } from '../../harness/model.ts'
import type { Names, Naming, Peer } from '../../harness/pair/stage.ts'
import { addressNaming, newSocket, type SocketKind } from './sockets.ts'
import { messageSocketTraits } from './traits.ts'

export const datagramTraits: ChannelTraits = {
  ...messageSocketTraits,
  zeroLength: 'empty-message',
  whenFull: 'drops',
  peerGone: 'never-told',
  writeAfterGone: { is: 'never-told' },
  cutSend: 'nothing-to-cut',
  blockedSender: 'never-waits',
  readiness: { is: 'poll', atEnd: 'nothing' },
}

/**
 * Addresses that belong to the one socket that is bound to them. To open one is to send to it: a connect alone asks nobody.
 * `answered` sends have been made when the first has been answered, if nobody is there.
 */
export const boundNaming = (kind: SocketKind, name: (names: Names) => string, answered: number): Naming =>
  addressNaming({
    name,
    create: async (peer, address) => peer.call('bind', await newSocket(peer, kind), address),
    open: (peer, address) => sendTo(peer, kind, address, answered),
  })

async function sendTo(peer: Peer, kind: SocketKind, address: string, sends: number): Promise<Outcome> {
  const socket = await newSocket(peer, kind)
  let said = await peer.call('connect', socket, address)
  for (let sent = 0; sent < sends && said.error === undefined; sent++) said = await peer.call('write', socket, 'hello?')
  return said
}

/** A number of this case alone, between two bounds, for addresses that are numbers. */
export const numberFrom = (names: Names, lowest: number, below: number): number =>
  lowest + (Number(names.key('number')) % (below - lowest))
