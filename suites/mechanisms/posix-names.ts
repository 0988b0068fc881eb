/** Where Linux keeps the names of semaphores and of shared memory. */

import type { Need } from '../../harness/model.ts'

export const sharedMemoryFolder: Need = {
  works: ['access', '/dev/shm', 'W_OK|X_OK'],
  otherwise: 'mount a tmpfs there that everybody may write to',
}
