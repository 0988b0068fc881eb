/** Which ends of a pipe a child has: all after fork, and after exec those that were not marked. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { numbersOut } from '../../../../harness/pair/wire.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'

/** How a program that the peer starts finds the descriptor. */
async function afterExec(peer: Peer, descriptor: number): Promise<'open' | 'closed'> {
  const child = await peer.must('spawn', 'self', ['program', 'check-handle', String(descriptor)])
  const { out } = await peer.call('waitpid', child)
  if (out?.code !== 0 && out?.code !== 1) throw new Error(`the program did not say: ${JSON.stringify(out)}`)
  return out.code === 0 ? 'open' : 'closed'
}

export const inheritance: readonly SpecificCase[] = [
  {
    id: 'pipe.cloexec-pipe2',
    mechanism: 'pipe',
    theme: 'naming',
    says: 'Both ends of pipe() are open after exec; both ends of pipe2(O_CLOEXEC) are open after fork and closed after exec.',
    cites: ['XSH pipe2', 'XSH exec', 'pipe(2)'],
    async run({ start }) {
      const parent = await start('parent')
      const plain = await makePipe(parent)
      const marked = await makePipe(parent, 'O_CLOEXEC')

      for (const end of plain) {
        expectOutcome(await parent.call('fcntl', end, 'F_GETFD'), 'F_GETFD after pipe').toGive('flags', '0')
        expectValue(await afterExec(parent, end), 'an end of pipe() after exec').toEqual('open')
      }
      const child = await parent.fork('child')
      for (const end of marked) {
        expectOutcome(await child.call('fcntl', end, 'F_GETFD'), 'F_GETFD after fork').toGive('flags', 'FD_CLOEXEC')
        expectValue(await afterExec(child, end), 'an end of pipe2(O_CLOEXEC) after exec').toEqual('closed')
      }
    },
  },
  {
    id: 'pipe.cloforkflag',
    mechanism: 'pipe',
    theme: 'naming',
    says: 'Both ends of pipe2(O_CLOFORK) are closed in a child of fork and stay open in its parent.',
    cites: ['XSH pipe2', 'XBD fcntl.h'],
    needs: [{ constant: 'O_CLOFORK' }],
    async run({ start, unsupported }) {
      const parent = await start('parent')
      const made = await parent.call('pipe2', 'O_CLOFORK')
      if (made.error === 'EINVAL') unsupported('the headers define O_CLOFORK, but this kernel does not know it')
      const [r, w] = numbersOut(made, 'fds') as [number, number]
      const child = await parent.fork('child')
      expectOutcome(await child.call('fcntl', r, 'F_GETFD'), 'F_GETFD of the read end').toFail('EBADF')
      expectOutcome(await child.call('fcntl', w, 'F_GETFD'), 'F_GETFD of the write end').toFail('EBADF')

      expectOutcome(await parent.call('write', w, 'still mine'), 'write by the parent').toReturn(10)
      expectOutcome(await parent.call('read', r, 64), 'read by the parent').toBring('still mine')
    },
  },
]
