/** The anonymous pipe of Windows: made by one process, its read end inherited by the other. */

import { endOf, linkOf, pipeHandleIo } from '../../harness/pair/link.ts'
import type { Channel } from '../../harness/pair/stage.ts'
import { numbersOut } from '../../harness/pair/wire.ts'
import { windowsPipeTraits } from './traits.ts'

const io = pipeHandleIo('PIPE_READMODE_BYTE')

/** The size that is a suggestion: 0 asks for the system's own. */
const defaultSize = 0

export const winAnonymousPipe: Channel = {
  id: 'win-anonymous-pipe',
  title: 'Windows anonymous pipe',
  kind: 'channel',
  family: 'pipe',
  os: 'windows',
  cites: ['MS:CreatePipe', 'MS "Anonymous Pipe Operations"', 'MS "Pipe Handle Inheritance"'],
  traits: windowsPipeTraits,
  async open(stage) {
    const producer = await stage.start('producer')
    const made = await producer.call('CreatePipe', defaultSize, 'inherit')
    const [r, w] = numbersOut(made, 'handles') as [number, number]
    const consumer = await producer.fork('consumer', [r])
    await producer.must('CloseHandle', r)
    return linkOf(endOf(producer, w, io), endOf(consumer, r, io))
  },
}
