/**
 * A page of memory that several processes share, for what lives in memory and is known by its address. Mapped without a
 * file, it passes to children at the same address; strangers map one file, each wherever there is room.
 */

import type { CommonTraits } from '../../harness/model.ts'
import type { Peer, Stage } from '../../harness/pair/stage.ts'

export const pageSize = 4096
const readWrite = 'PROT_READ|PROT_WRITE'

/** What everything promises that lives on such a page, and is waited for by library calls that handle signals. */
export const livesOnThePage: CommonTraits = {
  persistence: 'nothing',
  naming: 'none',
  inheritance: 'memory',
  interrupted: 'always-restarts',
}

/** The page of a file, which is made if it is not there yet. */
export async function pageOfFile(peer: Pick<Peer, 'must'>, path: string): Promise<number> {
  const file = await peer.must('open', path, 'O_RDWR|O_CREAT|O_CLOEXEC', 0o600)
  await peer.must('ftruncate', file, pageSize)
  const page = await peer.must('mmap', 0, pageSize, readWrite, 'MAP_SHARED', file, 0)
  await peer.must('close', file)
  return page
}

export interface PairOnPage {
  readonly producer: Peer
  readonly consumer: Peer
  /** The page, at the same address in both. */
  readonly page: number
}

/** A process and its child, and between them a page on which the parent has prepared what they use. */
export async function pairOnPage(
  stage: Stage,
  prepare: (producer: Peer, page: number) => Promise<unknown>,
): Promise<PairOnPage> {
  const producer = await stage.start('producer')
  const page = await producer.must('mmap', 0, pageSize, readWrite, 'MAP_SHARED|MAP_ANONYMOUS', -1, 0)
  await prepare(producer, page)
  return { producer, consumer: await producer.fork('consumer'), page }
}
