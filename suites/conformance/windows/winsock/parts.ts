/** What several cases of Winsock do. */

import type { Peer } from '../../../../harness/pair/stage.ts'
import { newSocket } from '../../../mechanisms/sockets.ts'
import { winsockStream } from '../../../mechanisms/winsock-tcp.ts'
import { winsockDatagram } from '../../../mechanisms/winsock-udp.ts'

export const tcpSocket = (peer: Peer): Promise<number> => newSocket(peer, winsockStream)
export const udpSocket = (peer: Peer): Promise<number> => newSocket(peer, winsockDatagram)

/** A socket whose calls do not wait. */
export async function impatientSocket(peer: Peer): Promise<number> {
  const socket = await tcpSocket(peer)
  await peer.must('ioctlsocket-FIONBIO', socket, 1)
  return socket
}

/** A receive on it fails with WSAETIMEDOUT when nothing has come for so long. */
export const setPatience = (peer: Peer, socket: number, milliseconds: number): Promise<number> =>
  peer.must('setsockopt-timeout', socket, 'SOL_SOCKET', 'SO_RCVTIMEO', milliseconds)
