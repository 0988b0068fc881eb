/**
 * A page of memory that several processes share, for what lives in memory and is known by its address. Mapped without a
 * file, it passes to children at the same address; strangers map one file, each wherever there is room.
 */

import type { CommonTraits } from '../../harness/model.ts'
import type { Peer, Stage } from '../../harness/pair/stage.ts'
import { readWrite } from './mappings.ts'

export const pageSize = 4096

/** What everything promises that lives on such a page, and is waited for by library calls that handle signals. */
export const livesOnThePage: CommonTraits = {
  persistence: 'nothing',
  naming: 'none',
  inheritance: 'memory',
  interrupted: 'always-restarts',
}

/** A new page, all zeros, for the process and the children that it will have. */
export const newPage = (peer: Pick<Peer, 'must'>): Promise<number> =>
  peer.must('mmap', 0, pageSize, readWrite, 'MAP_SHARED|MAP_ANONYMOUS', -1, 0)

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

/** What the parent does with the page before it has a child; where it is to be all zeros, nothing. */
export type Prepare = (producer: Peer, page: number) => Promise<unknown>

/** A process and its child, and between them a page with what the parent has prepared on it. */
export async function pairOnPage(stage: Stage, prepare: Prepare = () => Promise.resolve()): Promise<PairOnPage> {
  const producer = await stage.start('producer')
  const page = await newPage(producer)
  await prepare(producer, page)
  return { producer, consumer: await producer.fork('consumer'), page }
}
