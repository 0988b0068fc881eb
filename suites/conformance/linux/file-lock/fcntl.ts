/** Record locks that belong to a process. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { held, lock, openedBy } from './locked.ts'

export const fcntlLocks: readonly SpecificCase[] = [
  {
    id: 'lock.fcntl-conflict',
    mechanism: 'fcntl-lock',
    theme: 'err',
    core: true,
    says: 'F_SETLK of what another process has locked fails with EAGAIN or EACCES, and F_GETLK tells who has it, and how.',
    cites: ['XSH fcntl', 'fcntl(2)'],
    async run(stage) {
      const { holder, rival } = (await openedBy(stage, 'holder', 'rival')).by
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK', 10, 20), 'F_SETLK of the holder').toReturn(0)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_WRLCK', 29, 1), 'F_SETLK for writing').toFail(...held)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_RDLCK'), 'F_SETLK for reading').toFail(...held)
      const seen = await lock(rival, 'F_GETLK', 'F_WRLCK')
      expectOutcome(seen, 'F_GETLK').toGive('type', 'F_WRLCK')
      expectOutcome(seen, 'F_GETLK').toGive('pid', holder.peer.pid)
      expectOutcome(seen, 'F_GETLK').toGive('start', 10)
      expectOutcome(seen, 'F_GETLK').toGive('length', 20)

      expectOutcome(await lock(holder, 'F_SETLK', 'F_RDLCK', 10, 20), 'F_SETLK to a lock for reading').toReturn(0)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_RDLCK'), 'F_SETLK for reading beside it').toReturn(0)
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK', 10, 20), 'F_SETLK for writing beside it').toFail(...held)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_UNLCK'), 'F_SETLK that unlocks').toReturn(0)
      expectOutcome(await lock(holder, 'F_SETLK', 'F_UNLCK'), 'F_SETLK that unlocks').toReturn(0)
      expectOutcome(await lock(rival, 'F_GETLK', 'F_WRLCK'), 'F_GETLK of what is free').toGive('type', 'F_UNLCK')
    },
  },
  {
    id: 'lock.fcntl-not-inherited',
    mechanism: 'fcntl-lock',
    theme: 'naming',
    says: "A child of fork does not hold its parent's lock: it is refused what the parent has, and can unlock nothing of it.",
    cites: ['XSH fork', 'XSH fcntl'],
    async run(stage) {
      const { parent } = (await openedBy(stage, 'parent')).by
      expectOutcome(await lock(parent, 'F_SETLK', 'F_WRLCK'), 'F_SETLK of the parent').toReturn(0)
      const child = { peer: await parent.peer.fork('child'), file: parent.file }
      expectOutcome(await lock(child, 'F_SETLK', 'F_WRLCK'), 'F_SETLK of the child').toFail(...held)
      expectOutcome(await lock(child, 'F_SETLK', 'F_UNLCK'), 'F_SETLK that unlocks').toReturn(0)
      expectOutcome(await lock(child, 'F_GETLK', 'F_WRLCK'), 'F_GETLK of the child').toGive('pid', parent.peer.pid)
      expectOutcome(await lock(parent, 'F_GETLK', 'F_WRLCK'), 'F_GETLK of the parent').toGive('type', 'F_UNLCK')
    },
  },
  {
    id: 'lock.fcntl-close-drops-all',
    mechanism: 'fcntl-lock',
    theme: 'cleanup',
    core: true,
    says: "close of any descriptor of a file, even of one that nothing was locked through, releases all the process's locks on it.",
    cites: ['XSH close', 'XSH fcntl', 'fcntl(2)'],
    async run(stage) {
      const { path, by } = await openedBy(stage, 'holder', 'rival')
      const { holder, rival } = by
      const other = await holder.peer.must('open', path, 'O_RDONLY')
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK', 0, 1), 'F_SETLK of one byte').toReturn(0)
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK', 100, 1), 'F_SETLK of another').toReturn(0)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_WRLCK'), 'F_SETLK of the rival').toFail(...held)

      await holder.peer.must('close', other)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_WRLCK'), 'F_SETLK after the close').toReturn(0)
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK', 0, 1), 'F_SETLK of the former holder').toFail(...held)
    },
  },
  {
    id: 'lock.fcntl-released-on-kill',
    mechanism: 'fcntl-lock',
    theme: 'crash',
    core: true,
    says: 'When the holder of a lock is killed, who waits for it in F_SETLKW gets it.',
    cites: ['XSH fcntl', 'XSH exit'],
    async run(stage) {
      const { holder, waiter, rival } = (await openedBy(stage, 'holder', 'waiter', 'rival')).by
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK'), 'F_SETLK of the holder').toReturn(0)
      const waits = lock(waiter, 'F_SETLKW', 'F_WRLCK')
      await waiter.peer.blocked()
      await holder.peer.kill()
      expectOutcome(await waits, 'the F_SETLKW that had waited').toReturn(0)
      expectOutcome(await lock(rival, 'F_GETLK', 'F_WRLCK'), 'F_GETLK').toGive('pid', waiter.peer.pid)
    },
  },
  {
    id: 'lock.fcntl-deadlock',
    mechanism: 'fcntl-lock',
    theme: 'err',
    says: 'Of two processes that would wait for what the other has locked the second is refused with EDEADLK.',
    cites: ['XSH fcntl', 'fcntl(2)'],
    async run(stage) {
      const { first, second } = (await openedBy(stage, 'first', 'second')).by
      expectOutcome(await lock(first, 'F_SETLK', 'F_WRLCK', 0, 1), 'F_SETLK of the first byte').toReturn(0)
      expectOutcome(await lock(second, 'F_SETLK', 'F_WRLCK', 1, 1), 'F_SETLK of the second byte').toReturn(0)
      const waits = lock(first, 'F_SETLKW', 'F_WRLCK', 1, 1)
      await first.peer.blocked()
      expectOutcome(await lock(second, 'F_SETLKW', 'F_WRLCK', 0, 1), 'the crossed F_SETLKW').toFail('EDEADLK')

      expectOutcome(await lock(second, 'F_SETLK', 'F_UNLCK', 1, 1), 'F_SETLK that unlocks').toReturn(0)
      expectOutcome(await waits, 'the F_SETLKW that had waited').toReturn(0)
    },
  },
  {
    id: 'lock.fcntl-range-split',
    mechanism: 'fcntl-lock',
    theme: 'atomic',
    says: 'Unlocking the middle of a range leaves two locks; ranges that only touch are independent, and join in one process.',
    cites: ['XSH fcntl', 'fcntl(2)'],
    async run(stage) {
      const { holder, rival } = (await openedBy(stage, 'holder', 'rival')).by
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK', 0, 100), 'F_SETLK of 0 to 99').toReturn(0)
      expectOutcome(await lock(holder, 'F_SETLK', 'F_UNLCK', 40, 20), 'unlocking 40 to 59').toReturn(0)

      expectOutcome(await lock(rival, 'F_SETLK', 'F_WRLCK', 40, 20), 'F_SETLK of 40 to 59').toReturn(0)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_WRLCK', 39, 1), 'F_SETLK of 39').toFail(...held)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_WRLCK', 60, 1), 'F_SETLK of 60').toFail(...held)
      expectOutcome(await lock(rival, 'F_SETLK', 'F_WRLCK', 100, 1), 'F_SETLK of 100').toReturn(0)
      const [low, high] = [
        await lock(rival, 'F_GETLK', 'F_WRLCK', 0, 40),
        await lock(rival, 'F_GETLK', 'F_WRLCK', 60, 40),
      ]
      expectOutcome(low, 'F_GETLK of the lower part').toGive('length', 40)
      expectOutcome(high, 'F_GETLK of the upper part').toGive('start', 60)

      expectOutcome(await lock(rival, 'F_SETLK', 'F_UNLCK'), 'F_SETLK that unlocks').toReturn(0)
      expectOutcome(await lock(holder, 'F_SETLK', 'F_WRLCK', 40, 20), 'F_SETLK of the middle').toReturn(0)
      const whole = await lock(rival, 'F_GETLK', 'F_WRLCK', 50, 1)
      expectOutcome(whole, 'F_GETLK of the joined range').toGive('start', 0)
      expectOutcome(whole, 'F_GETLK of the joined range').toGive('length', 100)
    },
  },
  {
    id: 'lock.fcntl-wrlck-rdonly',
    mechanism: 'fcntl-lock',
    theme: 'perm',
    says: 'A lock for writing needs a descriptor open for writing, one for reading one open for reading, or it fails with EBADF.',
    cites: ['XSH fcntl', 'fcntl(2)'],
    async run(stage) {
      const { path, by } = await openedBy(stage, 'peer')
      const {
        peer: { peer, file },
      } = by
      const reading = { peer, file: await peer.must('open', path, 'O_RDONLY') }
      const writing = { peer, file: await peer.must('open', path, 'O_WRONLY') }
      expectOutcome(await lock(reading, 'F_SETLK', 'F_WRLCK'), 'F_WRLCK on O_RDONLY').toFail('EBADF')
      expectOutcome(await lock(reading, 'F_SETLKW', 'F_WRLCK'), 'F_WRLCK on O_RDONLY, waiting,').toFail('EBADF')
      expectOutcome(await lock(writing, 'F_SETLK', 'F_RDLCK'), 'F_RDLCK on O_WRONLY').toFail('EBADF')
      expectOutcome(await lock(reading, 'F_SETLK', 'F_RDLCK'), 'F_RDLCK on O_RDONLY').toReturn(0)
      expectOutcome(await lock({ peer, file }, 'F_SETLK', 'F_WRLCK'), 'F_WRLCK on O_RDWR').toReturn(0)
    },
  },
]
