/** What signals do of themselves, by which number `kill` knows them, and which two nobody can do anything about. */

import { expectExit, expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { namesNotedBy } from './noted.ts'

/** The numbers that POSIX fixes for the utility. */
const portable = [
  ['1', 'SIGHUP'],
  ['2', 'SIGINT'],
  ['3', 'SIGQUIT'],
  ['6', 'SIGABRT'],
  ['14', 'SIGALRM'],
  ['15', 'SIGTERM'],
] as const

const terminating = [
  ...['SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGILL', 'SIGTRAP', 'SIGABRT', 'SIGBUS', 'SIGFPE', 'SIGKILL', 'SIGUSR1'],
  ...['SIGSEGV', 'SIGUSR2', 'SIGPIPE', 'SIGALRM', 'SIGTERM', 'SIGXCPU', 'SIGXFSZ', 'SIGVTALRM', 'SIGPROF', 'SIGIO'],
  ...['SIGSYS', 'SIGSTKFLT', 'SIGPWR', 'SIGRTMIN', 'SIGRTMIN+1', 'SIGRTMAX'],
]
const ignored = ['SIGCHLD', 'SIGURG', 'SIGWINCH', 'SIGCONT']
const stopping = ['SIGSTOP', 'SIGTSTP', 'SIGTTIN', 'SIGTTOU']

/** A shell sends the signal of that number; answers its exit code. */
async function killByNumber(sender: Peer, number: string, pid: number): Promise<number> {
  const shell = await sender.must('spawn', 'sh', ['-c', `kill -${number} ${pid}`])
  return Number((await sender.call('waitpid', shell)).out?.code)
}

async function expectStopsAndContinues(parent: Peer, child: Peer, signal: string): Promise<void> {
  expectOutcome(await parent.call('kill', child.pid, signal), `kill with ${signal}`).toReturn(0)
  const stopped = await parent.call('waitpid', child.pid, 'WUNTRACED')
  expectOutcome(stopped, `what became of it after ${signal}`).toGive('stopped', signal)
  expectOutcome(await parent.call('kill', child.pid, 'SIGCONT'), 'kill with SIGCONT').toReturn(0)
  const continued = await parent.call('waitpid', child.pid, 'WCONTINUED')
  expectOutcome(continued, 'what became of it after SIGCONT').toGive('continued', true)
}

export const actions: readonly SpecificCase[] = [
  {
    id: 'signal.portable-numbers',
    mechanism: 'signal-standard',
    theme: 'naming',
    core: true,
    says: 'kill knows the null signal by 0 and HUP, INT, QUIT, ABRT, KILL, ALRM, TERM by 1, 2, 3, 6, 9, 14, 15.',
    cites: ['XCU kill', 'XBD signal.h'],
    async run({ start, unsupported }) {
      const [sender, target] = [await start('sender'), await start('target')]
      for (const [, signal] of portable) await target.must('sigaction', signal, 'note')
      const probed = await killByNumber(sender, '0', target.pid)
      if (probed === 127) unsupported("no program 'sh' is found here; install a shell")
      expectValue(probed, 'the exit code of kill -0').toEqual(0)
      expectValue(await namesNotedBy(target), 'what kill -0 sent').toEqual([])

      for (const [number, signal] of portable) {
        expectValue(await killByNumber(sender, number, target.pid), `the exit code of kill -${number}`).toEqual(0)
        expectValue(await namesNotedBy(target), `what kill -${number} sent`).toEqual([signal])
      }
      const gone = target.exit()
      expectValue(await killByNumber(sender, '9', target.pid), 'the exit code of kill -9').toEqual(0)
      expectExit(await gone, 'the target').toBeKilledBy('SIGKILL')
    },
  },
  {
    id: 'signal.default-actions',
    mechanism: 'signal-standard',
    theme: 'data',
    core: true,
    says: 'Left to itself each signal ends its process, stops it, lets it go on, or does nothing, as the standard lists.',
    cites: ['XBD signal.h', 'signal(7)'],
    async run({ start }) {
      const parent = await start('parent')
      await parent.must('prctl', 'PR_SET_DUMPABLE', 0) // no core: where it goes is the machine's affair
      for (const signal of terminating) {
        const child = await parent.fork(signal.replace('+', '-'))
        void child.exit()
        expectOutcome(await parent.call('kill', child.pid, signal), `kill with ${signal}`).toReturn(0)
        expectOutcome(await parent.call('waitpid', child.pid), `the end by ${signal}`).toGive('signal', signal)
      }

      const survivor = await parent.fork('survivor')
      for (const signal of ignored) {
        expectOutcome(await parent.call('kill', survivor.pid, signal), `kill with ${signal}`).toReturn(0)
        expectOutcome(await survivor.call('getpid'), `getpid after ${signal}`).toReturn(survivor.pid)
      }
      for (const signal of stopping) await expectStopsAndContinues(parent, survivor, signal)
      expectOutcome(await survivor.call('getpid'), 'getpid after all').toReturn(survivor.pid)
    },
  },
  {
    id: 'signal.uncatchable',
    mechanism: 'signal-standard',
    theme: 'err',
    says: 'SIGKILL and SIGSTOP can be neither caught nor ignored, EINVAL, and a mask that names them does not hold them.',
    cites: ['XSH sigaction', 'XSH sigprocmask', 'signal(7)'],
    async run({ start }) {
      const peer = await start('peer')
      for (const signal of ['SIGKILL', 'SIGSTOP']) {
        expectOutcome(await peer.call('sigaction', signal, 'note'), `catching ${signal}`).toFail('EINVAL')
        expectOutcome(await peer.call('sigaction', signal, 'SIG_IGN'), `ignoring ${signal}`).toFail('EINVAL')
      }
      const blocking = await peer.call('sigprocmask', 'SIG_BLOCK', ['SIGKILL', 'SIGSTOP', 'SIGUSR1'])
      expectOutcome(blocking, 'sigprocmask').toReturn(0)
      expectOutcome(await peer.call('sigprocmask', 'SIG_BLOCK', []), 'the mask').toGive('before', ['SIGUSR1'])
    },
  },
]
