/** Locks that belong to an open file description: those of fcntl, and those of flock. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { held, lock, type Opened, openedBy } from './locked.ts'

const nobody = -1

export const descriptionLocks: readonly SpecificCase[] = [
  {
    id: 'lock.ofd-per-description',
    mechanism: 'ofd-lock',
    theme: 'err',
    core: true,
    says: 'Two opens in one process conflict; F_OFD_GETLK tells of no process, -1; and a call that names one fails with EINVAL.',
    cites: ['XSH fcntl F_OFD_SETLK', 'fcntl(2)'],
    async run(stage) {
      const { path, by } = await openedBy(stage, 'peer')
      const { peer: first } = by
      const { peer } = first
      const second = { peer, file: await peer.must('open', path, 'O_RDWR') }
      expectOutcome(await lock(first, 'F_OFD_SETLK', 'F_WRLCK'), 'F_OFD_SETLK').toReturn(0)
      expectOutcome(await lock(second, 'F_OFD_SETLK', 'F_WRLCK'), 'F_OFD_SETLK of the second open').toFail(...held)
      const seen = await lock(second, 'F_OFD_GETLK', 'F_RDLCK')
      expectOutcome(seen, 'F_OFD_GETLK').toGive('type', 'F_WRLCK')
      expectOutcome(seen, 'F_OFD_GETLK').toGive('pid', nobody)

      for (const command of ['F_OFD_SETLK', 'F_OFD_GETLK', 'F_OFD_SETLKW']) {
        const named = await peer.call('fcntl-lock', first.file, command, 'F_WRLCK', 0, 0, peer.pid)
        expectOutcome(named, `${command} that names a process`).toFail('EINVAL')
      }
      expectOutcome(await lock(first, 'F_OFD_SETLK', 'F_UNLCK'), 'F_OFD_SETLK that unlocks').toReturn(0)
      expectOutcome(await lock(second, 'F_OFD_SETLK', 'F_WRLCK'), 'F_OFD_SETLK after it').toReturn(0)
    },
  },
  {
    id: 'lock.ofd-shared-by-fork',
    mechanism: 'ofd-lock',
    theme: 'naming',
    says: 'dup and fork share the lock of a description: it lasts until the last of their descriptors closes, and no other counts.',
    cites: ['XSH fcntl F_OFD_SETLK', 'fcntl(2)'],
    async run(stage) {
      const { path, by } = await openedBy(stage, 'parent', 'rival')
      const { parent, rival } = by
      const attempt = () => lock(rival, 'F_OFD_SETLK', 'F_WRLCK')
      expectOutcome(await lock(parent, 'F_OFD_SETLK', 'F_WRLCK'), 'F_OFD_SETLK of the parent').toReturn(0)
      const copy = { peer: parent.peer, file: await parent.peer.must('dup', parent.file) }
      expectOutcome(await lock(copy, 'F_OFD_SETLK', 'F_WRLCK'), 'F_OFD_SETLK through dup').toReturn(0)
      const child = { peer: await parent.peer.fork('child'), file: parent.file }
      expectOutcome(await lock(child, 'F_OFD_SETLK', 'F_WRLCK'), 'F_OFD_SETLK of the child').toReturn(0)

      const other = await parent.peer.must('open', path, 'O_RDWR')
      for (const descriptor of [other, copy.file, parent.file]) await parent.peer.must('close', descriptor)
      expectOutcome(await attempt(), 'F_OFD_SETLK of a rival when the parent has closed').toFail(...held)
      await child.peer.must('close', copy.file)
      expectOutcome(await attempt(), 'F_OFD_SETLK while the child has one descriptor').toFail(...held)
      await child.peer.must('close', child.file)
      expectOutcome(await attempt(), 'F_OFD_SETLK when all have closed').toReturn(0)
    },
  },
  {
    id: 'lock.flock-per-description',
    mechanism: 'flock',
    theme: 'err',
    says: 'A second open is refused with EWOULDBLOCK; dup has the same lock; and a child of fork can unlock what its parent locked.',
    cites: ['flock(2)'],
    async run(stage) {
      const { path, by } = await openedBy(stage, 'parent')
      const {
        parent: { peer: parent, file },
      } = by
      const second = await parent.must('open', path, 'O_RDWR')
      expectOutcome(await parent.call('flock', file, 'LOCK_EX'), 'flock').toReturn(0)
      const attempt = () => parent.call('flock', second, 'LOCK_EX|LOCK_NB')
      expectOutcome(await attempt(), 'flock of the second open').toFail('EAGAIN')
      const copy = await parent.must('dup', file)
      expectOutcome(await parent.call('flock', copy, 'LOCK_EX|LOCK_NB'), 'flock through dup').toReturn(0)

      const child = await parent.fork('child')
      expectOutcome(await child.call('flock', file, 'LOCK_EX|LOCK_NB'), 'flock of the child').toReturn(0)
      expectOutcome(await attempt(), 'flock of the second open beside the child').toFail('EAGAIN')
      expectOutcome(await child.call('flock', file, 'LOCK_UN'), 'LOCK_UN of the child').toReturn(0)
      expectOutcome(await attempt(), 'flock of the second open after it').toReturn(0)
    },
  },
  {
    id: 'lock.flock-upgrade',
    mechanism: 'flock',
    theme: 'atomic',
    says: 'LOCK_SH becomes LOCK_EX only when nobody else has LOCK_SH, and who is refused has lost the lock that it had.',
    cites: ['flock(2)'],
    async run(stage) {
      const { first, second } = (await openedBy(stage, 'first', 'second')).by
      const flock = ({ peer, file }: Opened, operation: string) => peer.call('flock', file, operation)
      for (const each of [first, second]) expectOutcome(await flock(each, 'LOCK_SH|LOCK_NB'), 'LOCK_SH').toReturn(0)
      expectOutcome(await flock(first, 'LOCK_EX|LOCK_NB'), 'LOCK_EX beside another LOCK_SH').toFail('EAGAIN')
      // Had it kept its own lock, this could not be granted.
      expectOutcome(await flock(second, 'LOCK_EX|LOCK_NB'), 'LOCK_EX of the other').toReturn(0)
      expectOutcome(await flock(first, 'LOCK_SH|LOCK_NB'), 'LOCK_SH beside LOCK_EX').toFail('EAGAIN')

      const waits = flock(first, 'LOCK_EX')
      await first.peer.blocked()
      expectOutcome(await flock(second, 'LOCK_UN'), 'LOCK_UN').toReturn(0)
      expectOutcome(await waits, 'the LOCK_EX that had waited').toReturn(0)
    },
  },
  {
    id: 'lock.flock-vs-fcntl-independent',
    mechanism: 'flock',
    theme: 'err',
    says: 'On a local file system flock and fcntl take no notice of each other: both are granted at the same time.',
    cites: ['flock(2)'],
    async run(stage) {
      const { path, by } = await openedBy(stage, 'first')
      const { first } = by
      const { peer } = first
      const second = await peer.must('open', path, 'O_RDWR')
      expectOutcome(await peer.call('flock', first.file, 'LOCK_EX|LOCK_NB'), 'flock').toReturn(0)
      const third = { peer, file: await peer.must('open', path, 'O_RDWR') }
      expectOutcome(await lock(third, 'F_OFD_SETLK', 'F_WRLCK'), 'F_OFD_SETLK of what flock has').toReturn(0)
      const child = { peer: await peer.fork('child'), file: third.file }
      expectOutcome(await lock(child, 'F_SETLK', 'F_WRLCK'), 'F_SETLK of what F_OFD_SETLK has').toFail(...held)
      expectOutcome(await lock(third, 'F_OFD_SETLK', 'F_UNLCK'), 'F_OFD_SETLK that unlocks').toReturn(0)
      expectOutcome(await lock(child, 'F_SETLK', 'F_WRLCK'), 'F_SETLK of what flock has').toReturn(0)
      expectOutcome(await peer.call('flock', second, 'LOCK_EX|LOCK_NB'), 'flock of a second open').toFail('EAGAIN')
    },
  },
]
