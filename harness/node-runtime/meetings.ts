/** How the two sides of each way come to have a link: who leads has started the other, who follows says when it is ready. */

import type { MessagePort } from 'node:worker_threads'
import type { Job } from './job.ts'
import { ipcLink, type Spelling } from './links/child-ipc.ts'
import type { NodeLink } from './links/link.ts'
import { portLink } from './links/message-port.ts'
import { sharedLink } from './links/shared-ring.ts'
import { accepted, connected } from './links/socket.ts'
import type { ProcessPartner, ThreadGift, ThreadPartner } from './partner.ts'
import type { WayId } from './ways.ts'

interface BetweenProcesses {
  readonly between: 'processes'
  lead(job: Job, partner: ProcessPartner): NodeLink | Promise<NodeLink>
  follow(job: Job, ready: () => void): NodeLink | Promise<NodeLink>
}
interface BetweenThreads {
  readonly between: 'threads'
  lead(job: Job, partner: ThreadPartner): NodeLink
  follow(gift: ThreadGift, ready: () => void): NodeLink
}

const sockets: BetweenProcesses = {
  between: 'processes',
  async lead({ at = '', size }, { ready }) {
    await ready
    return connected(at, size)
  },
  follow: ({ at = '', size }, ready) => accepted(at, size, ready),
}

const ipc = (spelling: Spelling): BetweenProcesses => ({
  between: 'processes',
  async lead(_, { ready, child }) {
    await ready
    return ipcLink(child, spelling)
  },
  // Its listener hears what comes in the same turn as whoever is told that it is ready can answer.
  follow(_, ready) {
    ready()
    return ipcLink(process, spelling)
  },
})

const ports: BetweenThreads = {
  between: 'threads',
  lead: ({ size }, { port }) => portLink(port, size),
  follow({ job, port }, ready) {
    ready()
    return portLink(port as MessagePort, job.size)
  },
}

const rings: BetweenThreads = {
  between: 'threads',
  lead: ({ size }, { shared }) => sharedLink(shared, size, true),
  follow({ job, shared }, ready) {
    ready()
    return sharedLink(shared, job.size, false)
  },
}

export const meetings: Readonly<Record<WayId, BetweenProcesses | BetweenThreads>> = {
  'node-net-unix': sockets,
  'node-net-tcp': sockets,
  'node-net-pipe': sockets,
  'node-child-ipc': ipc('json'),
  'node-child-ipc-advanced': ipc('advanced'),
  'node-message-port': ports,
  'node-atomics': rings,
}
