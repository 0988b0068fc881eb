/** Signals between parents and children, and what of all this a new process or a new program keeps. */

import { expectExit, expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { leave } from '../leaving.ts'
import { maskIn, maskOf, readText, readToEnd } from '../proc.ts'
import { namesNotedBy, notedBy } from './noted.ts'

/** What exec keeps, in hexadecimal, and what is handled: the bits of the case's own handler go, a program may set others. */
interface Masks {
  readonly kept: Readonly<Record<string, string>>
  readonly handled: bigint
}
const masksIn = (status: string): Masks => ({
  kept: Object.fromEntries(
    ['SigPnd', 'ShdPnd', 'SigBlk', 'SigIgn'].map((field) => [field, maskIn(status, field).toString(16)]),
  ),
  handled: maskIn(status, 'SigCgt'),
})

/** Becomes another program, which tells what it has of signals to `reader`. */
async function masksAfterExec(peer: Peer, reader: Peer, [r, w]: readonly [number, number]): Promise<Masks> {
  const status = await peer.must('open', '/proc/self/status', 'O_RDONLY')
  await peer.must('dup2', status, 0)
  await peer.must('dup2', w, 1)
  await peer.must('close', w)
  await reader.must('close', w)
  void peer.call('exec', 'self', ['program', 'cat'])
  expectExit(await peer.exit(), 'the program').toHaveExitedWith(0)
  return masksIn(await readToEnd(reader, r))
}

export const processes: readonly SpecificCase[] = [
  {
    id: 'signal.pending-fork-exec',
    mechanism: 'signal-standard',
    theme: 'persist',
    core: true,
    says: 'Nothing pends for a child of fork; exec keeps what pends, what is blocked and what is ignored, and no handler.',
    cites: ['XSH fork', 'XSH exec', 'proc_pid_status(5)'],
    async run({ start }) {
      const parent = await start('parent')
      const ends = await makePipe(parent)
      await parent.must('sigprocmask', 'SIG_BLOCK', ['SIGUSR1'])
      const others = await maskOf(parent, 'SigCgt')
      await parent.must('sigaction', 'SIGUSR2', 'note')
      await parent.must('sigaction', 'SIGHUP', 'SIG_IGN')
      await parent.must('kill', parent.pid, 'SIGUSR1')
      expectOutcome(await parent.call('sigpending'), 'sigpending of the parent').toGive('signals', ['SIGUSR1'])

      const child = await parent.fork('child')
      expectOutcome(await child.call('sigpending'), 'sigpending of the child').toGive('signals', [])
      expectOutcome(await child.call('sigprocmask', 'SIG_BLOCK', []), 'its mask').toGive('before', ['SIGUSR1'])
      for (const signal of ['SIGHUP', 'SIGUSR2']) await parent.must('kill', child.pid, signal)
      expectValue(await namesNotedBy(child), 'what the child notes').toEqual(['SIGUSR2'])

      const before = masksIn(await readText(parent, '/proc/thread-self/status'))
      const after = await masksAfterExec(parent, child, ends)
      expectValue(after.kept, 'what the program has').toEqual(before.kept)
      const own = before.handled & ~others
      expectValue(own.toString(16), 'what the handler added to the mask').toDifferFrom('0')
      expectValue((after.handled & own).toString(16), 'what the program has of it').toEqual('0')
    },
  },
  {
    id: 'signal.stop-continue',
    mechanism: 'signal-standard',
    theme: 'block',
    says: 'WUNTRACED tells of a stop; SIGTERM waits until SIGCONT, and SIGKILL ends even who is stopped.',
    cites: ['XSH waitpid', 'XSH kill', 'XSH 2.4.3', 'signal(7)'],
    async run({ start }) {
      const parent = await start('parent')
      const stop = async (child: Peer) => {
        void child.exit()
        await parent.must('kill', child.pid, 'SIGSTOP')
        const waited = await parent.call('waitpid', child.pid, 'WUNTRACED')
        expectOutcome(waited, 'waitpid').toGive('stopped', 'SIGSTOP')
        expectValue(await child.state(), 'the state of the child').toEqual('stopped')
      }

      const first = await parent.fork('first')
      await stop(first)
      await parent.must('kill', first.pid, 'SIGTERM')
      const pending = await maskOf(parent, 'ShdPnd', first.pid)
      expectValue(pending.toString(16), 'what pends before SIGCONT').toDifferFrom('0')
      expectOutcome(await parent.call('waitpid', first.pid, 'WNOHANG'), 'waitpid before SIGCONT').toReturn(0)
      await parent.must('kill', first.pid, 'SIGCONT')
      expectOutcome(await parent.call('waitpid', first.pid), 'waitpid after it').toGive('signal', 'SIGTERM')

      const second = await parent.fork('second')
      await stop(second)
      await parent.must('kill', second.pid, 'SIGKILL')
      expectOutcome(await parent.call('waitpid', second.pid), 'waitpid').toGive('signal', 'SIGKILL')
    },
  },
  {
    id: 'signal.sigchld-coalesce',
    mechanism: 'signal-standard',
    theme: 'order',
    says: 'Three children that end while SIGCHLD is blocked may be told of by one; waitpid finds all three, and then ECHILD.',
    cites: ['XSH waitpid', 'XSH 2.4.1'],
    async run({ start, note }) {
      const parent = await start('parent')
      await parent.must('sigprocmask', 'SIG_BLOCK', ['SIGCHLD'])
      await parent.must('sigaction', 'SIGCHLD', 'note')
      const children: Peer[] = []
      for (const role of ['first', 'second', 'third']) children.push(await parent.fork(role))
      for (const [index, child] of children.entries()) await leave(child, index + 1)
      await parent.must('sigprocmask', 'SIG_UNBLOCK', ['SIGCHLD'])
      const told = await notedBy(parent)
      expectValue(told.length, 'how many SIGCHLD were delivered').toBeBetween(1, children.length)
      expectValue([...new Set(told.map(({ code }) => code))], 'what they tell').toEqual(['CLD_EXITED'])
      note('delivered', told.length)

      const codes: number[] = []
      for (const _ of children) codes.push(Number((await parent.call('waitpid', -1, 'WNOHANG')).out?.code))
      expectValue(codes.sort(), 'the codes that waitpid finds').toEqual([1, 2, 3])
      expectOutcome(await parent.call('waitpid', -1, 'WNOHANG'), 'the next waitpid').toFail('ECHILD')
    },
  },
  {
    id: 'signal.sigchld-ignore',
    mechanism: 'signal-standard',
    theme: 'cleanup',
    says: 'Who ignores SIGCHLD, or sets SA_NOCLDWAIT, has no zombies: wait waits for the last child, and fails with ECHILD.',
    cites: ['XSH exit', 'XSH sigaction', 'XSH waitpid'],
    async run({ start }) {
      const parent = await start('parent')
      for (const [handler, flags] of [
        ['SIG_IGN', 0],
        ['note', 'SA_NOCLDWAIT|SA_RESTART'],
      ] as const) {
        await parent.must('sigaction', 'SIGCHLD', handler, flags)
        const child = await parent.fork(handler === 'note' ? 'second' : 'first')
        const waits = parent.call('waitpid', -1)
        await parent.blocked()
        await leave(child, 3)
        expectOutcome(await waits, 'waitpid').toFail('ECHILD')
        expectOutcome(await parent.call('kill', child.pid, 0), 'the probe of the child').toFail('ESRCH')
      }
    },
  },
  {
    id: 'signal.pdeathsig',
    mechanism: 'signal-standard',
    theme: 'crash',
    says: 'Who asked for it by PR_SET_PDEATHSIG gets that signal when its parent ends, and its own child does not inherit it.',
    cites: ['PR_SET_PDEATHSIG(2const)'],
    async run({ start }) {
      const parent = await start('parent')
      const child = await parent.fork('child')
      await child.must('sigprocmask', 'SIG_BLOCK', ['SIGUSR1'])
      await child.must('prctl', 'PR_SET_PDEATHSIG', 'SIGUSR1')
      const grandchild = await child.fork('grandchild')
      expectOutcome(await child.call('prctl', 'PR_GET_PDEATHSIG'), 'of the child').toGive('signal', 'SIGUSR1')
      expectOutcome(await grandchild.call('prctl', 'PR_GET_PDEATHSIG'), 'of its child').toGive('signal', null)

      const waits = child.call('sigwaitinfo', ['SIGUSR1'])
      await child.blocked()
      const { pid } = parent
      await leave(parent, 0)
      const { signal, pid: from } = ((await waits).out?.signal ?? {}) as { signal?: string; pid?: number }
      expectValue([signal ?? '', from ?? 0], 'the signal and its sender').toEqual(['SIGUSR1', pid])
      expectOutcome(await grandchild.call('sigpending'), 'what pends for the grandchild').toGive('signals', [])
    },
  },
]
