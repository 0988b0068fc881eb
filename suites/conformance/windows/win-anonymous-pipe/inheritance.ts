/** Which ends of an anonymous pipe a child has: those that may be inherited, and of these, with a list, the listed. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from './made.ts'

/**
 * The ends get numbers higher than any that a child has for things of its own: in the child they stand for these ends or
 * for nothing.
 */
async function makeTellingPipe(parent: Peer): Promise<readonly [r: number, w: number]> {
  await parent.must('repeat', 300, 0, 'CreateEvent', 'FALSE', 'FALSE')
  return makePipe(parent)
}

/** The child has the read end and not the write end. */
async function expectReadEndOnly(parent: Peer, child: Peer, [r, w]: readonly [number, number]): Promise<void> {
  expectOutcome(await child.call('GetHandleInformation', w), 'the write end in the child').toFail(
    'ERROR_INVALID_HANDLE',
  )
  expectOutcome(await child.call('WriteFile', w, 'x'), 'WriteFile by the child').toFail('ERROR_INVALID_HANDLE')

  await parent.must('WriteFile', w, 'for you')
  expectOutcome(await child.call('ReadFile', r, 64), 'ReadFile by the child').toBring('for you')
  // A write end that was inherited under any number would keep the pipe from ending.
  await parent.must('CloseHandle', w)
  expectOutcome(await child.call('ReadFile', r, 64), 'ReadFile at the end').toFail('ERROR_BROKEN_PIPE')
}

export const inheritance: readonly SpecificCase[] = [
  {
    id: 'w32pipe.setnoninherit',
    mechanism: 'win-anonymous-pipe',
    theme: 'naming',
    says: 'An end whose HANDLE_FLAG_INHERIT was taken away is no handle in a child: ERROR_INVALID_HANDLE.',
    cites: ['MS:SetHandleInformation', 'MS "Pipe Handle Inheritance"'],
    async run({ start }) {
      const parent = await start('parent')
      const [r, w] = await makeTellingPipe(parent)
      await parent.must('SetHandleInformation', w, 'HANDLE_FLAG_INHERIT', 0)
      expectOutcome(await parent.call('GetHandleInformation', w), 'the write end').toGive('flags', '0')
      expectOutcome(await parent.call('GetHandleInformation', r), 'the read end').toGive('flags', 'HANDLE_FLAG_INHERIT')

      const child = await parent.fork('child')
      await expectReadEndOnly(parent, child, [r, w])
    },
  },
  {
    id: 'w32pipe.handle-list',
    mechanism: 'win-anonymous-pipe',
    theme: 'naming',
    says: 'With PROC_THREAD_ATTRIBUTE_HANDLE_LIST a child has the listed end and not the other, though both may be inherited.',
    cites: ['MS:UpdateProcThreadAttribute'],
    async run({ start }) {
      const parent = await start('parent')
      const [r, w] = await makeTellingPipe(parent)
      const sibling = await parent.fork('sibling')
      expectOutcome(await sibling.call('GetHandleInformation', w), 'the write end without a list').toSucceed()
      await sibling.must('CloseHandle', w)

      const child = await parent.fork('child', [r])
      await expectReadEndOnly(parent, child, [r, w])
    },
  },
]
