/** Descriptors of processes: they tell of an end, cannot be mistaken, and reach into a process. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, mustBecomeNobody } from '../../../mechanisms/nobody.ts'
import { leave } from '../leaving.ts'
import { namesNotedBy } from '../signal/noted.ts'

/** A child, and its parent's descriptor of it. */
async function familyOf(parent: Peer): Promise<{ child: Peer; process: number }> {
  const child = await parent.fork('child')
  return { child, process: await parent.must('pidfd_open', child.pid, 0) }
}

export const descriptors: readonly SpecificCase[] = [
  {
    id: 'pidfd.poll-exit',
    mechanism: 'pidfd',
    theme: 'crash',
    core: true,
    says: 'poll tells by POLLIN that the process has ended and waitid(P_PIDFD) how; once it is reaped poll adds POLLHUP.',
    cites: ['pidfd_open(2)', 'waitid(2)', 'poll(2)'],
    needs: [{ kernel: '6.9' }],
    async run({ start }) {
      const parent = await start('parent')
      const { child, process } = await familyOf(parent)
      expectOutcome(await parent.call('fcntl', process, 'F_GETFD'), 'F_GETFD').toGive('flags', 'FD_CLOEXEC')
      const poll = (milliseconds: number) => parent.call('poll', [[process, 'POLLIN']], milliseconds)
      expectOutcome(await poll(0), 'poll of a process that lives').toReturn(0)
      const waits = poll(60_000)
      await parent.blocked()
      await leave(child, 7)
      expectOutcome(await waits, 'the poll that had waited').toGive('revents', ['POLLIN'])

      const ended = await parent.call('waitid', 'P_PIDFD', process, 'WEXITED')
      const { code, pid, status } = (ended.out?.child ?? {}) as { code?: string; pid?: number; status?: number }
      expectValue([code ?? '', pid ?? 0, status ?? 0], 'what waitid tells').toEqual(['CLD_EXITED', child.pid, 7])
      expectOutcome(await poll(0), 'poll of a process that is reaped').toGive('revents', ['POLLIN|POLLHUP'])
      expectOutcome(await parent.call('waitid', 'P_PIDFD', process, 'WEXITED'), 'waitid again').toFail('ECHILD')
    },
  },
  {
    id: 'pidfd.send-signal',
    mechanism: 'pidfd',
    theme: 'signal',
    says: 'A signal sent by pidfd reaches the process; the null signal finds it, a zombie too, and fails with ESRCH once it is reaped.',
    cites: ['pidfd_send_signal(2)', 'pidfd_open(2)'],
    async run({ start }) {
      const parent = await start('parent')
      const { child, process } = await familyOf(parent)
      await child.must('sigaction', 'SIGUSR1', 'note')
      const send = (signal: string | number) => parent.call('pidfd_send_signal', process, signal)
      expectOutcome(await send(0), 'the probe of a process').toReturn(0)
      expectOutcome(await send('SIGUSR1'), 'SIGUSR1').toReturn(0)
      expectValue(await namesNotedBy(child), 'what the process notes').toEqual(['SIGUSR1'])

      await leave(child, 0)
      expectOutcome(await send(0), 'the probe of a zombie').toReturn(0)
      await parent.must('waitpid', child.pid)
      expectOutcome(await send(0), 'the probe of who is reaped').toFail('ESRCH')
      expectOutcome(await send('SIGKILL'), 'SIGKILL').toFail('ESRCH')
      expectOutcome(await parent.call('pidfd_open', child.pid, 0), 'pidfd_open of its number').toFail('ESRCH')
    },
  },
  {
    id: 'pidfd.getfd',
    mechanism: 'pidfd',
    theme: 'naming',
    says: "pidfd_getfd gives a process's descriptor to another: one eventfd, one count. No such descriptor: EBADF; no right: EPERM.",
    cites: ['pidfd_getfd(2)', 'ptrace(2)'],
    needs: [{ kernel: '5.6' }, ...anotherUser],
    async run(stage) {
      const { start } = stage
      const parent = await start('parent')
      const { child, process } = await familyOf(parent)
      const theirs = await child.must('eventfd', 5, 'EFD_NONBLOCK')
      const got = await parent.call('pidfd_getfd', process, theirs, 0)
      expectOutcome(got, 'pidfd_getfd').toSucceed()
      expectOutcome(await parent.call('fcntl', got.ret, 'F_GETFD'), 'F_GETFD').toGive('flags', 'FD_CLOEXEC')
      expectOutcome(await parent.call('eventfd-write', got.ret, 2), 'adding 2 to 5').toSucceed()
      expectOutcome(await child.call('eventfd-read', theirs), 'taking').toGive('value', 7)
      expectOutcome(await parent.call('eventfd-read', got.ret), 'taking what is taken').toFail('EAGAIN')
      expectOutcome(await parent.call('pidfd_getfd', process, 999, 0), 'pidfd_getfd of none').toFail('EBADF')

      const stranger = await start('stranger')
      const seen = await stranger.must('pidfd_open', child.pid, 0)
      await mustBecomeNobody(stage, stranger)
      expectOutcome(await stranger.call('pidfd_getfd', seen, theirs, 0), 'pidfd_getfd by another user').toFail('EPERM')
    },
  },
]
