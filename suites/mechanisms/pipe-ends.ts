/** New pipes: two ends in the process that made one, or one end in each of two processes. */

import { endOf, linkOf } from '../../harness/pair/link.ts'
import type { Io, Link, Peer, Stage } from '../../harness/pair/stage.ts'
import { numbersOut } from '../../harness/pair/wire.ts'

export async function makePipe(peer: Pick<Peer, 'call'>, flags?: string): Promise<readonly [r: number, w: number]> {
  const made = flags === undefined ? await peer.call('pipe') : await peer.call('pipe2', flags)
  return numbersOut(made, 'fds') as [number, number]
}

/** The consumer inherits the pipe over fork(), and each closes the end that it does not use. */
export async function openPipe(stage: Stage, io: Io, flags?: string): Promise<Link> {
  const producer = await stage.start('producer')
  const [r, w] = await makePipe(producer, flags)
  const consumer = await producer.fork('consumer')
  await Promise.all([producer.must('close', r), consumer.must('close', w)])
  return linkOf(endOf(producer, w, io), endOf(consumer, r, io))
}
