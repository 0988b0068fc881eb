/**
 * What is set about an open channel before it is measured, by the calls with which a program would set it: buffers of
 * another size than they come in, a receive that looks at the device itself, and that TCP sends at once what it is given.
 * What the system grants is read back: less than was asked for is no measurement of what was asked for.
 */

import type { Cell, Os, Outcome } from '../model.ts'
import type { Channel, End } from '../pair/stage.ts'
import type { Launching } from './launcher.ts'

/** How the room of a link is set at one of its ends, in bytes; answers what was granted. */
interface Buffer {
  set(end: End, bytes: number): Promise<number>
  readonly remedy: string
}

const pipeSize: Buffer = {
  async set({ call, must, handle }, bytes) {
    await call('fcntl', handle, 'F_SETPIPE_SZ', bytes)
    return must('fcntl', handle, 'F_GETPIPE_SZ')
  },
  remedy: 'raise it: sysctl fs.pipe-max-size, or run as root',
}

const both = ['SO_SNDBUF', 'SO_RCVBUF'] as const
const socketOption = (end: End, option: string, value: number): Promise<Outcome> =>
  end.call('setsockopt', end.handle, 'SOL_SOCKET', option, value)

/** Both buffers of a socket. `counted`: how many times what one asks for the system says that it has. */
const socketBuffers = (counted: number, remedy: string): Buffer => ({
  async set(end, bytes) {
    const granted: number[] = []
    for (const option of both) {
      await socketOption(end, option, bytes)
      const { out } = await end.call('getsockopt', end.handle, 'SOL_SOCKET', option)
      granted.push(Number(out?.value) / counted)
    }
    return Math.min(...granted)
  },
  remedy,
})

const buffers: Readonly<Record<Os, { readonly [family in Channel['family']]?: Buffer }>> = {
  // socket(7): the kernel doubles the value, to have room for what it keeps beside the bytes.
  linux: { pipe: pipeSize, socket: socketBuffers(2, 'raise them: sysctl net.core.wmem_max net.core.rmem_max') },
  windows: { socket: socketBuffers(1, 'the system sets their limit') },
}
export const bufferOf = ({ os, family }: Channel): Buffer | undefined => buffers[os][family]

const internet: ReadonlySet<string> = new Set(['tcp', 'tcp6', 'udp', 'udp6'])
export const busyPolls = ({ id }: Channel): boolean => internet.has(id)

/** Those that hold back what is short, in the hope of more, until they are told not to. */
const hesitant: ReadonlySet<string> = new Set(['tcp', 'tcp6', 'winsock-tcp'])
/**
 * Where each message is timed. And where a sender waits until the kernel is done with what it has lent: that is when it was
 * acknowledged, which a receiver puts off for 40 ms while the rest is held back.
 */
const waitsForEach = ({ workload, method }: Cell): boolean =>
  workload === 'pingpong' || workload === 'openloop' || method === 'zerocopy'

export async function tune(launching: Launching, mechanism: Channel, ends: readonly End[]): Promise<void> {
  const { cell } = launching
  for (const end of ends) {
    if (hesitant.has(mechanism.id) && waitsForEach(cell)) {
      await end.must('setsockopt', end.handle, 'IPPROTO_TCP', 'TCP_NODELAY', 1)
    }
    if (cell.busyPollUs !== undefined) await pollBusily(launching, end, cell.busyPollUs)
    if (cell.buffer !== undefined) await enlarge(launching, mechanism, end, cell.buffer)
  }
}

async function pollBusily({ stage }: Launching, end: End, microseconds: number): Promise<void> {
  const { error } = await socketOption(end, 'SO_BUSY_POLL', microseconds)
  if (error !== undefined) {
    stage.unsupported(
      `setsockopt SO_BUSY_POLL fails with ${error}: it needs CAP_NET_ADMIN, and CONFIG_NET_RX_BUSY_POLL`,
    )
  }
}

async function enlarge({ stage }: Launching, mechanism: Channel, end: End, bytes: number): Promise<void> {
  const buffer = bufferOf(mechanism)
  if (buffer === undefined) return
  const granted = await buffer.set(end, bytes)
  if (granted < bytes) {
    stage.unsupported(`of the ${bytes} bytes asked for as a buffer ${granted} were granted; ${buffer.remedy}`)
  }
  stage.note('buffer', granted)
}
