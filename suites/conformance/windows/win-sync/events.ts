/** Events: whom they let go, and how two processes hand a turn to each other by them. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../../harness/model.ts'
import type { Peer, SpecificCase, Stage } from '../../../../harness/pair/stage.ts'
import { winEvent } from '../../../mechanisms/win-event.ts'
import { autoReset, manualReset, newEvent, openEvent, wait } from './objects.ts'

type Reset = 'auto-reset' | 'manual-reset'
const argumentFor: Record<Reset, string> = { 'auto-reset': autoReset, 'manual-reset': manualReset }

/** An event that one process sets, and two others that wait for it. */
async function setterAndTwo({ start, names }: Stage, reset: Reset) {
  const name = names.object(reset)
  const setter = await start(`${reset}-setter`)
  const event = await newEvent(setter, argumentFor[reset], name)
  const waiters: Peer[] = []
  const waiting: Promise<{ readonly peer: Peer; readonly outcome: Outcome }>[] = []
  for (const which of ['first', 'second']) {
    const peer = await start(`${reset}-${which}`)
    const opened = await openEvent(peer, name)
    waiters.push(peer)
    waiting.push(wait(peer, opened.ret).then((outcome) => ({ peer, outcome })))
    await peer.blocked()
  }
  return { setter, event, waiters, waiting }
}

export const events: readonly SpecificCase[] = [
  {
    id: 'w32sync.event-manual-auto',
    mechanism: 'win-event',
    theme: 'block',
    core: true,
    says: 'Setting an auto-reset event lets one of two waits go; a manual-reset event lets all go until it is reset.',
    cites: ['MS:CreateEventW', 'MS:SetEvent', 'MS:ResetEvent'],
    async run(stage) {
      const auto = await setterAndTwo(stage, 'auto-reset')
      expectOutcome(await auto.setter.call('SetEvent', auto.event), 'SetEvent').toSucceed()
      const { peer, outcome } = await Promise.race(auto.waiting)
      expectOutcome(outcome, 'the wait that was let go').toGive('result', 'WAIT_OBJECT_0')
      for (const other of auto.waiters) if (other !== peer) await other.blocked()
      expectOutcome(await wait(auto.setter, auto.event, 0), 'a wait after it').toGive('result', 'WAIT_TIMEOUT')

      const manual = await setterAndTwo(stage, 'manual-reset')
      expectOutcome(await manual.setter.call('SetEvent', manual.event), 'SetEvent').toSucceed()
      for (const { outcome } of await Promise.all(manual.waiting)) {
        expectOutcome(outcome, 'each of the waits').toGive('result', 'WAIT_OBJECT_0')
      }
      const still = await wait(manual.setter, manual.event, 0)
      expectOutcome(still, 'a wait while it is set').toGive('result', 'WAIT_OBJECT_0')
      expectOutcome(await manual.setter.call('ResetEvent', manual.event), 'ResetEvent').toSucceed()
      const reset = await wait(manual.setter, manual.event, 0)
      expectOutcome(reset, 'a wait once it is reset').toGive('result', 'WAIT_TIMEOUT')
    },
  },
  {
    id: 'w32sync.signal-and-wait',
    mechanism: 'win-event',
    theme: 'atomic',
    says: 'Two processes that hand the turn to each other by SignalObjectAndWait do so ten thousand times and miss none.',
    cites: ['MS:SignalObjectAndWait'],
    async run(stage) {
      const { producer, consumer } = await winEvent.open(stage)
      const back = stage.names.object('back')
      const waits = await newEvent(producer.peer, autoReset, back)
      const { ret: answers } = await openEvent(consumer.peer, back)

      const times = 10_000
      const handing = (signalled: number, awaited: number) =>
        ['SignalObjectAndWait', signalled, awaited, 'INFINITE'] as const
      const serving = consumer.call(
        'in-turn',
        1,
        ['WaitForSingleObject', consumer.handle, 'INFINITE'],
        ['repeat', times - 1, 0, ...handing(answers, consumer.handle)],
        ['SetEvent', answers],
      )
      await consumer.blocked()
      const handed = await producer.call('repeat', times, 0, ...handing(producer.handle, waits))
      expectOutcome(handed, 'SignalObjectAndWait').toSucceed()
      expectOutcome(handed, 'the results of all').toGive('tally', [{ ret: 0, count: times }])
      expectOutcome(await serving, 'the other side').toSucceed()
      for (const left of [await wait(producer, waits, 0), await consumer.tryTake()]) {
        expectOutcome(left, 'a wait for a signal that is left').toGive('result', 'WAIT_TIMEOUT')
      }
    },
  },
]
