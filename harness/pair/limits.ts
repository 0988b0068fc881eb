/**
 * What ends the work of a pair before it ends by itself: its deadline, and the interruption of the run. The work is left as
 * it is: it fails when its processes are ended, and that failure is nobody's any more.
 */

export interface Limits<Ending> {
  readonly deadlineMs: number
  /** What it means that the deadline has passed. */
  readonly late: Ending
  readonly signal: AbortSignal | undefined
}

export const interruption = { verdict: 'broken', message: 'the run was interrupted' } as const

/** How the work ended, or which limit came first. */
export function limited<Ending>(
  work: Promise<Ending>,
  { deadlineMs, late, signal }: Limits<Ending>,
): Promise<Ending | typeof interruption> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), deadlineMs)
    const stop = () => resolve(interruption)
    const release = () => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stop)
    }
    signal?.addEventListener('abort', stop, { once: true })
    if (signal?.aborted) stop()
    work.then(resolve, reject).finally(release)
  })
}
