/** A stream socket of `node:net`: of the Unix domain, of TCP without Nagle's delay, or a named pipe of Windows. */

import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { otherSideGone, type ToldLink } from './link.ts'

/** A path, or an address and a port. */
const placeOf = (at: string): { path: string } | { host: string; port: number } => {
  const address = /^([\d.]+):(\d+)$/.exec(at)
  return address === null ? { path: at } : { host: address[1] as string, port: Number(address[2]) }
}

/** The side that connects; the other listens already. */
export async function connected(at: string, size: number): Promise<ToldLink> {
  const socket = connect(placeOf(at))
  await once(socket, 'connect')
  return socketLink(socket, size)
}

/** The side that listens; `listening` is told when it does. */
export async function accepted(at: string, size: number, listening: () => void): Promise<ToldLink> {
  const server = createServer({ noDelay: true })
  const connection = once(server, 'connection')
  server.listen(placeOf(at))
  await once(server, 'listening')
  listening()
  const [socket] = (await connection) as [Socket]
  server.close() // what it has accepted stays
  return socketLink(socket, size)
}

function socketLink(socket: Socket, size: number): ToldLink {
  socket.setNoDelay(true)
  let drained: Promise<void> | undefined
  socket.on('error', () => {}) // 'close' follows
  return {
    waits: false,
    send(message) {
      if (socket.write(message)) return undefined
      drained ??= new Promise((resolve) => {
        socket.once('drain', () => {
          drained = undefined
          resolve()
        })
      })
      return drained
    },
    listen(take, gone) {
      socket.on('data', cutter(size, take))
      socket.on('close', () => gone(otherSideGone('the socket is closed')))
    },
    close() {
      socket.destroy()
    },
  }
}

/** Cuts what comes into messages. One that comes whole is shown where it lies; parts are put together. */
export function cutter(size: number, take: (message: Uint8Array) => void): (chunk: Buffer) => void {
  const inbox = Buffer.alloc(size)
  let filled = 0
  return (chunk) => {
    let at = 0
    if (filled > 0) {
      at = chunk.copy(inbox, filled, 0, size - filled)
      filled += at
      if (filled < size) return
      filled = 0
      take(inbox)
    }
    for (; chunk.length - at >= size; at += size) take(chunk.subarray(at, at + size))
    filled = chunk.copy(inbox, 0, at)
  }
}
