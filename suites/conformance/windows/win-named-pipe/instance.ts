/** Instances of a named pipe as cases make them, and the client ends that are opened on them: one call each. */

import type { Arg, Outcome } from '../../../../harness/model.ts'
import { endOf, pipeHandleIo } from '../../../../harness/pair/link.ts'
import type { End, Peer, Stage, Words } from '../../../../harness/pair/stage.ts'

/** What an instance is made with; a byte pipe in both directions, of which there is one, unless said otherwise. */
export interface Instance {
  readonly access?: string
  readonly mode?: string
  readonly instances?: number
  readonly buffer?: number
  readonly security?: string
}

export const byteMode = 'PIPE_TYPE_BYTE|PIPE_READMODE_BYTE'
export const messageMode = 'PIPE_TYPE_MESSAGE|PIPE_READMODE_MESSAGE'
export const bothWays = 'GENERIC_READ|GENERIC_WRITE'

const bytes = pipeHandleIo('PIPE_READMODE_BYTE')
const messages = pipeHandleIo('PIPE_READMODE_MESSAGE')

const creating = (name: string, how: Instance): Words => {
  const { access = 'PIPE_ACCESS_DUPLEX', mode = byteMode, instances = 1, buffer = 4096, security } = how
  const optional = security === undefined ? [] : [security]
  return ['CreateNamedPipe', name, access, mode, instances, buffer, buffer, 0, ...optional]
}
const opening = (name: string, access: string, flags: Arg): Words => {
  return ['CreateFile', name, access, 0, 'OPEN_EXISTING', flags]
}

/** CreateNamedPipe, whatever comes of it. */
export const createInstance = (server: Peer, name: string, how: Instance = {}): Promise<Outcome> =>
  server.call(...creating(name, how))

/** CreateFile on the name of a pipe, whatever comes of it. */
export const openPipe = (client: Peer, name: string, access = bothWays): Promise<Outcome> =>
  client.call(...opening(name, access, 0))

/** The server's end of a new instance. */
export async function serverEnd(server: Peer, name: string, how: Instance = {}): Promise<End> {
  const handle = await server.must(...creating(name, how))
  return endOf(server, handle, how.mode === messageMode ? messages : bytes)
}

/** A client's end, which reads bytes, as every end does that CreateFile gives. */
export async function clientEnd(client: Peer, name: string, access = bothWays, flags: Arg = 0): Promise<End> {
  return endOf(client, await client.must(...opening(name, access, flags)), bytes)
}

/** The same end, which from now on reads messages. */
export async function readMessages(end: End): Promise<End> {
  await end.must('SetNamedPipeHandleState', end.handle, 'PIPE_READMODE_MESSAGE')
  return endOf(end.peer, end.handle, messages)
}

/** A server and a client that has opened its only instance; both read what the pipe was made for. */
export async function connected({ start, names }: Stage, how: Instance = {}): Promise<{ server: End; client: End }> {
  const name = names.pipe('pipe')
  const server = await serverEnd(await start('server'), name, how)
  const client = await clientEnd(await start('client'), name)
  return { server, client: how.mode === messageMode ? await readMessages(client) : client }
}
