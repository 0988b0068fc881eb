/** The end: what was sent is delivered first, then the receiver is told, and told again however often it asks. */

import { expectExit, expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Expected } from '../../../harness/model.ts'
import type { End, GenericCase } from '../../../harness/pair/stage.ts'
import { expectSent } from './shared.ts'

const cites = ['XSH read', 'pipe(7)', 'unix(7)', 'MS:ReadFile ERROR_BROKEN_PIPE']

const eofOnOrderlyClose: GenericCase = {
  id: 'x.eof-on-orderly-close',
  theme: 'eof',
  core: true,
  says: 'When the producer closes, what it sent is still delivered; then every receive sees the end.',
  cites,
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    expectSent(await producer.send('last words'), 'last words')
    expectOutcome(await producer.close(), 'the close').toSucceed()
    expectOutcome(await consumer.recv(64), 'the receive of what was sent').toBring('last words')
    await expectTheEnd(consumer, traits.peerGone)
  },
}

const eofOnProducerExit: GenericCase = {
  id: 'x.eof-on-producer-exit',
  theme: 'eof',
  says: 'A receiver that waits is told of the end when the producer exits without closing anything.',
  cites: [...cites, 'XSH _exit', 'MS:ExitProcess'],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    expectSent(await producer.send('last words'), 'last words')
    expectOutcome(await consumer.recv(64), 'the receive of what was sent').toBring('last words')
    const waiting = consumer.recv(64)
    await consumer.blocked()
    void producer.call('exit', 0)
    expectExit(await producer.peer.exit(), 'the producer').toHaveExitedWith(0)
    expectOutcome(await waiting, 'the receive that had waited').toBe(traits.peerGone)
    await expectTheEnd(consumer, traits.peerGone)
  },
}

const eofOnProducerSigkill: GenericCase = {
  id: 'x.eof-on-producer-sigkill',
  theme: 'crash',
  core: true,
  says: 'When the producer is killed, what was accepted from it is still delivered; then every receive sees the end.',
  cites: [...cites, 'signal(7) SIGKILL', 'MS:TerminateProcess'],
  async run({ open, traits, note }) {
    const { producer, consumer } = await open()
    expectSent(await producer.send('accepted'), 'accepted')
    const killed = performance.now()
    const killing = producer.peer.kill()
    expectOutcome(await consumer.recv(64), 'the receive of what was accepted').toBring('accepted')
    expectOutcome(await consumer.recv(64), 'the receive behind it').toBe(traits.peerGone)
    note('detectionMs', performance.now() - killed)
    await killing
    await expectTheEnd(consumer, traits.peerGone)
  },
}

async function expectTheEnd(consumer: End, peerGone: Expected): Promise<void> {
  expectOutcome(await consumer.recv(64), 'a receive at the end').toBe(peerGone)
  expectOutcome(await consumer.recv(64), 'one more receive at the end').toBe(peerGone)
}

export const endCases: readonly GenericCase[] = [eofOnOrderlyClose, eofOnProducerExit, eofOnProducerSigkill]
