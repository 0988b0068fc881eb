/**
 * The control event of a console, which is what Windows has for a signal from another process: it reaches every process of
 * the console, a handler runs in a thread of its own there, and whoever waits is told by an event of its own process.
 */

import { expectOutcome } from '../../harness/conformance/expect.ts'
import type { EventTraits } from '../../harness/model.ts'
import { eventOf, linkOf } from '../../harness/pair/link.ts'
import type { Event, EventIo, Peer } from '../../harness/pair/stage.ts'
import { listOut } from '../../harness/pair/wire.ts'
import { waitFor, waitWithDeadline } from './win-objects.ts'

/** A program that copies its input to its output, in a new console that nobody sees. */
export async function echoInConsole(shell: Peer, flags: string) {
  const pipe = async () => listOut(await shell.call('CreatePipe', 0, 'inherit'), 'handles').map(Number)
  const [input = 0, toIt = 0] = await pipe()
  const [fromIt = 0, output = 0] = await pipe()
  const standard = [
    [input, 0],
    [output, 1],
  ]
  const started = await shell.call('spawn', 'self', ['program', 'cat'], standard, `CREATE_NO_WINDOW|${flags}`)
  expectOutcome(started, 'CreateProcess').toSucceed()
  /** What is said to it comes back once it is there, and as long as it lives. */
  const expectAlive = async (words: string) => {
    await shell.must('WriteFile', toIt, words)
    expectOutcome(await shell.call('ReadFile', fromIt, 64), 'what came back from it').toBring(words)
  }
  return { pid: started.ret, process: Number(started.out?.process), expectAlive }
}

/** Brings a process into a console, with a handler; answers the event that the handler sets. */
async function enter(peer: Peer, console: number): Promise<number> {
  await peer.must('AttachConsole', console)
  // Whoever started it may have had it ignore CTRL_C_EVENT.
  await peer.must('SetConsoleCtrlHandler', 'NULL', 'FALSE')
  const event = await peer.must('CreateEvent', 'FALSE', 'FALSE')
  await peer.must('SetConsoleCtrlHandler', 'note', 'TRUE', event)
  return event
}

/** The handle is that of the event; group 0 is everybody in the console. */
const io: EventIo = {
  wait: (event) => waitFor(event, 'INFINITE'),
  timedWait: waitFor,
  wake: () => ['GenerateConsoleCtrlEvent', 'CTRL_C_EVENT', 0],
}

const traits: EventTraits = {
  timedWait: waitWithDeadline,
  persistence: 'nothing',
  naming: 'none',
  inheritance: 'never',
  interrupted: 'no-signals',
}

export const winConsoleControl: Event = {
  id: 'win-console-control',
  title: 'Console control event',
  kind: 'event',
  family: 'signal',
  os: 'windows',
  cites: ['MS "CTRL+C and CTRL+BREAK Signals"', 'MS:GenerateConsoleCtrlEvent', 'MS:SetConsoleCtrlHandler'],
  traits,
  async open({ start }) {
    const producer = await start('producer')
    const program = await echoInConsole(producer, '0')
    await program.expectAlive('there is a console')
    const consumer = await start('consumer')
    const [mine, yours] = [await enter(producer, program.pid), await enter(consumer, program.pid)]
    return linkOf(eventOf(producer, mine, io), eventOf(consumer, yours, io))
  },
}
