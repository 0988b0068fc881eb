/** What a peer reads in /proc, with its own calls: what the kernel shows may depend on who looks. */

import { bytesOf } from '../../../harness/pair/bytes.ts'
import type { Peer } from '../../../harness/pair/stage.ts'

/** An answer shows no more bytes than this. */
const shownBytes = 1024

/** Everything that a descriptor brings up to its end. */
export async function readToEnd(peer: Peer, descriptor: number): Promise<string> {
  for (let text = ''; ; ) {
    const piece = await peer.call('read', descriptor, shownBytes)
    if (piece.ret <= 0) return text
    text += bytesOf(piece).toString()
  }
}

export async function readText(peer: Peer, path: string): Promise<string> {
  const file = await peer.must('open', path, 'O_RDONLY|O_CLOEXEC')
  const text = await readToEnd(peer, file)
  await peer.must('close', file)
  return text
}

export const readNumber = async (peer: Peer, path: string): Promise<number> => Number(await readText(peer, path))

/** The bits of one of the masks in /proc/…/status, `SigPnd` for instance; of the thread that asks, if of no other. */
export const maskOf = async (peer: Peer, field: string, of: number | 'thread-self' = 'thread-self'): Promise<bigint> =>
  maskIn(await readText(peer, `/proc/${of}/status`), field)

export function maskIn(status: string, field: string): bigint {
  const digits = status.match(new RegExp(`^${field}:\\s*([0-9a-f]+)$`, 'm'))?.[1]
  if (digits === undefined) throw new TypeError(`/proc/…/status has no ${field}`)
  return BigInt(`0x${digits}`)
}
