/** A process that is stopped in the middle of what it does, and goes on later as if nothing had happened. */

import type { Os } from '../../../harness/model.ts'
import type { Peer, Stage } from '../../../harness/pair/stage.ts'

/** Lets the process go on. */
type Resume = () => Promise<void>

const ways: Record<Os, (stage: Pick<Stage, 'start'>, peer: Peer) => Promise<Resume>> = {
  async linux(_, peer) {
    await peer.signal('SIGSTOP')
    return () => peer.signal('SIGCONT')
  },
  // There a process that may do so stops another.
  async windows({ start }, peer) {
    const keeper = await start('keeper')
    const process = await keeper.must('OpenProcess', 'PROCESS_SUSPEND_RESUME', 'FALSE', peer.pid)
    await keeper.must('NtSuspendProcess', process)
    return async () => {
      await keeper.must('NtResumeProcess', process)
    }
  },
}

export const suspend = ({ os, start }: Pick<Stage, 'os' | 'start'>, peer: Peer): Promise<Resume> =>
  ways[os]({ start }, peer)
