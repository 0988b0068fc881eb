/** Mappings of files: what is stored comes into the file, and what has no length cannot be mapped. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { winFileMappingFile } from '../../../mechanisms/win-file-mapping-file.ts'
import { openFile } from '../../../mechanisms/win-files.ts'

export const files: readonly SpecificCase[] = [
  {
    id: 'w32map.file-backed-persist',
    mechanism: 'win-file-mapping-file',
    theme: 'persist',
    says: 'What is stored in a mapped file another process loads, and after FlushViewOfFile and the last unmapping it is read.',
    cites: ['MS:CreateFileMappingW', 'MS:FlushViewOfFile', 'MS:UnmapViewOfFile'],
    async run(stage) {
      const { producer, consumer, name = '' } = await winFileMappingFile.open(stage)
      expectOutcome(await producer.store(100, 'for later'), 'a store').toSucceed()
      expectOutcome(await consumer.load(100, 9), 'a load').toBring('for later')
      expectOutcome(await producer.call('FlushViewOfFile', producer.handle, 0), 'FlushViewOfFile').toSucceed()
      for (const { call, handle } of [producer, consumer]) {
        expectOutcome(await call('UnmapViewOfFile', handle), 'UnmapViewOfFile').toSucceed()
      }
      await Promise.all([producer.peer.kill(), consumer.peer.kill()])

      const reader = await stage.start('reader')
      const file = await openFile(reader, name, { disposition: 'OPEN_EXISTING', access: 'GENERIC_READ' })
      await reader.must('SetFilePointerEx', file.ret, 100, 'FILE_BEGIN')
      expectOutcome(await reader.call('ReadFile', file.ret, 9), 'ReadFile').toBring('for later')
    },
  },
  {
    id: 'w32map.size-zero-file',
    mechanism: 'win-file-mapping-file',
    theme: 'limit',
    says: 'CreateFileMapping of size 0 of a file without a byte fails with ERROR_FILE_INVALID; of one with a byte it does not.',
    cites: ['MS:CreateFileMappingW'],
    async run({ start, names }) {
      const peer = await start('mapper')
      const file = await openFile(peer, names.path('empty'), { disposition: 'CREATE_NEW' })
      const map = () => peer.call('CreateFileMapping', file.ret, 'PAGE_READWRITE', 0)
      expectOutcome(await map(), 'CreateFileMapping of no byte').toFail('ERROR_FILE_INVALID')
      expectOutcome(await peer.call('WriteFile', file.ret, 'x'), 'WriteFile').toGive('transferred', 1)
      expectOutcome(await map(), 'CreateFileMapping of one byte').toSucceed()
    },
  },
]
