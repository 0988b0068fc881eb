/**
 * A port of `node:worker_threads`: each message is cloned. A port takes whatever is posted, so that a stream has to be held
 * back by itself: the receiver says now and then how much it has taken.
 */

import type { MessagePort } from 'node:worker_threads'
import { otherSideGone, type ToldLink } from './link.ts'

/** How much may be under way: enough to keep the receiver busy, and never much memory. */
const mostUnderWay = 4 << 20
const windowFor = (size: number): number => Math.min(1024, Math.max(2, Math.floor(mostUnderWay / size)))

export function portLink(port: MessagePort, size: number): ToldLink {
  const window = windowFor(size)
  const step = Math.floor(window / 2)
  let underWay = 0
  let taken = 0
  let roomFor: (() => void) | undefined
  return {
    waits: false,
    apart: true,
    send(message) {
      port.postMessage(message)
      underWay++
      if (underWay < window) return undefined
      return new Promise((resolve) => {
        roomFor = resolve
      })
    },
    listen(take, gone) {
      port.on('message', (message: unknown) => {
        if (typeof message === 'number') {
          underWay -= message
          roomFor?.()
          roomFor = undefined
          return
        }
        take(message as Uint8Array)
        if (++taken < step) return
        port.postMessage(taken)
        taken = 0
      })
      port.on('close', () => gone(otherSideGone('the port is closed')))
    },
    close: () => port.close(),
  }
}
