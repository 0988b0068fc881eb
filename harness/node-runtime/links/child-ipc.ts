/**
 * The channel that `child_process.fork()` makes between a process and its child: `process.send()` and `'message'`. It
 * carries what the two have to say to each other besides, which is never a string or bytes.
 */

import { otherSideGone, type ToldLink } from './link.ts'

/** Either end of it: the child as its parent sees it, or the process itself. */
export interface IpcEnd {
  send?(message: unknown, sent: (error: Error | null) => void): boolean
  on(event: 'message', take: (message: unknown) => void): unknown
  on(event: 'disconnect', gone: () => void): unknown
}

/** How a message is written: as base64 in JSON, which has no bytes, or as the bytes that it is. */
const spellings = {
  json: { write: (message: Uint8Array) => (message as Buffer).toString('base64'), read: readBase64 },
  advanced: { write: (message: Uint8Array) => message, read: (message: unknown) => message as Uint8Array },
} as const
export type Spelling = keyof typeof spellings

function readBase64(message: unknown): Uint8Array {
  return Buffer.from(message as string, 'base64')
}

export const isData = (message: unknown): boolean => typeof message === 'string' || message instanceof Uint8Array

export function ipcLink(end: IpcEnd, spelling: Spelling): ToldLink {
  const { write, read } = spellings[spelling]
  return {
    waits: false,
    send(message) {
      let sent: () => void = () => {}
      if (end.send?.(write(message), () => sent()) === true) return undefined
      return new Promise((resolve) => {
        sent = resolve
      })
    },
    listen(take, gone) {
      end.on('message', (message) => {
        if (isData(message)) take(read(message))
      })
      end.on('disconnect', () => gone(otherSideGone('the channel is closed')))
    },
    close() {}, // what the two have to say to each other comes after it
  }
}
