/** Views: who may store by them, who sees what was stored, and how long they last. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { winFileMapping } from '../../../mechanisms/win-file-mapping.ts'
import { viewOf } from '../../../mechanisms/win-views.ts'
import { fatalCall } from '../../linux/fatal.ts'

const accessViolation = 0xc0000005

export const views: readonly SpecificCase[] = [
  {
    id: 'w32map.readonly-view',
    mechanism: 'win-file-mapping',
    theme: 'perm',
    core: true,
    says: 'Open for reading, a mapping gives no view for writing, ERROR_ACCESS_DENIED; a store through one for reading kills.',
    cites: ['MS:MapViewOfFile', 'MS:OpenFileMappingW', 'MS "File Mapping Security and Access Rights"'],
    async run(stage) {
      const { producer, name = '' } = await winFileMapping.open(stage)
      expectOutcome(await producer.store(0, 'original'), 'a store of the maker').toSucceed()
      const reader = await stage.start('reader')
      const mapping = await reader.must('OpenFileMapping', 'FILE_MAP_READ', 'FALSE', name)
      const forWriting = await reader.call('MapViewOfFile', mapping, 'FILE_MAP_WRITE', 0, 0)
      expectOutcome(forWriting, 'MapViewOfFile for writing').toFail('ERROR_ACCESS_DENIED')

      const view = await viewOf(reader, mapping, 'FILE_MAP_READ')
      expectOutcome(await reader.call('memory-load', view, 8), 'a load').toBring('original')
      const exit = await fatalCall(reader, 'memory-store', view, 'forged!!')
      expectExit(exit, 'who stores through a view for reading').toHaveExitedWith(accessViolation)
      expectOutcome(await producer.load(0, 8), 'a load of the maker').toBring('original')
    },
  },
  {
    id: 'w32map.copy-on-write',
    mechanism: 'win-file-mapping',
    theme: 'data',
    says: 'What is stored through a view of FILE_MAP_COPY is seen by nobody else, and what others stored before is seen by it.',
    cites: ['MS:MapViewOfFile'],
    async run(stage) {
      const { producer, consumer } = await winFileMapping.open(stage)
      expectOutcome(await producer.store(0, 'original'), 'a store').toSucceed()
      const copy = await viewOf(consumer, Number(consumer.inherits), 'FILE_MAP_COPY')
      expectOutcome(await consumer.call('memory-load', copy, 8), 'a load from the copy').toBring('original')
      expectOutcome(await consumer.call('memory-store', copy, 'altered!'), 'a store in it').toSucceed()
      expectOutcome(await consumer.call('memory-load', copy, 8), 'a load from it afterwards').toBring('altered!')
      expectOutcome(await consumer.load(0, 8), 'a load by the other view').toBring('original')
      expectOutcome(await producer.load(0, 8), 'a load by the other process').toBring('original')
    },
  },
  {
    id: 'w32map.view-survives-handle-close',
    mechanism: 'win-file-mapping',
    theme: 'cleanup',
    says: 'A view is still the shared memory when every handle is closed, until UnmapViewOfFile: then a load kills.',
    cites: ['MS:UnmapViewOfFile', 'MS:CloseHandle'],
    async run(stage) {
      const { producer, consumer } = await winFileMapping.open(stage)
      for (const end of [producer, consumer]) {
        expectOutcome(await end.call('CloseHandle', Number(end.inherits)), 'CloseHandle').toSucceed()
      }
      expectOutcome(await producer.store(0, 'still shared'), 'a store').toSucceed()
      expectOutcome(await consumer.load(0, 12), 'a load').toBring('still shared')
      expectOutcome(await producer.call('UnmapViewOfFile', producer.handle), 'UnmapViewOfFile').toSucceed()
      expectOutcome(await consumer.load(0, 12), 'a load when the other has unmapped it').toBring('still shared')
      const exit = await fatalCall(producer.peer, 'memory-load', producer.handle, 12)
      expectExit(exit, 'who loads from what it has unmapped').toHaveExitedWith(accessViolation)
    },
  },
  {
    id: 'w32map.offset-granularity',
    mechanism: 'win-file-mapping',
    theme: 'limit',
    says: 'A view begins at a multiple of 64 KiB; at any other offset MapViewOfFile fails with ERROR_MAPPED_ALIGNMENT.',
    cites: ['MS:MapViewOfFile', 'MS:GetSystemInfo'],
    async run({ start }) {
      const peer = await start('mapper')
      const granularity = 65_536
      const size = 2 * granularity
      const mapping = await peer.must('CreateFileMapping', 'INVALID_HANDLE_VALUE', 'PAGE_READWRITE', size)
      for (const offset of [1, 4096, granularity - 4096, granularity + 4096]) {
        const view = await peer.call('MapViewOfFile', mapping, 'FILE_MAP_ALL_ACCESS', offset, 4096)
        expectOutcome(view, `MapViewOfFile at ${offset}`).toFail('ERROR_MAPPED_ALIGNMENT')
      }
      const whole = await viewOf(peer, mapping)
      await peer.must('memory-store', whole + granularity, 'second')
      const second = await peer.call('MapViewOfFile', mapping, 'FILE_MAP_ALL_ACCESS', granularity, 4096)
      expectOutcome(second, `MapViewOfFile at ${granularity}`).toSucceed()
      expectOutcome(await peer.call('memory-load', second.ret, 6), 'a load from there').toBring('second')
    },
  },
  {
    id: 'w32map.peer-terminated',
    mechanism: 'win-file-mapping',
    theme: 'crash',
    says: 'What a process stored before TerminateProcess is there for the survivor, who can go on with it.',
    cites: ['MS "Named Shared Memory"', 'MS:TerminateProcess'],
    async run(stage) {
      const { producer, consumer, name = '' } = await winFileMapping.open(stage)
      expectOutcome(await producer.store(4096, 'last words'), 'a store').toSucceed()
      expectOutcome(await producer.addMany(0, 1000), 'a thousand additions').toReturn(1000)
      await producer.peer.kill()
      expectOutcome(await consumer.load(4096, 10), 'a load').toBring('last words')
      expectOutcome(await consumer.addMany(0, 1), 'one more addition').toReturn(1001)
      const newcomer = await stage.start('newcomer')
      const mapping = await newcomer.must('OpenFileMapping', 'FILE_MAP_READ', 'FALSE', name)
      const view = await viewOf(newcomer, mapping, 'FILE_MAP_READ')
      expectOutcome(await newcomer.call('memory-load-word', view), 'a load of a newcomer').toReturn(1001)
    },
  },
]
