/** The semaphore of System V, taken with SEM_UNDO: what a process has taken comes back when it dies. */

import type { Counter } from '../../harness/pair/stage.ts'
import { openSemaphore, sysvSem } from './sysv-sem.ts'

export const sysvSemUndo: Counter = {
  ...sysvSem,
  id: 'sysv-sem-undo',
  title: 'System V semaphore, taken with SEM_UNDO',
  cites: ['XSH semop SEM_UNDO', 'semop(2)'],
  traits: { ...sysvSem.traits, takerKilled: 'given-back' },
  open: (stage) => openSemaphore(stage, 'SEM_UNDO'),
}
