/** Names and handles of objects: who made them first, who finds them, and when they are gone. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase, Words } from '../../../../harness/pair/stage.ts'
import { winEvent } from '../../../mechanisms/win-event.ts'
import { autoReset, newEvent, openEvent, wait } from './objects.ts'

/** Each sort of object: made so that one wait is over at once; made so that none is; opened. */
const sorts: readonly { sort: string; free(name: string): Words; taken(name: string): Words; open: string }[] = [
  {
    sort: 'Event',
    free: (name) => ['CreateEvent', 'FALSE', 'TRUE', name],
    taken: (name) => ['CreateEvent', 'FALSE', 'FALSE', name],
    open: 'EVENT_ALL_ACCESS',
  },
  {
    sort: 'Semaphore',
    free: (name) => ['CreateSemaphore', 1, 1, name],
    taken: (name) => ['CreateSemaphore', 0, 1, name],
    open: 'SEMAPHORE_ALL_ACCESS',
  },
  {
    sort: 'Mutex',
    free: (name) => ['CreateMutex', 'FALSE', name],
    taken: (name) => ['CreateMutex', 'TRUE', name],
    open: 'MUTEX_ALL_ACCESS',
  },
]

export const objectNames: readonly SpecificCase[] = [
  {
    id: 'w32sync.create-existing',
    mechanism: 'win-event',
    theme: 'naming',
    says: 'To create what exists gives a handle of it and ERROR_ALREADY_EXISTS; the state that was asked for is ignored.',
    cites: ['MS:CreateEventW', 'MS:CreateSemaphoreW', 'MS:CreateMutexW'],
    async run({ start, names }) {
      const [maker, second] = [await start('maker'), await start('second')]
      for (const { sort, free, taken } of sorts) {
        const name = names.object(sort.toLowerCase())
        await maker.must(...free(name))
        const again = await second.call(...taken(name))
        expectOutcome(again, `Create${sort} of what exists`).toFail('ERROR_ALREADY_EXISTS')
        const state = await wait(second, again.ret, 0)
        expectOutcome(state, `a wait through the handle of Create${sort}`).toGive('result', 'WAIT_OBJECT_0')
      }
    },
  },
  {
    id: 'w32sync.open-missing-case',
    mechanism: 'win-event',
    theme: 'naming',
    says: 'To open a name that is not there, or is written with other capitals, fails with ERROR_FILE_NOT_FOUND.',
    cites: ['MS:OpenMutexW', 'MS:OpenEventW', 'MS:OpenSemaphoreW'],
    async run({ start, names }) {
      const [maker, opener] = [await start('maker'), await start('opener')]
      for (const { sort, free, open } of sorts) {
        const name = names.object('Name')
        const opened = (as: string) => opener.call(`Open${sort}`, open, 'FALSE', as)
        expectOutcome(await opened(name), `Open${sort} before there is one`).toFail('ERROR_FILE_NOT_FOUND')
        await maker.must(...free(name))
        const otherwise = name.replace(/Name$/, 'nAME')
        expectOutcome(await opened(otherwise), `Open${sort} in other capitals`).toFail('ERROR_FILE_NOT_FOUND')
        expectOutcome(await opened(name), `Open${sort}`).toSucceed()
      }
    },
  },
  {
    id: 'w32sync.lifetime-last-handle',
    mechanism: 'win-event',
    theme: 'persist',
    says: 'A name is there as long as anybody has a handle, and goes with the last, closed by hand or by the end of a process.',
    cites: ['MS "Object Names"', 'MS:CreateEventW'],
    async run(stage) {
      const { producer, consumer, name = '' } = await winEvent.open(stage)
      const third = await stage.start('third')
      const probe = async () => {
        const opened = await openEvent(third, name)
        if (opened.error === undefined) await third.must('CloseHandle', opened.ret)
        return opened
      }
      await producer.must('CloseHandle', producer.handle)
      expectOutcome(await probe(), 'OpenEvent while another has a handle').toSucceed()
      await consumer.must('CloseHandle', consumer.handle)
      expectOutcome(await probe(), 'OpenEvent after the last handle').toFail('ERROR_FILE_NOT_FOUND')

      await newEvent(producer.peer, autoReset, name)
      expectOutcome(await probe(), 'OpenEvent of the name made anew').toSucceed()
      await producer.peer.kill()
      expectOutcome(await probe(), 'OpenEvent after its maker was terminated').toFail('ERROR_FILE_NOT_FOUND')
    },
  },
  {
    id: 'w32sync.duplicate-handle',
    mechanism: 'win-event',
    theme: 'naming',
    says: 'DuplicateHandle gives another process a handle that works as far as it may: one to wait with cannot set the event.',
    cites: ['MS:DuplicateHandle', 'MS "Synchronization Object Security and Access Rights"'],
    async run({ start }) {
      const [owner, other] = [await start('owner'), await start('other')]
      const event = await newEvent(owner, autoReset)
      const self = await owner.must('GetCurrentProcess')
      const target = await owner.must('OpenProcess', 'PROCESS_DUP_HANDLE', 'FALSE', other.pid)
      const given = await owner.call('DuplicateHandle', self, event, target, 'SYNCHRONIZE', 'FALSE', 0)
      expectOutcome(given, 'DuplicateHandle').toSucceed()
      const handle = Number(given.out?.handle)

      expectOutcome(await other.call('SetEvent', handle), 'SetEvent through it').toFail('ERROR_ACCESS_DENIED')
      const waiting = wait(other, handle)
      await other.blocked()
      expectOutcome(await owner.call('SetEvent', event), 'SetEvent by the owner').toSucceed()
      expectOutcome(await waiting, 'the wait through it').toGive('result', 'WAIT_OBJECT_0')
    },
  },
]
