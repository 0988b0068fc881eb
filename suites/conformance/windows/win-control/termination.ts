/** TerminateProcess: the end of a process that nobody in it learns of. */

import { expectExit, expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { winEvent } from '../../../mechanisms/win-event.ts'
import { wait } from '../win-sync/objects.ts'

export const termination: readonly SpecificCase[] = [
  {
    id: 'w32ctrl.terminate-exit-code',
    mechanism: 'win-console-control',
    theme: 'crash',
    core: true,
    says: 'TerminateProcess ends a process with the code that it is given, and none of its handlers runs.',
    cites: ['MS:TerminateProcess', 'MS:GetExitCodeProcess', 'MS "Terminating a Process"'],
    async run(stage) {
      const { producer: victim, consumer: killer } = await winEvent.open(stage)
      const handle = () => victim.must('signal', 'SIGTERM', 'note', victim.handle)
      await handle()
      await victim.must('raise', 'SIGTERM')
      expectOutcome(await killer.tryTake(), 'what a handler that ran has set').toGive('result', 'WAIT_OBJECT_0')
      // A handler is good for once.
      await handle()
      await victim.must('SetConsoleCtrlHandler', 'note', 'TRUE', victim.handle)

      const access = 'PROCESS_TERMINATE|SYNCHRONIZE|PROCESS_QUERY_LIMITED_INFORMATION'
      const process = await killer.must('OpenProcess', access, 'FALSE', victim.peer.pid)
      const exit = victim.peer.exit()
      expectOutcome(await killer.call('TerminateProcess', process, 42), 'TerminateProcess').toSucceed()
      expectOutcome(await wait(killer, process), 'the wait for its end').toGive('result', 'WAIT_OBJECT_0')
      expectOutcome(await killer.call('GetExitCodeProcess', process), 'GetExitCodeProcess').toGive('code', 42)
      expectExit(await exit, 'the victim').toHaveExitedWith(42)
      expectOutcome(await killer.tryTake(), 'what no handler has set').toGive('result', 'WAIT_TIMEOUT')
    },
  },
]
