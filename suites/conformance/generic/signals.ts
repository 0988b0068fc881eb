/** A signal handler that runs while its process waits in a receive. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { CommonTraits, Outcome } from '../../../harness/model.ts'
import type { GenericCase, Grip } from '../../../harness/pair/stage.ts'
import { listOut } from '../../../harness/pair/wire.ts'
import { nobodyWaits, rowsOf } from './rows.ts'
import { expectSent } from './shared.ts'

const eintrRestart: GenericCase = {
  id: 'x.eintr-restart',
  theme: 'signal',
  says: 'A handler ends a call that waits with EINTR; set to restart calls it lets the call go on, where that is promised.',
  cites: ['XSH sigaction SA_RESTART', 'signal(7)', 'XSH read EINTR', 'XSH semop EINTR', 'XSH pthread_mutex_lock'],
  exempts: ({ traits }) => whyUninterrupted[traits.interrupted],
  rows: rowsOf(nobodyWaits, {
    async channel({ open, traits }) {
      const { producer, consumer } = await open()
      await afterASignal[traits.interrupted]({
        waiter: consumer,
        wait: () => consumer.recv(64),
        async end() {
          expectSent(await producer.send('after all'), 'after all')
        },
      })
    },
    async counter({ open, traits }) {
      const { producer, consumer } = await open()
      await afterASignal[traits.interrupted]({ waiter: consumer, wait: consumer.take, end: succeeding(producer.add) })
    },
    async lock({ open, traits }) {
      const { producer, consumer } = await open()
      expectOutcome(await producer.acquire(), 'acquiring').toSucceed()
      const end = succeeding(producer.release)
      await afterASignal[traits.interrupted]({ waiter: consumer, wait: consumer.acquire, end })
    },
    async event({ open, traits }) {
      const { producer, consumer } = await open()
      await afterASignal[traits.interrupted]({ waiter: consumer, wait: consumer.wait, end: succeeding(producer.wake) })
    },
  }),
}

/** What waits, how, and what ends the wait. */
interface Wait {
  readonly waiter: Grip
  wait(): Promise<Outcome>
  end(): Promise<void>
}

const succeeding = (what: () => Promise<Outcome>) => async () =>
  expectOutcome(await what(), 'what ends the wait').toSucceed()

const whyUninterrupted: Record<CommonTraits['interrupted'], string | undefined> = {
  'eintr-or-restart': undefined,
  'always-eintr': undefined,
  'always-restarts': undefined,
  'no-signals': 'its system has no signals that interrupt a call',
  'never-waits': 'no call of it ever waits',
}

const afterASignal: Record<CommonTraits['interrupted'], (wait: Wait) => Promise<void>> = {
  async 'eintr-or-restart'(wait) {
    await isInterrupted(wait, 'SIGUSR1', 0)
    await goesOn(wait, 'SIGUSR2', 'SA_RESTART')
    await expectNoted(wait, ['SIGUSR1', 'SIGUSR2'])
  },
  async 'always-eintr'(wait) {
    await isInterrupted(wait, 'SIGUSR1', 0)
    await isInterrupted(wait, 'SIGUSR2', 'SA_RESTART')
    await expectNoted(wait, ['SIGUSR1', 'SIGUSR2'])
  },
  async 'always-restarts'(wait) {
    await goesOn(wait, 'SIGUSR1', 0)
    await expectNoted(wait, ['SIGUSR1'])
  },
  async 'no-signals'() {},
  async 'never-waits'() {},
}

async function isInterrupted({ waiter, wait }: Wait, signal: string, flags: string | number): Promise<void> {
  await waiter.must('sigaction', signal, 'note', flags)
  const interrupted = wait()
  await waiter.blocked()
  await waiter.peer.signal(signal)
  expectOutcome(await interrupted, `the wait that ${signal} interrupted`).toFail('EINTR')
}

async function goesOn({ waiter, wait, end }: Wait, signal: string, flags: string | number): Promise<void> {
  await waiter.must('sigaction', signal, 'note', flags)
  const restarted = wait()
  await waiter.blocked()
  await waiter.peer.signal(signal)
  // To be sent a signal wakes a process there and then: one that waits again has been through its handler.
  await waiter.blocked()
  await end()
  expectOutcome(await restarted, 'the wait that went on').toSucceed()
}

async function expectNoted({ waiter }: Wait, signals: readonly string[]): Promise<void> {
  const noted = listOut(await waiter.call('noted-signals'), 'signals') as readonly { readonly signal: string }[]
  expectValue(
    noted.map((each) => each.signal),
    'the signals that were handled',
  ).toEqual([...signals])
}

export const signalCases: readonly GenericCase[] = [eintrRestart]
