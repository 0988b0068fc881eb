/** How a child comes to own an end, and how it is kept from it. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { Outcome, Traits } from '../../../harness/model.ts'
import type { End, GenericCase } from '../../../harness/pair/stage.ts'
import { another, expectSent } from './shared.ts'

const inheritForkSpawn: GenericCase = {
  id: 'x.inherit-fork-spawn',
  theme: 'naming',
  core: true,
  says: 'An end works in a forked child and in a program that was started with it, unless it is marked as not inherited.',
  cites: ['XSH fork', 'XSH exec', 'fcntl(2) FD_CLOEXEC', 'MS:CreateProcessW', 'MS:SetHandleInformation'],
  async run({ open, traits }) {
    const { producer, consumer } = await open()
    const child = await another(producer, 'child', traits)
    expectSent(await child.send('from a child'), 'from a child')
    expectOutcome(await consumer.recv(64), 'the receive').toBring('from a child')
    const program = programs[traits.inheritance]
    expectValue(await program.writeTo(producer, 'from a program'), 'the exit code of the program').toEqual(0)
    expectOutcome(await consumer.recv(64), 'the receive').toBring('from a program')
    expectValue(await program.has(producer, true), 'that a program has the end').toEqual(true)
    expectValue(await program.has(producer, false), 'that it has the end when it is not inherited').toEqual(false)
  },
}

/** How programs are started, what they inherit, and how they end. */
interface Programs {
  /** A program with the end for its standard output; answers its exit code. */
  writeTo(end: End, text: string): Promise<number>
  /** Whether a program has the end, when it is marked so that children inherit it, or so that they do not. */
  has(end: End, inherited: boolean): Promise<boolean>
}

const exitCode = (ended: Outcome): number => Number(ended.out?.code ?? Number.NaN)

const programs: Record<Traits['inheritance'], Programs> = {
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
async function endOfProgram(end: End, started: Outcome): Promise<number> {
  expectOutcome(started, 'starting a program').toSucceed()
  const process = Number(started.out?.process)
  expectOutcome(await end.call('WaitForSingleObject', process, 'INFINITE'), 'the wait').toGive(
    'result',
    'WAIT_OBJECT_0',
  )
  return exitCode(await end.call('GetExitCodeProcess', process))
}

export const inheritanceCases: readonly GenericCase[] = [inheritForkSpawn]
