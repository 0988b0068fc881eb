/** What cases about TCP do again and again: somebody listens, somebody connects, and the news of it has to arrive. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../../harness/model.ts'
import type { End, Grip, Peer, Stage } from '../../../../harness/pair/stage.ts'
import { mustListenAt, newSocket } from '../../../mechanisms/sockets.ts'
import { inetStream } from '../../../mechanisms/tcp.ts'

/** Any port of the loopback network that is free. */
export const anyPort = '127.0.0.1:0'

export const tcpSocket = (peer: Pick<Peer, 'must'>): Promise<number> => newSocket(peer, inetStream)

export interface Listening {
  readonly producer: Peer
  readonly consumer: Peer
  readonly listener: number
  readonly address: string
}

/** The consumer listens, and nobody has connected yet. */
export async function listening(
  stage: Stage,
  backlog = 8,
  connects = 'producer',
  listens = 'consumer',
): Promise<Listening> {
  const producer = await stage.start(connects)
  const consumer = await stage.start(listens)
  const address = stage.names.address('inet')
  const listener = await mustListenAt(consumer, inetStream, address, backlog)
  return { producer, consumer, listener, address }
}

/** A socket that is connected to who listens there. */
export async function connectedTo(peer: Peer, address: string): Promise<number> {
  const socket = await tcpSocket(peer)
  await peer.must('connect', socket, address)
  return socket
}

/** A socket that has asked for a connection and does not wait for it. */
export async function connectWithoutWaiting(peer: Peer, address: string): Promise<number> {
  const socket = await peer.must('socket', 'AF_INET', 'SOCK_STREAM|SOCK_NONBLOCK', 0)
  expectOutcome(await peer.call('connect', socket, address), 'connect that may not wait').toFail('EINPROGRESS')
  return socket
}

const patience = 5000

/** Waits until so much has been told of a socket: data, an end, a connection. */
export async function told(peer: Pick<Peer, 'call'>, socket: number, what: string): Promise<void> {
  const polled = await peer.call('poll', [[socket, what]], patience)
  expectOutcome(polled, `poll for ${what === '0' ? 'an error' : what}`).toReturn(1)
}

/** Waits until the other side's FIN is there. */
export const endTold = ({ peer, handle }: Grip): Promise<void> => told(peer, handle, 'POLLRDHUP')

/** Waits until a connection is no more: poll tells POLLERR or POLLHUP, asked or not. */
export const lossTold = ({ peer, handle }: Grip): Promise<void> => told(peer, handle, '0')

/** Waits until the other side's system has acknowledged everything that was sent. */
export async function arrived({ call, handle }: Grip): Promise<void> {
  for (;;) {
    const queued = await call('ioctl-SIOCOUTQ', handle)
    expectOutcome(queued, 'SIOCOUTQ').toSucceed()
    if (queued.out?.value === 0) return
  }
}

/** Closes so that the other side is told with a reset, and not with an end. */
export async function abort({ peer, handle }: Grip): Promise<void> {
  await peer.must('setsockopt-linger', handle, 1, 0)
  await peer.must('close', handle)
}

/** A receive that may not wait. */
export const receiveNow = ({ peer, handle }: Grip, max = 64): Promise<Outcome> =>
  peer.call('recv', handle, max, 'MSG_DONTWAIT')

export const sendUrgent = ({ peer, handle }: End, data: string): Promise<number> =>
  peer.must('send', handle, data, 'MSG_OOB')

export const receiveUrgent = ({ peer, handle }: End): Promise<Outcome> => peer.call('recv', handle, 1, 'MSG_OOB')
