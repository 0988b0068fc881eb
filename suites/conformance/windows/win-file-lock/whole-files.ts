/** Files that only one may have: by their share mode, or because only one can have made them. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { LockEnd, SpecificCase } from '../../../../harness/pair/stage.ts'
import { openFile } from '../../../mechanisms/win-files.ts'
import { winLockFile } from '../../../mechanisms/win-lock-file.ts'

const readOnly = { disposition: 'OPEN_EXISTING', access: 'GENERIC_READ' }
const readWrite = { disposition: 'OPEN_EXISTING' }

export const wholeFiles: readonly SpecificCase[] = [
  {
    id: 'w32lock.share-none',
    mechanism: 'win-file-lock',
    theme: 'perm',
    core: true,
    says: 'A file that is open with share mode 0 cannot be opened by another process, ERROR_SHARING_VIOLATION, until it is closed.',
    cites: ['MS:CreateFileW', 'MS "Creating and Opening Files"'],
    async run({ start, names }) {
      const [owner, other] = [await start('owner'), await start('other')]
      const path = names.path('file')
      const own = await openFile(owner, path, { disposition: 'CREATE_NEW', share: 0 })
      expectOutcome(own, 'CreateFile of the owner').toSucceed()
      for (const how of [readOnly, readWrite]) {
        const opened = await openFile(other, path, how)
        expectOutcome(opened, 'CreateFile of what is not shared').toFail('ERROR_SHARING_VIOLATION')
      }
      await owner.must('CloseHandle', own.ret)

      const shared = await openFile(owner, path, { ...readWrite, share: 'FILE_SHARE_READ' })
      expectOutcome(shared, 'CreateFile that lets others read').toSucceed()
      expectOutcome(await openFile(other, path, readWrite), 'CreateFile for writing').toFail('ERROR_SHARING_VIOLATION')
      expectOutcome(await openFile(other, path, readOnly), 'CreateFile for reading').toSucceed()
    },
  },
  {
    id: 'w32lock.lockfile-create-new',
    mechanism: 'win-lock-file',
    theme: 'atomic',
    says: 'Of several CREATE_NEW at once one makes the file, the rest get ERROR_FILE_EXISTS; made to be deleted on close it goes when its maker dies.',
    cites: ['MS:CreateFileW CREATE_NEW', 'MS:CreateFileW FILE_FLAG_DELETE_ON_CLOSE', 'MS:TerminateProcess'],
    async run(stage) {
      const { producer, consumer, name = '' } = await winLockFile.open(stage)
      const others = [await stage.start('third'), await stage.start('fourth')]
      let rivals: readonly LockEnd[] = [producer, consumer, ...others.map((peer) => producer.in(peer))]
      while (rivals.length > 0) {
        const attempts = await Promise.all(rivals.map((rival) => rival.tryAcquire()))
        const winners = rivals.filter((_, index) => attempts[index]?.error === undefined)
        expectValue(winners.length, 'how many made the file').toEqual(1)
        for (const lost of attempts.filter(({ error }) => error !== undefined)) {
          expectOutcome(lost, 'CreateFile of the others').toFail('ERROR_FILE_EXISTS')
        }
        for (const winner of winners) await winner.peer.kill()
        rivals = rivals.filter((rival) => !winners.includes(rival))
      }
      const heir = await stage.start('heir')
      expectOutcome(await openFile(heir, name, readOnly), 'opening it at the end').toFail('ERROR_FILE_NOT_FOUND')
    },
  },
]
