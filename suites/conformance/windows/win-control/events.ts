/** Control events of a console: which processes of it they reach. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { listOut } from '../../../../harness/pair/wire.ts'
import { echoInConsole } from '../../../mechanisms/win-console-control.ts'
import { wait } from '../win-sync/objects.ts'

/** STATUS_CONTROL_C_EXIT: what the handler ends a process with that has no other. */
const statusControlCExit = 0xc000013a

export const controlEvents: readonly SpecificCase[] = [
  {
    id: 'w32ctrl.ctrl-break-group',
    mechanism: 'win-console-control',
    theme: 'signal',
    says: 'CTRL_BREAK_EVENT ends the process group that it is sent to and no other process; CTRL_C_EVENT does not reach a new group.',
    cites: ['MS:GenerateConsoleCtrlEvent', 'MS "Process Creation Flags" CREATE_NEW_PROCESS_GROUP', 'MS:HandlerRoutine'],
    async run({ start }) {
      const shell = await start('shell')
      const program = await echoInConsole(shell, 'CREATE_NEW_PROCESS_GROUP')
      await program.expectAlive('before')
      expectOutcome(await shell.call('AttachConsole', program.pid), 'AttachConsole').toSucceed()
      await shell.must('SetConsoleCtrlHandler', 'note', 'TRUE')

      const interrupted = await shell.call('GenerateConsoleCtrlEvent', 'CTRL_C_EVENT', program.pid)
      expectOutcome(interrupted, 'GenerateConsoleCtrlEvent of CTRL_C_EVENT').toSucceed()
      await program.expectAlive('after CTRL_C_EVENT')

      const broken = await shell.call('GenerateConsoleCtrlEvent', 'CTRL_BREAK_EVENT', program.pid)
      expectOutcome(broken, 'GenerateConsoleCtrlEvent of CTRL_BREAK_EVENT').toSucceed()
      expectOutcome(await wait(shell, program.process), 'the wait for the program').toGive('result', 'WAIT_OBJECT_0')
      const code = await shell.call('GetExitCodeProcess', program.process)
      expectOutcome(code, 'GetExitCodeProcess').toGive('code', statusControlCExit)
      const noted = listOut(await shell.call('noted-control-events'), 'events')
      expectValue([...noted], 'the events that the shell itself got').toEqual([])
    },
  },
]
