/** A semaphore in the memory of one process. */

import type { Peer } from '../../../../harness/pair/stage.ts'
import { newPage } from '../../../mechanisms/shared-page.ts'

/** A semaphore at 0. */
export async function newSemaphore(owner: Peer): Promise<number> {
  const semaphore = await newPage(owner)
  await owner.must('sem_init', semaphore, 1, 0)
  return semaphore
}
