/** How a receiver learns that something is there, or that nothing will come any more, without taking it. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { ChannelTraits } from '../../../harness/model.ts'
import type { CounterEnd, GenericCase, Link } from '../../../harness/pair/stage.ts'
import { listOut } from '../../../harness/pair/wire.ts'
import { nobodyWaits, rowsOf } from './rows.ts'
import { byKind, expectSent } from './shared.ts'

const readinessNotification: GenericCase = {
  id: 'x.readiness-notification',
  theme: 'block',
  says: 'A receiver is told when nothing is there, when something has come, and when the producer has closed, if it ever is.',
  cites: ['XSH poll', 'poll(2)', 'mq_overview(7)', 'eventfd(2)', 'MS:PeekNamedPipe'],
  exempts: ({ kind, traits }) => {
    if (kind === 'channel' && traits.readiness.is === 'none') return cannotBePolled
    if (kind === 'counter' && traits.readiness === 'none') return cannotBePolled
    return undefined
  },
  rows: rowsOf(
    { ...nobodyWaits, lock: 'a lock cannot be polled', event: 'it cannot be polled' },
    {
      async channel({ open, traits, note }) {
        const link = await open()
        await byKind<ChannelTraits['readiness'], Promise<void>>(traits.readiness, {
          poll: async ({ there = 'POLLIN', atEnd }) => {
            await pollTells(link, there)
            note('revents-at-the-end', await tellsTheEnd[atEnd](link))
          },
          peek: () => peekTells(link, traits),
          async none() {},
        })
      },
      async counter({ open }) {
        const { producer, consumer } = await open()
        expectOutcome(await consumer.ready(0), 'the poll of an empty counter').toReturn(0)
        const polling = consumer.ready(60_000)
        await consumer.blocked()
        expectOutcome(await producer.add(), 'adding').toSucceed()
        await expectReady(await polling, consumer)
        expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
        expectOutcome(await consumer.ready(0), 'the poll when it was taken').toReturn(0)
      },
    },
  ),
}

const cannotBePolled = 'nothing tells that something is there but taking it'

async function expectReady(polled: Awaited<ReturnType<CounterEnd['ready']>>, consumer: CounterEnd): Promise<void> {
  expectOutcome(polled, 'the poll that had waited').toGive('revents', ['POLLIN'])
  expectOutcome(await consumer.ready(0), 'a poll before it is taken').toGive('revents', ['POLLIN'])
}

async function pollTells({ producer, consumer }: Link, there: string): Promise<void> {
  expectOutcome(await consumer.ready(0), 'the poll of an empty link').toReturn(0)
  const polling = consumer.ready(60_000)
  await consumer.blocked()
  expectSent(await producer.send('here'), 'here')
  expectOutcome(await polling, 'the poll that had waited').toGive('revents', [there])
  expectOutcome(await consumer.ready(0), 'a poll before it is taken').toGive('revents', [there])
  expectOutcome(await consumer.recv(64), 'the receive').toBring('here')
  expectOutcome(await consumer.ready(0), 'a poll when it was taken').toReturn(0)
}

type AtEnd = Extract<ChannelTraits['readiness'], { is: 'poll' }>['atEnd']

/** A poll that waits while the producer closes, or one afterwards where it is never told; answers what was told. */
const tellsTheEnd: Record<AtEnd, (link: Link) => Promise<string>> = {
  POLLHUP: (link) => isTold(link, 'POLLHUP'),
  POLLIN: (link) => isTold(link, 'POLLIN'),
  async nothing({ producer, consumer }) {
    expectOutcome(await producer.close(), 'the close').toSucceed()
    expectOutcome(await consumer.ready(0), 'a poll at the end').toReturn(0)
    return ''
  },
}

async function isTold({ producer, consumer }: Link, event: string): Promise<string> {
  const waiting = consumer.ready(60_000)
  await consumer.blocked()
  expectOutcome(await producer.close(), 'the close').toSucceed()
  const [revents = ''] = listOut(await waiting, 'revents').map(String)
  expectValue(revents.split('|'), 'what tells of the end').toContain(event)
  return revents
}

async function peekTells({ producer, consumer }: Link, { peerGone }: ChannelTraits): Promise<void> {
  const peekGives = async (available: number, what: string) =>
    expectOutcome(await consumer.ready(0), what).toGive('available', available)
  await peekGives(0, 'the peek at an empty link')
  expectSent(await producer.send('here'), 'here')
  await peekGives(4, 'the peek')
  await peekGives(4, 'a peek once more')
  expectOutcome(await consumer.recv(64), 'the receive').toBring('here')
  await peekGives(0, 'a peek when it was taken')
  expectOutcome(await producer.close(), 'the close').toSucceed()
  if (peerGone !== 'never-told') expectOutcome(await consumer.ready(0), 'a peek at the end').toBe(peerGone)
}

export const readinessCases: readonly GenericCase[] = [readinessNotification]
