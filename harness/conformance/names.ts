/** Names for the objects of one case, each carrying the run's prefix so that a sweep finds what a dead run left. */

import type { Agent } from '../pair/agent.ts'
import { crcOf } from '../pair/bytes.ts'
import type { Names } from '../pair/stage.ts'

/** `scope` tells the objects of one case from another's. */
export function namesOf(agent: Agent, scope: string): Names {
  let made = 0
  const separator = agent.info.os === 'windows' ? '\\' : '/'
  const own = (stem: string) => `${scope}-${++made}-${stem}`
  return {
    path: (stem) => `${agent.folder}${separator}${own(stem)}`,
    pipe: (stem) => `\\\\.\\pipe\\${agent.prefix}-${own(stem)}`,
    mailslot: (stem) => `\\\\.\\mailslot\\${agent.prefix}-${own(stem)}`,
    object: (stem) => `Local\\${agent.prefix}-${own(stem)}`,
    abstract: (stem) => `@${agent.prefix}-${own(stem)}`,
    posix: (stem) => `/${agent.prefix}-${own(stem)}`,
    endpoint: (stem) => `ipcmark-${keyFrom(crcOf(Buffer.from(`${agent.prefix}-${own(stem)}`)))}`,
    key: (stem) => keyFrom(crcOf(Buffer.from(`${agent.prefix}-${own(stem)}`))),
    address: (family) => addresses[family](crcOf(Buffer.from(`${agent.prefix}${own('address')}`))),
  }
}

/** Of the four thousand million keys that there are, never IPC_PRIVATE. */
const keyFrom = (draw: number): string => `0x${(draw || 1).toString(16)}`

/** Below the ports that the system gives out by itself, and above those that services have. */
const portFrom = (draw: number): number => 10_000 + (draw % 20_000)

const addresses: Record<'inet' | 'inet6', (draw: number) => string> = {
  // Every address of 127/8 is this machine's: the draw decides three bytes of it, and strangers never meet.
  inet: (draw) => `127.${1 + ((draw >>> 24) % 254)}.${(draw >>> 16) & 255}.${1 + (draw & 127)}:${portFrom(draw >>> 4)}`,
  // Of ::1 there is only one.
  inet6: (draw) => `[::1]:${portFrom(draw)}`,
}
