/** Two strangers and a FIFO between them that nobody has opened yet: where a case opens it in its own order. */

import type { Peer, Stage } from '../../../../harness/pair/stage.ts'

export interface Unopened {
  readonly producer: Peer
  readonly consumer: Peer
  readonly path: string
}

export async function unopenedFifo({ start, names }: Stage, mode = 0o600): Promise<Unopened> {
  const path = names.path('fifo')
  const producer = await start('producer')
  const consumer = await start('consumer')
  await producer.must('mkfifo', path, mode)
  return { producer, consumer, path }
}
