/** A FIFO's name: how it comes to be, who may use it, and what is left when it is gone. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, becomeStranger } from '../../../mechanisms/nobody.ts'
import { unopenedFifo } from './unopened.ts'

export const names: readonly SpecificCase[] = [
  {
    id: 'fifo.mkfifo-eexist',
    mechanism: 'fifo',
    theme: 'naming',
    core: true,
    says: 'mkfifo gives the mode less the umask, and fails with EEXIST on any name that is taken, changing nothing.',
    cites: ['XSH mkfifo', 'mkfifo(3)'],
    async run({ start, names }) {
      const [path, file] = [names.path('fifo'), names.path('file')]
      const creator = await start('creator')
      const rival = await start('rival')
      await creator.must('umask', 0o027)
      expectOutcome(await creator.call('mkfifo', path, 0o666), 'mkfifo').toReturn(0)
      const made = await rival.call('stat', path)
      expectOutcome(made, 'stat').toGive('type', 'S_IFIFO')
      expectOutcome(made, 'stat').toGive('mode', 0o640)

      expectOutcome(await rival.call('mkfifo', path, 0o600), 'mkfifo of the same name').toFail('EEXIST')
      expectOutcome(await rival.call('stat', path), 'stat after the attempt').toGive('mode', 0o640)

      await creator.must('open', file, 'O_WRONLY|O_CREAT|O_EXCL', 0o600)
      expectOutcome(await rival.call('mkfifo', file, 0o600), 'mkfifo of the name of a file').toFail('EEXIST')
      expectOutcome(await rival.call('stat', file), 'stat of the file').toGive('type', 'S_IFREG')
    },
  },
  {
    id: 'fifo.unlink-while-open',
    mechanism: 'fifo',
    theme: 'naming',
    says: 'unlink takes the name away: a new open fails with ENOENT, and descriptors that are open go on working.',
    cites: ['XSH unlink', 'unlink(2)'],
    async run({ open, start }) {
      const { producer, consumer, name = '' } = await open()
      await producer.must('write', producer.handle, 'before ')
      expectOutcome(await consumer.call('unlink', name), 'unlink').toReturn(0)

      const latecomer = await start('latecomer')
      expectOutcome(await latecomer.call('open', name, 'O_RDWR'), 'open of the name').toFail('ENOENT')
      expectOutcome(await latecomer.call('stat', name), 'stat of the name').toFail('ENOENT')

      await producer.must('write', producer.handle, 'after')
      expectOutcome(await consumer.recv(64), 'read').toBring('before after')
      await producer.must('close', producer.handle)
      expectOutcome(await consumer.recv(64), 'read at the end').toReturn(0)
    },
  },
  {
    id: 'fifo.eacces',
    mechanism: 'fifo',
    theme: 'perm',
    says: 'Another user opens a FIFO as its mode allows, and otherwise fails with EACCES.',
    cites: ['XSH open', 'path_resolution(7)'],
    needs: anotherUser,
    async run(stage) {
      const { producer, consumer: stranger, path } = await unopenedFifo(stage)
      await becomeStranger(stage, stranger, path)
      const reading = () => stranger.call('open', path, 'O_RDONLY|O_NONBLOCK')
      const writing = () => stranger.call('open', path, 'O_WRONLY|O_NONBLOCK')
      expectOutcome(await reading(), 'open for reading of a private FIFO').toFail('EACCES')
      expectOutcome(await writing(), 'open for writing of a private FIFO').toFail('EACCES')

      await producer.must('chmod', path, 0o604)
      expectOutcome(await reading(), 'open for reading once all may read').toSucceed()
      expectOutcome(await writing(), 'open for writing once all may read').toFail('EACCES')
    },
  },
]
