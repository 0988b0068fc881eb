/** Programs joined by a pipe, as a shell joins them. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'

type Words = readonly string[]

/** Runs `first | second`, and answers how to wait for each, and where the second one's output is read. */
async function pipeline(shell: Peer, first: Words, second: Words) {
  // Close-on-exec, as in a shell: a program has the two ends that it was given and no other.
  const [r, w] = await makePipe(shell, 'O_CLOEXEC')
  const [output, printed] = await makePipe(shell, 'O_CLOEXEC')
  const p1 = await shell.must('spawn', 'self', ['program', ...first], [[w, 1]])
  const p2 = await shell.must(
    'spawn',
    'self',
    ['program', ...second],
    [
      [r, 0],
      [printed, 1],
    ],
  )
  for (const end of [r, w, printed]) await shell.must('close', end)
  return { output, firstEnds: () => shell.call('waitpid', p1), secondEnds: () => shell.call('waitpid', p2) }
}

export const pipelines: readonly SpecificCase[] = [
  {
    id: 'pipe.shell-pipeline',
    mechanism: 'pipe',
    theme: 'data',
    core: true,
    says: 'In p1 | p2 the second reads what the first wrote, then its end; a first whose second has left dies of SIGPIPE.',
    cites: ['XCU 2.9.2', 'XSH dup2', 'pipe(7)'],
    async run({ start }) {
      const shell = await start('shell')

      const copied = await pipeline(shell, ['write', 'from p1'], ['cat'])
      expectOutcome(await copied.secondEnds(), 'waitpid of cat').toGive('code', 0)
      expectOutcome(await copied.firstEnds(), 'waitpid of write').toGive('code', 0)
      expectOutcome(await shell.call('read', copied.output, 64), 'read of what cat printed').toBring('from p1')
      expectOutcome(await shell.call('read', copied.output, 64), 'read at the end').toReturn(0)

      const cut = await pipeline(shell, ['flood'], ['head', '14'])
      expectOutcome(await cut.secondEnds(), 'waitpid of head').toGive('code', 0)
      expectOutcome(await cut.firstEnds(), 'waitpid of flood').toGive('signal', 'SIGPIPE')
      expectOutcome(await shell.call('read', cut.output, 64), 'read of what head printed').toBring('one more line\n')
      expectOutcome(await shell.call('read', cut.output, 64), 'read at the end').toReturn(0)
    },
  },
]
