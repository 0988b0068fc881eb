/** Calls that a signal handler ends, whatever the handler was set to. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../harness/model.ts'
import type { Peer } from '../../../harness/pair/stage.ts'

/** Each of these waits, one after the other, and is ended by a handler that would have calls restarted. */
export async function expectNeverRestarted(peer: Peer, ...waits: readonly (() => Promise<Outcome>)[]): Promise<void> {
  await peer.must('sigaction', 'SIGUSR1', 'note', 'SA_RESTART')
  for (const wait of waits) {
    const waiting = wait()
    await peer.blocked()
    await peer.signal('SIGUSR1')
    expectOutcome(await waiting, 'the call that was interrupted').toFail('EINTR')
    expectOutcome(await peer.call('noted-signals'), 'the count of SIGUSR1').toReturn(1)
  }
}
