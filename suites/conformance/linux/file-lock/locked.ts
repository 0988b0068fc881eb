/** Files that cases lock: opened by each process for itself; and processes that all begin at once. */

import type { Peer, Stage } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'

export interface Opened {
  readonly peer: Peer
  readonly file: number
}

/** A new file that each of these has opened for reading and writing. */
export async function openedBy<R extends string>(
  { start, names }: Stage,
  ...roles: R[]
): Promise<{ readonly path: string; readonly by: Readonly<Record<R, Opened>> }> {
  const path = names.path('file')
  const by: Partial<Record<R, Opened>> = {}
  for (const role of roles) {
    const peer = await start(role)
    by[role] = { peer, file: await peer.must('open', path, 'O_RDWR|O_CREAT', 0o600) }
  }
  return { path, by: by as Record<R, Opened> }
}

/** What an attempt at a record lock says while another has it. */
export const held = ['EAGAIN', 'EACCES']

/** The calls of a record lock: which command, on which bytes. */
export const lock = ({ peer, file }: Opened, command: string, type: string, start = 0, length = 0) =>
  peer.call('fcntl-lock', file, command, type, start, length)

/** Processes that stand behind a gate: what they are asked to do next they all begin when it opens. */
export interface Gate<T> {
  readonly racers: readonly { readonly peer: Peer; readonly has: T }[]
  open(): Promise<void>
}

/** A gate for children of `starter`, each with what it has prepared. */
export async function gateFor<T>(
  starter: Peer,
  roles: readonly string[],
  prepare: (racer: Peer) => Promise<T>,
): Promise<Gate<T>> {
  const [r, w] = await makePipe(starter)
  const racers: { peer: Peer; has: T }[] = []
  for (const role of roles) {
    const peer = await starter.fork(role)
    await peer.must('close', w)
    racers.push({ peer, has: await prepare(peer) })
    void peer.call('read', r, 1)
  }
  await Promise.all(racers.map(({ peer }) => peer.blocked()))
  return {
    racers,
    open: async () => {
      await starter.must('close', w)
    },
  }
}
