/** How programs are started with an end, what they inherit of it, and how they end. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../harness/model.ts'
import type { End, Grip } from '../../../harness/pair/stage.ts'

export interface Programs {
  /** A program with the end for its standard output; answers its exit code. */
  writeTo(end: Grip, text: string): Promise<number>
  /** Whether a program has the end, when it is marked so that children inherit it, or so that they do not. */
  has(end: Grip, inherited: boolean): Promise<boolean>
}

/** Whether a program that only knows its standard output can send through an end. */
export function canWriteTo(end: Grip): boolean {
  const io = (end as Partial<End>).io
  const [call] = io?.send?.(end.handle, '', true) ?? []
  return call === 'write' || call === 'WriteFile'
}

const exitCode = (ended: Outcome): number => Number(ended.out?.code ?? Number.NaN)

export const programs: Record<'descriptor' | 'handle', Programs> = {
  descriptor: {
    async writeTo(end, text) {
      const pid = await end.must('spawn', 'self', ['program', 'write', text], [[end.handle, 1]])
      return exitCode(await end.call('waitpid', pid))
    },
    async has(end, inherited) {
      await end.must('fcntl', end.handle, 'F_SETFD', inherited ? 0 : 'FD_CLOEXEC')
      const pid = await end.must('spawn', 'self', ['program', 'check-handle', String(end.handle)])
      return exitCode(await end.call('waitpid', pid)) === 0
    },
  },
  handle: {
    async writeTo(end, text) {
      return endOfProgram(end, await end.call('spawn', 'self', ['program', 'write', text], [[end.handle, 1]]))
    },
    // Under a number that no new process has for anything of its own.
    async has(end, inherited) {
      await end.must('repeat', 300, 0, 'CreateEvent', 'FALSE', 'FALSE')
      const self = await end.must('GetCurrentProcess')
      const made = await end.call('DuplicateHandle', self, end.handle, self, 0, 'TRUE', 'DUPLICATE_SAME_ACCESS')
      const handle = Number(made.out?.handle)
      await end.must('SetHandleInformation', handle, 'HANDLE_FLAG_INHERIT', inherited ? 'HANDLE_FLAG_INHERIT' : 0)
      const heir = await end.peer.fork(inherited ? 'heir' : 'stranger')
      return (await heir.call('GetHandleInformation', handle)).error === undefined
    },
  },
}

/** Waits for a program to end; answers its exit code. */
async function endOfProgram(end: Grip, started: Outcome): Promise<number> {
  expectOutcome(started, 'starting a program').toSucceed()
  const process = Number(started.out?.process)
  expectOutcome(await end.call('WaitForSingleObject', process, 'INFINITE'), 'the wait').toGive(
    'result',
    'WAIT_OBJECT_0',
  )
  return exitCode(await end.call('GetExitCodeProcess', process))
}
