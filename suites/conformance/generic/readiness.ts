/** How a receiver learns that something is there, or that nothing will come any more, without taking it. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { Out, Traits } from '../../../harness/model.ts'
import type { GenericCase, Link } from '../../../harness/pair/stage.ts'
import { listOut } from '../../../harness/pair/wire.ts'
import { expectSent } from './shared.ts'

const readinessNotification: GenericCase = {
  id: 'x.readiness-notification',
  theme: 'block',
  says: 'A receiver is told when nothing is there, when something has come, and when the producer has closed.',
  cites: ['XSH poll', 'poll(2)', 'MS:PeekNamedPipe'],
  async run({ open, traits, note }) {
    await tells[traits.readiness](await open(), traits, note)
  },
}

type Tells = (link: Link, traits: Traits, note: (name: string, value: Out) => void) => Promise<void>

const tells: Record<Traits['readiness'], Tells> = {
  async poll({ producer, consumer }, _, note) {
    expectOutcome(await consumer.ready(0), 'the poll of an empty link').toReturn(0)
    const polling = consumer.ready(60_000)
    await consumer.blocked()
    expectSent(await producer.send('here'), 'here')
    expectOutcome(await polling, 'the poll that had waited').toGive('revents', ['POLLIN'])
    expectOutcome(await consumer.ready(0), 'a poll before it is taken').toGive('revents', ['POLLIN'])
    expectOutcome(await consumer.recv(64), 'the receive').toBring('here')
    expectOutcome(await consumer.ready(0), 'a poll when it was taken').toReturn(0)
    const waiting = consumer.ready(60_000)
    await consumer.blocked()
    expectOutcome(await producer.close(), 'the close').toSucceed()
    const [revents] = listOut(await waiting, 'revents').map(String)
    expectValue(revents?.split('|').includes('POLLHUP') ?? false, `that ${revents} tells of the end`).toEqual(true)
    note('revents-at-the-end', revents ?? '')
  },
  async peek({ producer, consumer }, { peerGone }) {
    expectOutcome(await consumer.ready(0), 'the peek at an empty link').toGive('available', 0)
    expectSent(await producer.send('here'), 'here')
    expectOutcome(await consumer.ready(0), 'the peek').toGive('available', 4)
    expectOutcome(await consumer.ready(0), 'a peek once more').toGive('available', 4)
    expectOutcome(await consumer.recv(64), 'the receive').toBring('here')
    expectOutcome(await consumer.ready(0), 'a peek when it was taken').toGive('available', 0)
    expectOutcome(await producer.close(), 'the close').toSucceed()
    expectOutcome(await consumer.ready(0), 'a peek at the end').toBe(peerGone)
  },
}

export const readinessCases: readonly GenericCase[] = [readinessNotification]
