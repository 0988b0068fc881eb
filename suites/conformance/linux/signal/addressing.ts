/** Who is reached by a signal: a process, a group, oneself, one thread; and who may send it. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, mustBecomeNobody } from '../../../mechanisms/nobody.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { leave } from '../leaving.ts'
import { maskOf } from '../proc.ts'
import { namesNotedBy } from './noted.ts'

const noSuchSignal = 65

export const addressing: readonly SpecificCase[] = [
  {
    id: 'signal.kill-probe',
    mechanism: 'signal-standard',
    theme: 'err',
    core: true,
    says: 'The null signal tells who can be reached: the living and zombies, not who is reaped, ESRCH, or of another user, EPERM.',
    cites: ['XSH kill', 'kill(2)'],
    needs: anotherUser,
    async run(stage) {
      const { start } = stage
      const parent = await start('parent')
      const child = await parent.fork('child')
      const probe = () => parent.call('kill', child.pid, 0)
      expectOutcome(await probe(), 'the probe of a process').toReturn(0)
      expectOutcome(await parent.call('kill', child.pid, noSuchSignal), 'a signal that is none').toFail('EINVAL')
      expectOutcome(await parent.call('kill', child.pid, -1), 'a negative signal').toFail('EINVAL')

      await leave(child, 0)
      expectOutcome(await probe(), 'the probe of a zombie').toReturn(0)
      expectOutcome(await parent.call('waitpid', child.pid), 'waitpid').toGive('code', 0)
      expectOutcome(await probe(), 'the probe of nobody').toFail('ESRCH')

      const stranger = await start('stranger')
      await mustBecomeNobody(stage, stranger)
      expectOutcome(await stranger.call('kill', parent.pid, 0), 'the probe by another user').toFail('EPERM')
      expectOutcome(await stranger.call('kill', stranger.pid, 0), 'the probe of oneself').toReturn(0)
    },
  },
  {
    id: 'signal.process-group',
    mechanism: 'signal-standard',
    theme: 'data',
    says: 'kill of 0 or of a negative number and killpg reach every member of a process group, and nobody outside.',
    cites: ['XSH kill', 'XSH killpg'],
    async run({ start }) {
      const [sender, member, outsider] = [await start('sender'), await start('member'), await start('outsider')]
      await outsider.must('setpgid', 0, 0)
      const group = await sender.must('getpgid', 0)
      expectOutcome(await member.call('getpgid', 0), 'the group of the member').toReturn(group)
      const everybody = [sender, member, outsider]
      for (const peer of everybody) {
        for (const signal of ['SIGUSR1', 'SIGUSR2', 'SIGHUP']) await peer.must('sigaction', signal, 'note')
      }

      expectOutcome(await sender.call('kill', 0, 'SIGUSR1'), 'kill of 0').toReturn(0)
      for (const peer of [sender, member]) {
        expectValue(await namesNotedBy(peer), `what reached the ${peer.role}`).toEqual(['SIGUSR1'])
      }
      expectOutcome(await outsider.call('killpg', group, 'SIGUSR2'), 'killpg from outside').toReturn(0)
      expectOutcome(await outsider.call('kill', -group, 'SIGHUP'), 'kill of a negative number').toReturn(0)
      for (const peer of [sender, member]) {
        const reached = (await namesNotedBy(peer)).sort()
        expectValue(reached, `what reached the ${peer.role} from outside`).toEqual(['SIGHUP', 'SIGUSR2'])
      }
      expectValue(await namesNotedBy(outsider), 'what reached the outsider').toEqual([])
    },
  },
  {
    id: 'signal.self-delivery-before-return',
    mechanism: 'signal-standard',
    theme: 'order',
    says: 'A signal that a process sends to itself, and does not block, is delivered before kill returns.',
    cites: ['XSH kill'],
    async run({ start }) {
      const peer = await start('peer')
      await peer.must('sigaction', 'SIGUSR1', 'note')
      for (const times of [1, 2, 3]) {
        const sent = await peer.call('kill', peer.pid, 'SIGUSR1')
        expectOutcome(sent, 'kill').toGive('noted', times)
      }
      await peer.must('sigprocmask', 'SIG_BLOCK', ['SIGUSR1'])
      const held = await peer.call('kill', peer.pid, 'SIGUSR1')
      expectOutcome(held, 'kill with a signal that is blocked').toGive('noted', 3)
    },
  },
  {
    id: 'signal.sigpipe-thread-directed',
    mechanism: 'signal-standard',
    theme: 'signal',
    says: 'A blocked SIGPIPE pends on the thread that wrote and no other, as after tgkill; one that kill sent on the process.',
    cites: ['XSH write', 'XSH 2.4.1', 'proc_pid_status(5)', 'tgkill(2)'],
    async run({ start }) {
      const writer = await start('writer')
      const [idle] = await makePipe(writer)
      const [r, w] = await makePipe(writer)
      await writer.must('close', r)
      await writer.must('sigprocmask', 'SIG_BLOCK', ['SIGPIPE', 'SIGUSR1'])
      const other = await writer.must('thread', 'read', idle, 1)
      const pending = async () => ({
        writer: (await maskOf(writer, 'SigPnd')) !== 0n,
        other: (await maskOf(writer, 'SigPnd', other)) !== 0n,
        process: (await maskOf(writer, 'ShdPnd')) !== 0n,
      })
      const nowhere = { writer: false, other: false, process: false }
      const takeIt = async () =>
        expectOutcome(await writer.call('sigtimedwait', ['SIGPIPE'], 0), 'taking SIGPIPE').toSucceed()

      expectOutcome(await writer.call('write', w, 'x'), 'write').toFail('EPIPE')
      expectValue(await pending(), 'where it pends after the write').toEqual({ ...nowhere, writer: true })
      await takeIt()
      await writer.must('kill', writer.pid, 'SIGPIPE')
      expectValue(await pending(), 'where it pends after kill').toEqual({ ...nowhere, process: true })
      await takeIt()
      expectValue(await pending(), 'where it pends when it was taken').toEqual(nowhere)
      await writer.must('tgkill', writer.pid, other, 'SIGUSR1')
      expectValue(await pending(), 'where it pends after tgkill').toEqual({ ...nowhere, other: true })
    },
  },
]
