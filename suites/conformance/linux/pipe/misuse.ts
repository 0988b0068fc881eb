/**
 * What a pipe refuses: there is no position in it, and each end works one way. The ends may not wait, so that a byte that
 * went astray is an error and not a silence.
 */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'

export const misuse: readonly SpecificCase[] = [
  {
    id: 'pipe.lseek-espipe',
    mechanism: 'pipe',
    theme: 'err',
    says: 'A pipe has no position: lseek, pread and pwrite fail with ESPIPE and move no byte.',
    cites: ['XSH lseek', 'XSH pread', 'XSH pwrite'],
    async run({ start }) {
      const owner = await start('owner')
      const [r, w] = await makePipe(owner, 'O_NONBLOCK')
      await owner.must('write', w, 'data')

      expectOutcome(await owner.call('lseek', r, 0, 'SEEK_SET'), 'lseek of the read end').toFail('ESPIPE')
      expectOutcome(await owner.call('lseek', w, 0, 'SEEK_CUR'), 'lseek of the write end').toFail('ESPIPE')
      expectOutcome(await owner.call('pread', r, 2, 0), 'pread').toFail('ESPIPE')
      expectOutcome(await owner.call('pwrite', w, 'more', 0), 'pwrite').toFail('ESPIPE')
      expectOutcome(await owner.call('read', r, 64), 'read').toBring('data')
    },
  },
  {
    id: 'pipe.wrong-end',
    mechanism: 'pipe',
    theme: 'err',
    says: 'The write end cannot be read and the read end cannot be written: both fail with EBADF.',
    cites: ['XSH read', 'XSH write', 'XSH pipe'],
    async run({ start }) {
      const owner = await start('owner')
      const [r, w] = await makePipe(owner, 'O_NONBLOCK')
      await owner.must('write', w, 'data')

      expectOutcome(await owner.call('read', w, 64), 'read of the write end').toFail('EBADF')
      expectOutcome(await owner.call('write', r, 'more'), 'write to the read end').toFail('EBADF')
      expectOutcome(await owner.call('read', r, 64), 'read of the read end').toBring('data')
    },
  },
]
