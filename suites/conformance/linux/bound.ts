/** Sockets that have an address and no connection, and what is waiting in them. */

import type { Outcome } from '../../../harness/model.ts'
import type { Peer } from '../../../harness/pair/stage.ts'
import { newSocket, type SocketKind } from '../../mechanisms/sockets.ts'

export async function boundSocket(peer: Peer, kind: SocketKind, address: string): Promise<number> {
  const socket = await newSocket(peer, kind)
  await peer.must('bind', socket, address)
  return socket
}

/** What is there already, and from whom; EAGAIN when nothing is. */
export const takeNow = (peer: Pick<Peer, 'call'>, socket: number, max = 64): Promise<Outcome> =>
  peer.call('recvfrom', socket, max, 'MSG_DONTWAIT')

/** The address that the system shows for a socket. */
export const addressOf = async (peer: Peer, socket: number): Promise<string> =>
  String((await peer.call('getsockname', socket)).out?.address)
