/**
 * The other side of a way, as the side that leads has it: a process that it forks, or a thread. What the two say to each
 * other besides what is measured goes over the channel that Node gives them: that the other is ready, and its answer.
 */

import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads'
import type { Exit, Outcome } from '../model.ts'
import type { Job } from './job.ts'
import { isData } from './links/child-ipc.ts'
import { otherSideGone } from './links/link.ts'
import { sharedFor } from './links/shared-ring.ts'

/** What the other side says of itself. */
export type Word = { readonly ready: true } | { readonly answer: Outcome }

/** How it ended: with an answer, or as a process that died. */
export type Ended = { readonly answer: Outcome } | { readonly died: Exit }

export interface Partner {
  /** Rejects when it ends before. */
  readonly ready: Promise<void>
  readonly ended: Promise<Ended>
  dismiss(): void
}

export interface ProcessPartner extends Partner {
  readonly child: ChildProcess
}
export interface ThreadPartner extends Partner {
  readonly port: MessagePort
  readonly shared: SharedArrayBuffer
}

/** What a thread is given. */
export interface ThreadGift {
  readonly job: Job
  readonly port: MessagePort
  readonly shared: SharedArrayBuffer
}

const program = fileURLToPath(new URL('./main.js', import.meta.url))

export function startProcess(job: Job): ProcessPartner {
  const child = fork(program, [JSON.stringify(job), 'consumer'], {
    serialization: job.way === 'node-child-ipc' ? 'json' : 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const news = newsOf((tell) => {
    child.on('message', (message: unknown) => {
      if (!isData(message)) tell(message as Word)
    })
    child.on('exit', (code, signal) => tell({ died: signal === null ? { code: code ?? 0 } : { signal } }))
    child.on('error', (error) => tell({ answer: brokenBy(error) }))
  })
  return { ...news, child, dismiss: () => void child.kill('SIGKILL') }
}

export function startThread(job: Job): ThreadPartner {
  const { port1, port2 } = new MessageChannel()
  const gift: ThreadGift = { job, port: port2, shared: sharedFor(job.size) }
  // Its outputs are kept from those of the process, which may be none that Node can open.
  const worker = new Worker(program, { workerData: gift, transferList: [port2], stdout: true, stderr: true })
  const news = newsOf((tell) => {
    worker.on('message', tell)
    worker.on('error', (error) => tell({ answer: brokenBy(error) }))
  })
  return { ...news, port: port1, shared: gift.shared, dismiss: () => void worker.terminate() }
}

const brokenBy = (error: Error): Outcome => ({ ret: -1, ns: 0, out: { failure: error.message, because: 'harness' } })

function newsOf(subscribe: (tell: (word: Word | Ended) => void) => void): Pick<Partner, 'ready' | 'ended'> {
  let isReady!: () => void
  let ends!: (how: Ended) => void
  const ended = new Promise<Ended>((resolve) => {
    ends = resolve
  })
  const ready = new Promise<void>((resolve, reject) => {
    isReady = resolve
    void ended.then(() => reject(otherSideGone('it ended before it was ready')))
  })
  ready.catch(() => {}) // its end is told by itself
  subscribe((word) => {
    if ('ready' in word) isReady()
    else ends(word)
  })
  return { ready, ended }
}
