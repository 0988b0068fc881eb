/** Locks on ranges of a file: who is refused what, for how long, and how they are given back. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Grip, SpecificCase } from '../../../../harness/pair/stage.ts'
import { winFileLock } from '../../../mechanisms/win-file-lock.ts'
import { openFile } from '../../../mechanisms/win-files.ts'

const exclusive = 'LOCKFILE_EXCLUSIVE_LOCK|LOCKFILE_FAIL_IMMEDIATELY'
const shared = 'LOCKFILE_FAIL_IMMEDIATELY'

const lock = ({ call, handle }: Grip, flags: string, start: number, length: number) =>
  call('LockFileEx', handle, flags, start, length)
const unlock = ({ call, handle }: Grip, start: number, length: number) => call('UnlockFile', handle, start, length)

export const ranges: readonly SpecificCase[] = [
  {
    id: 'w32lock.exclusive-range-fail-immediately',
    mechanism: 'win-file-lock',
    theme: 'err',
    core: true,
    says: 'LockFileEx, exclusive and not to wait, of a range that another holds fails with ERROR_LOCK_VIOLATION; of the rest it succeeds.',
    cites: ['MS:LockFileEx'],
    async run(stage) {
      const { producer, consumer } = await winFileLock.open(stage)
      expectOutcome(await lock(producer, exclusive, 100, 50), 'LockFileEx').toSucceed()
      for (const [start, length] of [
        [100, 50],
        [149, 1],
        [0, 101],
        [0, 1000],
      ] as const) {
        const again = await lock(consumer, exclusive, start, length)
        expectOutcome(again, `LockFileEx of ${length} bytes from ${start}`).toFail('ERROR_LOCK_VIOLATION')
      }
      expectOutcome(await lock(consumer, exclusive, 0, 100), 'LockFileEx of what is before').toSucceed()
      expectOutcome(await lock(consumer, exclusive, 150, 10), 'LockFileEx of what is behind').toSucceed()
      expectOutcome(await unlock(producer, 100, 50), 'UnlockFile').toSucceed()
      expectOutcome(await lock(consumer, exclusive, 100, 50), 'LockFileEx after it').toSucceed()
    },
  },
  {
    id: 'w32lock.mandatory',
    mechanism: 'win-file-lock',
    theme: 'perm',
    says: 'ReadFile and WriteFile of a range that another process holds exclusively fail with ERROR_LOCK_VIOLATION; held shared it can be read.',
    cites: ['MS:LockFileEx', 'MS "Locking and Unlocking Byte Ranges in Files"'],
    async run(stage) {
      const { producer, consumer } = await winFileLock.open(stage)
      expectOutcome(await producer.call('WriteFile', producer.handle, 'held'), 'WriteFile').toGive('transferred', 4)
      const read = async () => {
        await consumer.must('SetFilePointerEx', consumer.handle, 0, 'FILE_BEGIN')
        return consumer.call('ReadFile', consumer.handle, 4)
      }
      const write = async () => {
        await consumer.must('SetFilePointerEx', consumer.handle, 0, 'FILE_BEGIN')
        return consumer.call('WriteFile', consumer.handle, 'mine')
      }
      expectOutcome(await lock(producer, exclusive, 0, 4), 'LockFileEx, exclusive').toSucceed()
      expectOutcome(await read(), 'ReadFile of what is held').toFail('ERROR_LOCK_VIOLATION')
      expectOutcome(await write(), 'WriteFile of what is held').toFail('ERROR_LOCK_VIOLATION')
      expectOutcome(await unlock(producer, 0, 4), 'UnlockFile').toSucceed()

      expectOutcome(await lock(producer, shared, 0, 4), 'LockFileEx, shared').toSucceed()
      expectOutcome(await read(), 'ReadFile of what is shared').toBring('held')
      expectOutcome(await write(), 'WriteFile of what is shared').toFail('ERROR_LOCK_VIOLATION')
      expectOutcome(await unlock(producer, 0, 4), 'UnlockFile').toSucceed()
      expectOutcome(await write(), 'WriteFile of what is free').toGive('transferred', 4)
    },
  },
  {
    id: 'w32lock.shared-overlap',
    mechanism: 'win-file-lock',
    theme: 'err',
    says: 'Shared locks of two processes may overlap; an exclusive one over them is refused until both are given back.',
    cites: ['MS:LockFileEx'],
    async run(stage) {
      const { producer, consumer, name = '' } = await winFileLock.open(stage)
      const rival = await stage.start('rival')
      const { ret: file } = await openFile(rival, name, { disposition: 'OPEN_EXISTING' })
      const claim = () => rival.call('LockFileEx', file, exclusive, 60, 10)
      expectOutcome(await lock(producer, shared, 0, 100), 'the first LockFileEx, shared').toSucceed()
      expectOutcome(await lock(consumer, shared, 50, 100), 'the second LockFileEx, shared').toSucceed()
      expectOutcome(await claim(), 'LockFileEx, exclusive, over both').toFail('ERROR_LOCK_VIOLATION')
      expectOutcome(await unlock(producer, 0, 100), 'UnlockFile of the first').toSucceed()
      expectOutcome(await claim(), 'LockFileEx, exclusive, over the second').toFail('ERROR_LOCK_VIOLATION')
      expectOutcome(await unlock(consumer, 50, 100), 'UnlockFile of the second').toSucceed()
      expectOutcome(await claim(), 'LockFileEx, exclusive, over none').toSucceed()
    },
  },
  {
    id: 'w32lock.unlock-exact-range',
    mechanism: 'win-file-lock',
    theme: 'err',
    says: 'UnlockFile of a part of what was locked, or of more, fails with ERROR_NOT_LOCKED; two locks side by side are not one.',
    cites: ['MS:UnlockFile', 'MS "System Error Codes" ERROR_NOT_LOCKED'],
    async run(stage) {
      const { producer, consumer } = await winFileLock.open(stage)
      for (const start of [0, 10]) expectOutcome(await lock(producer, exclusive, start, 10), 'LockFileEx').toSucceed()
      for (const [start, length] of [
        [0, 5],
        [5, 5],
        [0, 20],
        [20, 10],
      ] as const) {
        const unlocked = await unlock(producer, start, length)
        expectOutcome(unlocked, `UnlockFile of ${length} bytes from ${start}`).toFail('ERROR_NOT_LOCKED')
      }
      expectOutcome(await lock(consumer, exclusive, 0, 10), 'LockFileEx of another').toFail('ERROR_LOCK_VIOLATION')
      for (const start of [0, 10]) expectOutcome(await unlock(producer, start, 10), 'UnlockFile').toSucceed()
      expectOutcome(await lock(consumer, exclusive, 0, 20), 'LockFileEx of another after it').toSucceed()
      expectOutcome(await unlock(producer, 0, 20), 'UnlockFile of what another has').toFail('ERROR_NOT_LOCKED')
    },
  },
  {
    id: 'w32lock.released-on-terminate',
    mechanism: 'win-file-lock',
    theme: 'crash',
    says: 'A LockFileEx that waits succeeds once the holder is ended by TerminateProcess.',
    cites: ['MS:LockFileEx', 'MS:TerminateProcess'],
    async run(stage) {
      const { producer, consumer } = await winFileLock.open(stage)
      expectOutcome(await producer.acquire(), 'LockFileEx of the holder').toSucceed()
      const acquiring = consumer.acquire()
      await consumer.blocked()
      await producer.peer.kill()
      expectOutcome(await acquiring, 'the LockFileEx that waited').toSucceed()
      expectOutcome(await consumer.release(), 'UnlockFileEx').toSucceed()
    },
  },
]
