/** Programs that a peer starts as a shell does, each with the standard handles that it was given and no others. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../harness/model.ts'
import type { Peer } from '../../../harness/pair/stage.ts'

/** Handles of the peer that become the program's standard handles. */
export interface Wiring {
  readonly input?: number
  readonly output?: number
}

/** Starts one of the agent's own small programs, and answers a handle of its process. */
export async function startProgram(shell: Peer, words: readonly string[], { input, output }: Wiring): Promise<number> {
  const onto = [...(input === undefined ? [] : [[input, 0]]), ...(output === undefined ? [] : [[output, 1]])]
  const started = await shell.call('spawn', 'self', ['program', ...words], onto)
  expectOutcome(started, 'CreateProcess').toSucceed()
  return Number(started.out?.process)
}

/** Waits until a program has ended, and answers what GetExitCodeProcess says of it. */
export async function ended(shell: Peer, process: number): Promise<Outcome> {
  await shell.must('WaitForSingleObject', process, 'INFINITE')
  return shell.call('GetExitCodeProcess', process)
}
