/**
 * A whole life: create, connect, a first byte, close, again and again. The mechanism's own script says how it begins, and
 * the calls that undo what it made how it ends. Processes are there already. Where one of them would inherit from the other,
 * one lives alone.
 */

import type { Arg, Measures } from '../../model.ts'
import { crcOf } from '../../pair/bytes.ts'
import type { Mechanism } from '../../pair/stage.ts'
import { commonMemory } from '../common-memory.ts'
import { type ByKind, forKind, type Launching, mechanismCalled } from '../launcher.ts'
import { paceOptions, seatsOf } from '../loops.ts'
import { agree, askBoth, askSide, awakeOption, commonMeasures, cpuOption, latencyOf, memberIn } from '../sides.ts'
import { type Recorder, recorder } from '../story.ts'
import { nobody } from './baseline.ts'

/** Room for the board of native/workloads/lifecycle.cc. */
const boardBytes = 16_384

const byte = 'x'
const crc = crcOf(Buffer.from(byte))

/** Opens it and has it carry its first byte, or what it has in a byte's place. */
const beginnings: ByKind<(recorded: Recorder) => Promise<void>> = {
  channel: (_, mechanism) => async (recorded) => {
    const { producer, consumer } = await mechanism.open(recorded.stage)
    await first(recorded, () => producer.send(byte))
    await last(recorded, () => consumer.recv(1))
  },
  memory: (_, mechanism) => async (recorded) => {
    const { producer, consumer } = await mechanism.open(recorded.stage)
    await first(recorded, () => producer.store(0, byte))
    await last(recorded, () => consumer.load(0, 1))
  },
  counter: (_, mechanism) => async (recorded) => {
    const { producer, consumer } = await mechanism.open(recorded.stage)
    await first(recorded, () => producer.add())
    await last(recorded, () => consumer.take())
  },
}

/** Of one that is alone, what was received counts once. */
function first(recorded: Recorder, carry: () => Promise<unknown>): Promise<unknown> {
  recorded.enter('first-byte')
  if (!recorded.forked) recorded.carrying(crc)
  return carry()
}
function last(recorded: Recorder, carry: () => Promise<unknown>): Promise<unknown> {
  recorded.carrying(crc)
  return carry()
}

async function recordedLife(launching: Launching, mechanism: Mechanism): Promise<Recorder> {
  const recorded = recorder(launching.stage)
  await launching.stage.need(...(mechanism.needs ?? []))
  await forKind(beginnings, launching, mechanism)(recorded)
  recorded.enter('close')
  await recorded.undo()
  return recorded
}

export async function lifecycle(launching: Launching): Promise<Measures> {
  const { stage, cell } = launching
  const recorded = await recordedLife(launching, mechanismCalled(cell.mechanism, launching))
  const { producer, consumer } = recorded.real
  const story = recorded.told()
  const seats = await seatsOf(launching, producer)
  const waiting: Arg[] = [['wait', cell.placement === 'cross-core' ? 'spin' : 'yield']]
  const leading = [...waiting, ...paceOptions(launching), ...cpuOption(seats?.producer)]
  if (recorded.forked) {
    const [board] = (await commonMemory(stage, [producer], boardBytes)) as [number]
    const words = ['lifecycle', 'alone', [board], story, leading] as const
    const said = await askSide({ name: 'producer', peer: producer, words })
    const common = { ...commonMeasures(said, said, said), consumer: nobody, alone: true as const }
    return { ...common, latency: latencyOf(said), stages: stagesOf(said) }
  }
  const [at, other] = (await commonMemory(stage, [producer, consumer], boardBytes)) as [number, number]
  const [lead, follow] = await askBoth(
    {
      name: 'producer',
      peer: producer,
      words: ['lifecycle', 'leader', [at], story, [...leading, ...awakeOption(cell, seats)]],
    },
    {
      name: 'consumer',
      peer: consumer,
      words: ['lifecycle', 'follower', [other], story, [...waiting, ...cpuOption(seats?.consumer)]],
    },
  )
  const common = commonMeasures(lead, follow, lead)
  agree(common)
  return { ...common, latency: latencyOf(lead), stages: stagesOf(lead) }
}

const stagesOf = (outcome: Parameters<typeof memberIn>[0]) =>
  memberIn(outcome, 'stages') as unknown as NonNullable<Measures['stages']>
