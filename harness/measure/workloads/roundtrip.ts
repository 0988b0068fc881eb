/**
 * The closed loop over a procedure of another process: the caller calls, and every byte of each answer is compared. The
 * server is inside the call that serves until it is killed, and says nothing of itself: how often it was called it is asked
 * by a call, what it has spent is known when it has ended, of its whole life, and divided by all that it carried.
 */

import type { Exit, Measures, SideCost, Usage } from '../../model.ts'
import type { Call, CallEnd, Stage } from '../../pair/stage.ts'
import { listOut } from '../../pair/wire.ts'
import type { Launching } from '../launcher.ts'
import { paceOptions, seatsOf } from '../loops.ts'
import type { Seats } from '../placement.ts'
import { askSide, awakeOption, commonMeasures, cpuOption, latencyOf, numberIn, Voided } from '../sides.ts'

export async function roundtrip(launching: Launching, mechanism: Call): Promise<Measures> {
  const { cell, stage } = launching
  const { maxArgument } = mechanism.traits
  if (maxArgument.is === 'at-most' && cell.size > maxArgument.bytes) {
    stage.unsupported(`${mechanism.id} carries at most ${maxArgument.bytes} bytes as one argument, not ${cell.size}`)
  }
  await stage.need(...(mechanism.needs ?? []))
  let seats: Seats
  const { producer, consumer } = await mechanism.open(seated(launching, (known) => (seats = known)))
  const before = await executionsOf(producer)
  const said = await askSide({
    name: 'producer',
    peer: producer.peer,
    words: [
      'roundtrip',
      [...producer.io.echo(producer.handle, { pattern: cell.size, seed: 0 })],
      [['size', cell.size], ...paceOptions(launching), ...awakeOption(cell, seats), ...cpuOption(seats?.producer)],
    ],
  })
  const calls = numberIn(said, 'calls')
  // Its own two askings are two calls more: the first is counted by the second.
  const carriedOut = (await executionsOf(producer)) - before - 1
  const agrees = mechanism.traits.execution === 'at-least-once' ? carriedOut >= calls : carriedOut === calls
  if (!agrees) throw new Voided(`the ends do not agree: ${calls} calls were made, and ${carriedOut} were carried out`)
  const common = commonMeasures(said, said, said)
  // Nobody has counted the system calls of either side, which are the library's own.
  const { syscalls: _, ...caller } = common.producer
  const server = shareOf(await consumer.peer.kill(), caller, caller.messages / (2 * calls))
  return { ...common, producer: caller, consumer: server, latency: latencyOf(said) }
}

/** A server is inside one call for the rest of its life, and has to have its processor before that. */
const seated = (launching: Launching, tell: (seats: Seats) => void): Stage => ({
  ...launching.stage,
  async start(role) {
    const peer = await launching.stage.start(role)
    const seats = await seatsOf(launching, peer)
    tell(seats)
    if (role === 'consumer' && seats !== undefined) await peer.must('stay-on', [seats.consumer])
    return peer
  },
})

/** How often the server was called before it was asked. */
async function executionsOf(caller: CallEnd): Promise<number> {
  const asked = await caller.executions()
  if (asked.error !== undefined) throw new Voided(`the server cannot be asked how often it was called: ${asked.error}`)
  return Number(listOut(asked, 'results')[0]) - 1
}

const noUsage: Usage = {
  userNs: 0,
  systemNs: 0,
  voluntarySwitches: 0,
  involuntarySwitches: 0,
  minorFaults: 0,
  maxRssKib: 0,
}

/** What of a whole life belongs to the messages that were measured: their share of all of them. */
function shareOf({ usage = noUsage }: Exit, caller: SideCost, share: number): SideCost {
  const part = Object.entries(usage).map(([what, much]) => [what, what === 'maxRssKib' ? much : much * share])
  return { ...caller, usage: Object.fromEntries(part) as Usage }
}
