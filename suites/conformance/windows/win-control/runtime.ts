/** The signals of the C runtime, of which Windows has six. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'

const supported = ['SIGABRT', 'SIGFPE', 'SIGILL', 'SIGINT', 'SIGSEGV', 'SIGTERM']

/** SIGHUP, SIGQUIT, SIGKILL, SIGUSR1, SIGPIPE, SIGALRM and SIGCHLD of other systems; no header here has them. */
const signalsOfPosix = [1, 3, 9, 10, 13, 14, 17]
const noSignalAnywhere = 99

export const runtimeSignals: readonly SpecificCase[] = [
  {
    id: 'w32ctrl.crt-signal-subset',
    mechanism: 'win-console-control',
    theme: 'err',
    says: 'signal() takes SIGABRT, SIGFPE, SIGILL, SIGINT, SIGSEGV and SIGTERM; any other number is SIG_ERR, and errno EINVAL.',
    cites: ['MS CRT signal'],
    async run({ start, note }) {
      const peer = await start('peer')
      for (const signal of supported) {
        expectOutcome(await peer.call('signal', signal, 'SIG_IGN'), `signal of ${signal}`).toReturn(0)
        expectOutcome(await peer.call('signal', signal, 'SIG_DFL'), `signal of ${signal} once more`).toReturn(1)
      }
      for (const number of signalsOfPosix) {
        const refused = await peer.call('signal', number, 'SIG_IGN')
        expectOutcome(refused, `signal of ${number}`).toReturn(-1)
        note(`errno of ${number}`, refused.out?.errno ?? null)
      }
      const refused = await peer.call('signal', noSignalAnywhere, 'SIG_IGN')
      expectOutcome(refused, `signal of ${noSignalAnywhere}`).toReturn(-1)
      expectOutcome(refused, `signal of ${noSignalAnywhere}`).toGive('errno', 'EINVAL')
    },
  },
]
