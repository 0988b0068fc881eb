/**
 * What a channel can carry at all. A cell that no machine could measure on it is known from its traits; where the limit is
 * the machine's own, it is asked of it, and the reason names what would raise it.
 */

import type { Cell, Limit } from '../model.ts'
import type { Channel, End, Mechanism } from '../pair/stage.ts'
import type { Launching } from './launcher.ts'
import { bufferOf, busyPolls } from './tuning.ts'

/** Why a mechanism of a system cannot measure a cell, whatever the machine; nothing when it can. */
export function unsuited(mechanism: Mechanism, cell: Cell): string | undefined {
  if (mechanism.kind !== 'channel') return undefined
  return tooLong(mechanism, cell) ?? untunable(mechanism, cell) ?? numbered(mechanism, cell)
}

function tooLong({ id, traits: { maxMessage } }: Channel, { size }: Cell): string | undefined {
  // What is taken in part is completed, as a write of a pipe is.
  if (maxMessage.is !== 'split-beyond' && maxMessage.is !== 'at-most') return undefined
  const { bytes } = maxMessage
  if (typeof bytes !== 'number' || size <= bytes) return undefined
  return `${id} carries at most ${bytes} bytes as one message, not ${size}`
}

function untunable(mechanism: Channel, { buffer, busyPollUs }: Cell): string | undefined {
  if (buffer !== undefined && bufferOf(mechanism) === undefined) {
    return `the room of ${mechanism.id} is decided when it is made, and its script leaves that to the system`
  }
  if (busyPollUs !== undefined && !busyPolls(mechanism)) {
    return `${mechanism.id} has no device that a receive could look at; sockets of the Internet have`
  }
  return undefined
}

/** Messages that may be lost bear numbers, and are stamped anew while the kernel may still have those before. */
function numbered({ id, traits }: Channel, { workload, method }: Cell): string | undefined {
  if (method !== 'zerocopy' || workload === 'pingpong' || traits.whenFull !== 'drops') return undefined
  return `a ${workload} over ${id} numbers its messages where they lie, and what is sent without a copy has to stay as it is`
}

/** Ends the launch as `unsupported` where messages are longer than this machine lets the channel carry. */
export async function needRoom({ stage, cell }: Launching, { id, traits }: Channel, senders: readonly End[]) {
  if (traits.maxMessage.is !== 'at-most') return
  const { bytes } = traits.maxMessage
  if (typeof bytes === 'number') return
  if ('sysctl' in bytes) return stage.need(...sysctls(bytes, cell.size))
  for (const { call, handle } of senders) {
    const { out } = await call('getsockopt', handle, 'SOL_SOCKET', 'SO_SNDBUF')
    const most = Number(out?.value) - bytes.sendBufferLess
    if (cell.size <= most) continue
    const reason = `with the send buffer that it has, ${id} carries at most ${most} bytes as one message, not ${cell.size}`
    stage.unsupported(`${reason}; a larger buffer carries more`)
  }
}

/** A message of System V that is longer than its queue may be would wait for ever. */
const sysctls = ({ sysctl }: Extract<Limit, { sysctl: string }>, atLeast: number) =>
  [sysctl, ...(sysctl === 'kernel/msgmax' ? ['kernel/msgmnb'] : [])].map((name) => ({ sysctl: name, atLeast }))
