/** File mappings as objects: how they come to be by a name, who else has the name, and when it goes. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { memorySize } from '../../../mechanisms/mappings.ts'
import { winFileMapping } from '../../../mechanisms/win-file-mapping.ts'
import { viewOf } from '../../../mechanisms/win-views.ts'

/** CreateFileMapping of the paging file. */
export const createMapping = (peer: Pick<Peer, 'call'>, name: string) =>
  peer.call('CreateFileMapping', 'INVALID_HANDLE_VALUE', 'PAGE_READWRITE', memorySize, name)

const openMapping = (peer: Pick<Peer, 'call'>, name: string) =>
  peer.call('OpenFileMapping', 'FILE_MAP_ALL_ACCESS', 'FALSE', name)

const expectWord = async (peer: Peer, address: number, word: number, what: string): Promise<void> =>
  expectOutcome(await peer.call('memory-load-word', address), what).toReturn(word)

export const objects: readonly SpecificCase[] = [
  {
    id: 'w32map.pagefile-shared',
    mechanism: 'win-file-mapping',
    theme: 'data',
    core: true,
    says: 'A second CreateFileMapping of a name gives the same memory, of zeros at first, and says ERROR_ALREADY_EXISTS.',
    cites: ['MS:CreateFileMappingW', 'MS "Creating Named Shared Memory"'],
    async run({ start, names }) {
      const [parent, child] = [await start('parent'), await start('child')]
      const name = names.object('memory')
      const made = await createMapping(parent, name)
      expectOutcome(made, 'the first CreateFileMapping').toSucceed()
      const mine = await viewOf(parent, made.ret)
      await expectWord(parent, mine, 0, 'a load of what nobody stored')
      await parent.must('memory-store-word', mine, 0xcafe)

      const again = await createMapping(child, name)
      expectOutcome(again, 'the second CreateFileMapping').toFail('ERROR_ALREADY_EXISTS')
      const yours = await viewOf(child, again.ret)
      await expectWord(child, yours, 0xcafe, 'a load of the child')
      await child.must('memory-store-word', yours + 4, 0xbeef)
      await expectWord(parent, mine + 4, 0xbeef, 'a load of the parent')
    },
  },
  {
    id: 'w32map.open-missing',
    mechanism: 'win-file-mapping',
    theme: 'naming',
    says: 'OpenFileMapping of a name that nobody has made fails with ERROR_FILE_NOT_FOUND, and A is another name than a.',
    cites: ['MS:OpenFileMappingW', 'MS:CreateFileMappingW'],
    async run({ start, names }) {
      const [maker, opener] = [await start('maker'), await start('opener')]
      const name = names.object('memory')
      expectOutcome(await openMapping(opener, name), 'OpenFileMapping before it is made').toFail('ERROR_FILE_NOT_FOUND')
      expectOutcome(await createMapping(maker, name), 'CreateFileMapping').toSucceed()
      expectOutcome(await openMapping(opener, name), 'OpenFileMapping').toSucceed()
      const louder = name.replace(/memory$/, 'MEMORY')
      expectOutcome(await openMapping(opener, louder), 'OpenFileMapping in capitals').toFail('ERROR_FILE_NOT_FOUND')
    },
  },
  {
    id: 'w32map.lifetime-last-handle',
    mechanism: 'win-file-mapping',
    theme: 'persist',
    core: true,
    says: 'A name goes with the last handle, though a view is still mapped; made anew, it is another memory.',
    cites: ['Wine test_MapViewOfFile', 'MS "Object Names"', 'MS:CreateFileMappingW'],
    async run(stage) {
      const { producer, consumer, name = '' } = await winFileMapping.open(stage)
      await producer.store(0, 'of old')
      await producer.must('CloseHandle', Number(producer.inherits))
      expectOutcome(await openMapping(producer, name), 'OpenFileMapping with one handle left').toSucceed()
      await producer.peer.kill()
      await consumer.must('CloseHandle', Number(consumer.inherits))

      const newcomer = await stage.start('newcomer')
      expectOutcome(await openMapping(newcomer, name), 'OpenFileMapping').toFail('ERROR_FILE_NOT_FOUND')
      const anew = await createMapping(newcomer, name)
      expectOutcome(anew, 'CreateFileMapping').toSucceed()
      const view = await viewOf(newcomer, anew.ret)
      await expectWord(newcomer, view, 0, 'a load from the new memory')
      await newcomer.must('memory-store', view, 'by now')
      expectOutcome(await consumer.load(0, 6), 'a load from the old').toBring('of old')
    },
  },
  {
    id: 'w32map.name-clash-other-type',
    mechanism: 'win-file-mapping',
    theme: 'naming',
    says: 'CreateFileMapping by the name of an event or a mutex fails with ERROR_INVALID_HANDLE.',
    cites: ['MS:CreateFileMappingW', 'MS "Object Names"'],
    async run({ start, names }) {
      const peer = await start('maker')
      const [event, mutex] = [names.object('event'), names.object('mutex')]
      await peer.must('CreateEvent', 'FALSE', 'FALSE', event)
      await peer.must('CreateMutex', 'FALSE', mutex)
      for (const name of [event, mutex]) {
        expectOutcome(await createMapping(peer, name), 'CreateFileMapping').toFail('ERROR_INVALID_HANDLE')
      }
      expectOutcome(await createMapping(peer, names.object('memory')), 'that of a free name').toSucceed()
    },
  },
]
