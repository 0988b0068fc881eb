/**
 * Ends of links: how bytes move through a descriptor or a handle, one call each, the same for cases and mechanisms.
 */

import type { Bytes, Outcome } from '../model.ts'
import type { End, Io, Link, Peer } from './stage.ts'

/** Linux descriptors. */
export const descriptorIo: Io = {
  transport: 'fd',
  send: (end, data) => end.call('write', end.handle, data),
  recv: (end, max) => end.call('read', end.handle, max),
  close: (end) => end.call('close', end.handle),
  blocking: (end, on) => end.call('fcntl', end.handle, 'F_SETFL', on ? 0 : 'O_NONBLOCK'),
  ready: (end, milliseconds) => end.call('poll', [[end.handle, 'POLLIN']], milliseconds),
}

/** Windows pipes. Their read mode is set together with whether they wait, so both are named. */
export const pipeHandleIo = (readMode: 'PIPE_READMODE_BYTE' | 'PIPE_READMODE_MESSAGE'): Io => ({
  transport: 'handle',
  send: (end, data) => end.call('WriteFile', end.handle, data),
  recv: (end, max) => end.call('ReadFile', end.handle, max),
  close: (end) => end.call('CloseHandle', end.handle),
  blocking: (end, on) =>
    end.call('SetNamedPipeHandleState', end.handle, `${readMode}|${on ? 'PIPE_WAIT' : 'PIPE_NOWAIT'}`),
  ready: (end) => end.call('PeekNamedPipe', end.handle, 0),
})

export function endOf(peer: Peer, handle: number, io: Io): End {
  const end: End = {
    peer,
    handle,
    io,
    send: (data: Bytes): Promise<Outcome> => io.send(end, data),
    recv: (max) => io.recv(end, max),
    close: () => io.close(end),
    blocking: (on) => io.blocking(end, on),
    ready: (milliseconds) => io.ready(end, milliseconds),
    in: (other) => endOf(other, handle, io),
    call: peer.call,
    must: peer.must,
    blocked: peer.blocked,
  }
  return end
}

export const linkOf = (producer: End, consumer: End, name?: string): Link =>
  name === undefined ? { producer, consumer } : { producer, consumer, name }
