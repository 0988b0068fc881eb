/** Waits: for nothing, for several objects at once, for the end of a process. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { autoReset, newEvent, openEvent, wait } from './objects.ts'

/** What the headers of Windows call WAIT_TIMEOUT and STILL_ACTIVE. */
const waitTimeout = 258
const stillActive = 259

export const waits: readonly SpecificCase[] = [
  {
    id: 'w32sync.wait-timeout',
    mechanism: 'win-event',
    theme: 'block',
    says: 'A wait of no time for what is not set gives WAIT_TIMEOUT, and that is no error: the last error is untouched.',
    cites: ['MS:WaitForSingleObject'],
    async run({ start }) {
      const waiter = await start('waiter')
      const event = await newEvent(waiter, autoReset)
      const waited = await wait(waiter, event, 0)
      expectOutcome(waited, 'WaitForSingleObject').toReturn(waitTimeout)
      expectOutcome(waited, 'WaitForSingleObject').toGive('result', 'WAIT_TIMEOUT')
      expectOutcome(waited, 'WaitForSingleObject').toGive('lastError', 0)
      const wrong = await wait(waiter, 0, 0)
      expectOutcome(wrong, 'WaitForSingleObject of no handle').toFail('ERROR_INVALID_HANDLE')
    },
  },
  {
    id: 'w32sync.wait-multiple',
    mechanism: 'win-event',
    theme: 'block',
    says: 'A wait for all takes nothing until all are set at once; a wait for any tells the first in the list that is set.',
    cites: ['MS:WaitForMultipleObjects'],
    async run({ start, names }) {
      const [setter, waiter] = [await start('setter'), await start('waiter')]
      const both = [names.object('one'), names.object('two')]
      const [one = 0, two = 0] = [
        await newEvent(setter, autoReset, both[0]),
        await newEvent(setter, autoReset, both[1]),
      ]
      const opened = await Promise.all(both.map(async (name) => (await openEvent(waiter, name)).ret))

      const waiting = waiter.call('WaitForMultipleObjects', opened, 'TRUE', 'INFINITE')
      await waiter.blocked()
      await setter.must('SetEvent', one)
      await waiter.blocked()
      expectOutcome(await wait(setter, one, 0), 'that the first is set still').toGive('result', 'WAIT_OBJECT_0')
      await setter.must('SetEvent', two)
      await waiter.blocked()
      await setter.must('SetEvent', one)
      expectOutcome(await waiting, 'the wait for all').toGive('result', 'WAIT_OBJECT_0')
      for (const event of [one, two]) {
        expectOutcome(await wait(setter, event, 0), 'a wait for each').toGive('result', 'WAIT_TIMEOUT')
      }

      for (const event of [two, one]) await setter.must('SetEvent', event)
      const any = () => waiter.call('WaitForMultipleObjects', opened, 'FALSE', 0)
      expectOutcome(await any(), 'the first wait for any').toReturn(0)
      expectOutcome(await any(), 'the second wait for any').toReturn(1)
      expectOutcome(await any(), 'the third wait for any').toGive('result', 'WAIT_TIMEOUT')
    },
  },
  {
    id: 'w32sync.process-handle-signalled',
    mechanism: 'win-event',
    theme: 'crash',
    says: 'A wait for a process is over when it exits, and GetExitCodeProcess gives its code, STILL_ACTIVE before.',
    cites: ['MS:WaitForSingleObject', 'MS:GetExitCodeProcess', 'MS:OpenProcess'],
    async run({ start }) {
      const [watcher, watched] = [await start('watcher'), await start('watched')]
      const process = await watcher.must(
        'OpenProcess',
        'SYNCHRONIZE|PROCESS_QUERY_LIMITED_INFORMATION',
        'FALSE',
        watched.pid,
      )
      const code = () => watcher.call('GetExitCodeProcess', process)
      expectOutcome(await code(), 'GetExitCodeProcess of what runs').toGive('code', stillActive)
      const waiting = wait(watcher, process)
      await watcher.blocked()
      void watched.call('exit', 7)
      await watched.exit()
      expectOutcome(await waiting, 'the wait').toGive('result', 'WAIT_OBJECT_0')
      expectOutcome(await code(), 'GetExitCodeProcess').toGive('code', 7)
      expectOutcome(await wait(watcher, process, 0), 'one more wait').toGive('result', 'WAIT_OBJECT_0')
    },
  },
]
