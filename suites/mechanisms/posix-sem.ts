/** The named semaphore of POSIX: one process makes it, a stranger opens its name, and the value outlives them both. */

import { counterOf, linkOf } from '../../harness/pair/link.ts'
import type { Counter, Naming } from '../../harness/pair/stage.ts'
import { keptNaming } from './kept-names.ts'
import { sharedMemoryFolder } from './posix-names.ts'
import { semaphoreIo, semaphoreTraits } from './posix-semaphores.ts'

const naming: Naming = {
  ...keptNaming({
    name: (names) => names.posix('semaphore'),
    create: (peer, name, mode) => peer.call('sem_open', name, 'O_CREAT|O_EXCL', mode, 0),
    open: (peer, name) => peer.call('sem_open', name, 0),
    unlink: 'sem_unlink',
  }),
  heritage: {
    leave: (peer, made) => peer.call('sem_post', made.ret),
    find: async (peer, opened) => (await peer.call('sem_trywait', opened.ret)).error === undefined,
  },
}

export const posixSem: Counter = {
  id: 'posix-sem',
  title: 'POSIX semaphore, named',
  kind: 'counter',
  family: 'semaphore',
  os: 'linux',
  cites: ['sem_overview(7)', 'XSH sem_open'],
  traits: { ...semaphoreTraits, naming: 'posix-name', persistence: 'name-and-contents' },
  needs: [sharedMemoryFolder],
  naming,
  async open({ start, names }) {
    const name = naming.name(names)
    const producer = await start('producer')
    const consumer = await start('consumer')
    const made = await producer.must('sem_open', name, 'O_CREAT|O_EXCL', 0o600, 0)
    const opened = await consumer.must('sem_open', name, 0)
    return linkOf(counterOf(producer, made, semaphoreIo), counterOf(consumer, opened, semaphoreIo), name)
  },
}
