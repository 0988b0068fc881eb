/** A mailslot as cases make it, and its clients. */

import { endOf } from '../../../../harness/pair/link.ts'
import type { End, Peer, Stage } from '../../../../harness/pair/stage.ts'
import { clientIo, createMailslot, openMailslot, serverIo } from '../../../mechanisms/win-mailslot.ts'

/** The server's end of a new mailslot. */
export async function serverEnd(server: Peer, name: string, how: Parameters<typeof createMailslot>[2]): Promise<End> {
  const made = await createMailslot(server, name, how)
  if (made.error !== undefined) throw new TypeError(`there is no mailslot ${name}: ${made.error}`)
  return endOf(server, made.ret, serverIo)
}

/** A client's end, which only writes. */
export async function clientEnd(client: Peer, name: string): Promise<End> {
  const opened = await openMailslot(client, name)
  if (opened.error !== undefined) throw new TypeError(`nobody can write to ${name}: ${opened.error}`)
  return endOf(client, opened.ret, clientIo)
}

/** A server, whose reads of nothing come back at once, and a client of it. */
export async function serverAndClient(
  { start, names }: Stage,
  { maxMessage = 0, readTimeout = 0 as number | string } = {},
): Promise<{ server: End; client: End; name: string }> {
  const name = names.mailslot('slot')
  const server = await serverEnd(await start('server'), name, { maxMessage, readTimeout })
  return { server, client: await clientEnd(await start('client'), name), name }
}
