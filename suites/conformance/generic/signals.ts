/** A signal handler that runs while its process waits in a receive. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { Traits } from '../../../harness/model.ts'
import type { GenericCase, Link } from '../../../harness/pair/stage.ts'
import { listOut } from '../../../harness/pair/wire.ts'
import { expectSent } from './shared.ts'

const eintrRestart: GenericCase = {
  id: 'x.eintr-restart',
  theme: 'signal',
  says: 'A handler ends a receive that waits with EINTR, unless it was set to restart calls: then the receive goes on.',
  cites: ['XSH sigaction SA_RESTART', 'signal(7)', 'XSH read EINTR'],
  exempts: ({ traits }) => whyUninterrupted[traits.interrupted],
  async run({ open, traits }) {
    await afterASignal[traits.interrupted](await open())
  },
}

const whyUninterrupted: Record<Traits['interrupted'], string | undefined> = {
  'eintr-or-restart': undefined,
  'no-signals': 'its system has no signals that interrupt a call',
}

const afterASignal: Record<Traits['interrupted'], (link: Link) => Promise<void>> = {
  async 'eintr-or-restart'({ producer, consumer }) {
    await consumer.must('sigaction', 'SIGUSR1', 'note', 0)
    const interrupted = consumer.recv(64)
    await consumer.blocked()
    await consumer.peer.signal('SIGUSR1')
    expectOutcome(await interrupted, 'the receive that was interrupted').toFail('EINTR')

    await consumer.must('sigaction', 'SIGUSR2', 'note', 'SA_RESTART')
    const restarted = consumer.recv(64)
    await consumer.blocked()
    await consumer.peer.signal('SIGUSR2')
    // To be sent a signal wakes a process there and then: one that waits again has been through its handler.
    await consumer.blocked()
    expectSent(await producer.send('after all'), 'after all')
    expectOutcome(await restarted, 'the receive that was restarted').toBring('after all')

    const noted = listOut(await consumer.call('noted-signals'), 'signals') as readonly { readonly signal: string }[]
    expectValue(
      noted.map((each) => each.signal),
      'the signals that were handled',
    ).toEqual(['SIGUSR1', 'SIGUSR2'])
  },
  async 'no-signals'() {},
}

export const signalCases: readonly GenericCase[] = [eintrRestart]
