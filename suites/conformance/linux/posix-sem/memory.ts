/** A semaphore in the memory of one process. */

import type { Peer } from '../../../../harness/pair/stage.ts'

/** Memory for a semaphore that is not made yet. */
export const roomFor = (owner: Peer): Promise<number> =>
  owner.must('mmap', 0, 4096, 'PROT_READ|PROT_WRITE', 'MAP_SHARED|MAP_ANONYMOUS', -1, 0)

/** A semaphore at 0. */
export async function newSemaphore(owner: Peer): Promise<number> {
  const semaphore = await roomFor(owner)
  await owner.must('sem_init', semaphore, 1, 0)
  return semaphore
}
