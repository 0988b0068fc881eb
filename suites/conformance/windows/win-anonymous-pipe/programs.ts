/** Programs whose standard input and output are anonymous pipes. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { ended, startProgram } from '../programs.ts'
import { makePipe } from './made.ts'

export const programs: readonly SpecificCase[] = [
  {
    id: 'w32pipe.roundtrip-inherited',
    mechanism: 'win-anonymous-pipe',
    theme: 'data',
    core: true,
    says: 'A program that was started with STARTF_USESTDHANDLES reads and writes the inheritable ends of two pipes.',
    cites: ['MS:CreatePipe', 'MS "Creating a Child Process with Redirected Input and Output"'],
    async run({ start }) {
      const parent = await start('parent')
      const [input, toProgram] = await makePipe(parent)
      const [fromProgram, output] = await makePipe(parent)
      const cat = await startProgram(parent, ['cat'], { input, output })
      for (const end of [input, output]) await parent.must('CloseHandle', end)

      const said = { pattern: 3000, seed: 1 }
      expectOutcome(await parent.call('WriteFile', toProgram, said), 'WriteFile').toGive('transferred', 3000)
      expectOutcome(await parent.call('ReadFile', fromProgram, 4096), 'ReadFile of what came back').toBring(said)

      await parent.must('CloseHandle', toProgram)
      expectOutcome(await parent.call('ReadFile', fromProgram, 64), 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')
      expectOutcome(await ended(parent, cat), 'GetExitCodeProcess').toGive('code', 0)
    },
  },
  {
    id: 'w32pipe.program-piping-p1-p2',
    mechanism: 'win-anonymous-pipe',
    theme: 'data',
    core: true,
    says: 'In p1 | p2 the second reads what the first wrote, then its end; a first whose second has left is told so.',
    cites: ['MS:CreateProcessW', 'MS "STARTUPINFOW"', 'MS "Pipe Handle Inheritance"'],
    async run({ start }) {
      const shell = await start('shell')

      const pipeline = async (first: readonly string[], second: readonly string[]) => {
        const [r, w] = await makePipe(shell)
        const [printed, out] = await makePipe(shell)
        const p1 = await startProgram(shell, first, { output: w })
        const p2 = await startProgram(shell, second, { input: r, output: out })
        // With a copy left in the shell, neither would be told that the other has gone.
        for (const end of [r, w, out]) await shell.must('CloseHandle', end)
        return { p1, p2, printed }
      }

      const copied = await pipeline(['write', 'from p1'], ['cat'])
      expectOutcome(await ended(shell, copied.p1), 'GetExitCodeProcess of write').toGive('code', 0)
      expectOutcome(await ended(shell, copied.p2), 'GetExitCodeProcess of cat').toGive('code', 0)
      expectOutcome(await shell.call('ReadFile', copied.printed, 64), 'ReadFile of what cat printed').toBring('from p1')
      expectOutcome(await shell.call('ReadFile', copied.printed, 64), 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')

      const cut = await pipeline(['flood'], ['head', '14'])
      expectOutcome(await ended(shell, cut.p2), 'GetExitCodeProcess of head').toGive('code', 0)
      expectOutcome(await ended(shell, cut.p1), 'GetExitCodeProcess of flood').toGive('code', 1)
      const line = await shell.call('ReadFile', cut.printed, 64)
      expectOutcome(line, 'ReadFile of what head printed').toBring('one more line\n')
      expectOutcome(await shell.call('ReadFile', cut.printed, 64), 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')
    },
  },
]
