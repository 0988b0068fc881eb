/**
 * Ends of links: how bytes move through a descriptor or a handle, one call each, the same for cases and mechanisms.
 */

import type { End, Io, Link, Peer } from './stage.ts'

/** Linux descriptors. */
export const descriptorIo: Io = {
  transport: 'fd',
  send: (handle, data) => ['write', handle, data],
  recv: (handle, max) => ['read', handle, max],
  close: (handle) => ['close', handle],
  blocking: (handle, on) => ['fcntl', handle, 'F_SETFL', on ? 0 : 'O_NONBLOCK'],
  ready: (handle, milliseconds) => ['poll', [[handle, 'POLLIN']], milliseconds],
}

/** Windows pipes. Their read mode is set together with whether they wait, so both are named. */
export const pipeHandleIo = (readMode: 'PIPE_READMODE_BYTE' | 'PIPE_READMODE_MESSAGE'): Io => ({
  transport: 'handle',
  send: (handle, data) => ['WriteFile', handle, data],
  recv: (handle, max) => ['ReadFile', handle, max],
  close: (handle) => ['CloseHandle', handle],
  blocking: (handle, on) => ['SetNamedPipeHandleState', handle, `${readMode}|${on ? 'PIPE_WAIT' : 'PIPE_NOWAIT'}`],
  ready: (handle) => ['PeekNamedPipe', handle, 0],
})

export function endOf(peer: Peer, handle: number, io: Io): End {
  return {
    peer,
    handle,
    io,
    send: (data) => peer.call(...io.send(handle, data)),
    recv: (max) => peer.call(...io.recv(handle, max)),
    sendMany: (times, data) => peer.call('repeat', times, 0, ...io.send(handle, data)),
    recvMany: (times, max, block) => peer.call('repeat', times, block, ...io.recv(handle, max)),
    close: () => peer.call(...io.close(handle)),
    blocking: (on) => peer.call(...io.blocking(handle, on)),
    ready: (milliseconds) => peer.call(...io.ready(handle, milliseconds)),
    in: (other) => endOf(other, handle, io),
    call: peer.call,
    must: peer.must,
    blocked: peer.blocked,
  }
}

export const linkOf = (producer: End, consumer: End, name?: string): Link =>
  name === undefined ? { producer, consumer } : { producer, consumer, name }
