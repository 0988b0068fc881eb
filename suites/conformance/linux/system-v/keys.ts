/** System V keys: how ftok() makes them of files, and what they open. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { anotherUser, mustBecomeNobody } from '../../../mechanisms/nobody.ts'
import { create } from '../../../mechanisms/system-v.ts'
import { queues } from '../../../mechanisms/sysv-msg.ts'
import { semaphores } from '../../../mechanisms/sysv-sem.ts'
import { segments } from '../../../mechanisms/sysv-shm.ts'
import { numbersOf, sharedQueue } from './queues.ts'

const newFile = async (peer: Peer, path: string) =>
  peer.must('close', await peer.must('open', path, 'O_WRONLY|O_CREAT|O_EXCL', 0o600))

export const keys: readonly SpecificCase[] = [
  {
    id: 'key.ftok-low-8-bits',
    mechanism: 'sysv-msg',
    theme: 'naming',
    says: 'ftok() takes the low eight bits of the number that it is given, and fails with ENOENT where there is no file.',
    cites: ['XSH ftok', 'ftok(3)'],
    async run({ start, names }) {
      const peer = await start('producer')
      const path = names.path('file')
      expectOutcome(await peer.call('ftok', path, 0x41), 'ftok before there is a file').toFail('ENOENT')

      await newFile(peer, path)
      const key = await peer.must('ftok', path, 0x41)
      expectOutcome(await peer.call('ftok', path, 0x41), 'ftok once more').toReturn(key)
      expectOutcome(await peer.call('ftok', path, 0x141), 'ftok with a ninth bit').toReturn(key)
      const other = await peer.must('ftok', path, 0x42)
      expectValue(other, 'the key of another number').toDifferFrom(key)
    },
  },
  {
    id: 'key.ftok-same-inode',
    mechanism: 'sysv-msg',
    theme: 'naming',
    says: 'ftok() makes one key of one file, whoever asks and by whatever link, and another once the file was replaced.',
    cites: ['XSH ftok', 'ftok(3)'],
    async run({ start, names }) {
      const [producer, consumer] = [await start('producer'), await start('consumer')]
      const [path, link, successor] = [names.path('file'), names.path('link'), names.path('successor')]
      await newFile(producer, path)
      const key = await producer.must('ftok', path, 1)
      expectOutcome(await consumer.call('ftok', path, 1), 'ftok in another process').toReturn(key)
      await producer.must('link', path, link)
      expectOutcome(await consumer.call('ftok', link, 1), 'ftok by another link').toReturn(key)

      // Made while the first is there, so that it cannot come to have its number.
      await newFile(producer, successor)
      await producer.must('rename', successor, path)
      const replaced = await consumer.must('ftok', path, 1)
      expectValue(replaced, 'the key of the file in its place').toDifferFrom(key)
      expectOutcome(await consumer.call('ftok', link, 1), 'ftok by the link to the old file').toReturn(key)
    },
  },
  {
    id: 'key.excl-eexist-enoent',
    mechanism: 'sysv-msg',
    theme: 'naming',
    core: true,
    says: 'Without IPC_CREAT a key that nobody used opens nothing, ENOENT; with IPC_EXCL one that is in use fails, EEXIST.',
    cites: ['XSH msgget', 'XSH semget', 'XSH shmget'],
    async run({ start, names }) {
      const [first, second] = [await start('first'), await start('second')]
      // One key for all three: each family has keys of its own.
      const key = names.key('common')
      for (const family of [queues, semaphores, segments]) {
        const get = (peer: Peer, flags: string | number) => peer.call(...family.get(key, flags))
        const [call] = family.get(key, 0)
        expectOutcome(await get(second, 0), `${call} of an unused key`).toFail('ENOENT')
        const made = await create(first, family, key)
        expectOutcome(made, `${call} with IPC_CREAT|IPC_EXCL`).toSucceed()
        expectOutcome(await get(second, 'IPC_CREAT|IPC_EXCL|0o600'), `${call} once more`).toFail('EEXIST')
        expectOutcome(await get(second, 'IPC_CREAT|0o600'), `${call} with IPC_CREAT alone`).toReturn(made.ret)
        expectOutcome(await get(second, 0), `${call} without flags`).toReturn(made.ret)
      }
    },
  },
  {
    id: 'key.get-mode-check',
    mechanism: 'sysv-msg',
    theme: 'perm',
    says: 'Another user finds an object that is private by asking for no rights, and is refused when asking for them and at each use.',
    cites: ['XSH 2.7.1', 'XSH msgget', 'sysvipc(7)'],
    needs: anotherUser,
    async run(stage) {
      const { producer: owner, consumer: stranger, key, id, sends, receives, state } = await sharedQueue(stage)
      await mustBecomeNobody(stage, stranger)

      expectOutcome(await stranger.call('msgget', key, 0), 'msgget that asks for nothing').toReturn(id)
      expectOutcome(await stranger.call('msgget', key, 0o600), 'msgget that asks to read and write').toFail('EACCES')
      expectOutcome(await stranger.call('msgget', key, 0o400), 'msgget that asks to read').toFail('EACCES')
      expectOutcome(await sends(stranger, 1, 'x'), 'msgsnd').toFail('EACCES')
      expectOutcome(await receives(stranger, 0), 'msgrcv').toFail('EACCES')
      expectOutcome(await state(stranger), 'IPC_STAT').toFail('EACCES')
      expectOutcome(await stranger.call('msgctl-IPC_RMID', id), 'IPC_RMID').toFail('EPERM')

      const { uid = 0, gid = 0, 'most-bytes': bytes = 0 } = numbersOf(await state(owner))
      await owner.must('msgctl-IPC_SET', id, uid, gid, 0o602, bytes)
      expectOutcome(await sends(stranger, 1, 'x'), 'msgsnd once all may write').toReturn(0)
      expectOutcome(await receives(stranger, 0), 'msgrcv when all may only write').toFail('EACCES')
    },
  },
]
