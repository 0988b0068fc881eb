/** Who is at the other end: as the kernel says it, not as a peer does. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Outcome } from '../../../../harness/model.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { becomeNobody } from '../../../mechanisms/nobody.ts'
import { mustListenAt, newSocket } from '../../../mechanisms/sockets.ts'
import { stream } from '../../../mechanisms/unix-sockets.ts'
import { strangers } from './strangers.ts'

interface Identity {
  readonly pid: number
  readonly uid: number
  readonly gid: number
}

const identityOf = async (peer: Peer): Promise<Identity> => ({
  pid: peer.pid,
  uid: await peer.must('geteuid'),
  gid: await peer.must('getegid'),
})

function expectPeer(said: Outcome, what: string, { pid, uid, gid }: Identity): void {
  expectOutcome(said, what).toGive('pid', pid)
  expectOutcome(said, what).toGive('uid', uid)
  expectOutcome(said, what).toGive('gid', gid)
}

const roomForCredentials = 64

export const credentials: readonly SpecificCase[] = [
  {
    id: 'uds-cred.so-peercred-frozen',
    mechanism: 'unix-stream',
    theme: 'perm',
    core: true,
    says: 'SO_PEERCRED is who connected and who listened, as they then were: setuid, fork and exit later change nothing.',
    cites: ['unix(7)'],
    async run(stage) {
      const { producer: client, consumer: server } = await strangers(stage)
      const path = stage.names.path('socket')
      const [connected, listened] = [await identityOf(client), await identityOf(server)]
      const listener = await mustListenAt(server, stream, path)
      const c = await newSocket(client, stream)
      await client.must('connect', c, path)
      const worker = await server.fork('worker')
      const s = await worker.must('accept', listener)
      const seenByWorker = () => worker.call('getsockopt-peercred', s)
      const seenByClient = () => client.call('getsockopt-peercred', c)
      expectPeer(await seenByWorker(), 'SO_PEERCRED of a client', connected)
      expectPeer(await seenByClient(), 'SO_PEERCRED of a listener', listened)

      // Linux 6.5 and later name the process itself, which tells when it ends.
      const asked = await worker.call('getsockopt', s, 'SOL_SOCKET', 'SO_PEERPIDFD')
      const named = asked.error === 'ENOPROTOOPT' ? [] : [[Number(asked.out?.value), 'POLLIN'] as const]
      stage.note('SO_PEERPIDFD', named.length === 1)
      const polling = () => worker.call('poll', named, 0)
      expectOutcome(await polling(), 'poll of the client by SO_PEERPIDFD').toReturn(0)

      const heir = await client.fork('heir')
      await heir.must('write', c, 'from the heir')
      expectPeer(await seenByWorker(), 'SO_PEERCRED while the child sends', connected)
      // One who may not become another has changed nothing, and has nothing to show.
      await Promise.all([becomeNobody(client), becomeNobody(server)])
      expectPeer(await seenByWorker(), 'SO_PEERCRED after setuid', connected)
      expectPeer(await seenByClient(), 'SO_PEERCRED after setuid', listened)
      await Promise.all([client.kill(), server.kill()])
      expectPeer(await seenByWorker(), 'SO_PEERCRED of one who was killed', connected)
      expectOutcome(await polling(), 'poll of one who was killed').toReturn(named.length)
      const seenByHeir = await heir.call('getsockopt-peercred', c)
      expectPeer(seenByHeir, 'SO_PEERCRED of a listener that was killed', listened)
    },
  },
  {
    id: 'uds-cred.passcred',
    mechanism: 'unix-stream',
    theme: 'perm',
    says: 'With SO_PASSCRED each message tells who sent it, by an inherited descriptor too; another pid takes CAP_SYS_ADMIN, or EPERM.',
    cites: ['unix(7)'],
    async run({ open }) {
      const { producer, consumer } = await open()
      await consumer.must('setsockopt', consumer.handle, 'SOL_SOCKET', 'SO_PASSCRED', 1)
      const heir = producer.in(await producer.peer.fork('heir'))
      const [parent, child] = [await identityOf(producer.peer), await identityOf(heir.peer)]
      const receiving = () => consumer.call('recvmsg', consumer.handle, 64, roomForCredentials, 'MSG_DONTWAIT')
      const expectMessage = async (text: string, who: Identity) => {
        const received = await receiving()
        expectOutcome(received, 'recvmsg').toBring(text)
        expectOutcome(received, 'recvmsg').toGive('credentials', { ...who })
      }
      await producer.send('from the parent')
      await heir.send('from the child')
      await expectMessage('from the parent', parent)
      await expectMessage('from the child', child)

      await producer.must('drop-capability', 'CAP_SYS_ADMIN')
      const claiming = ({ pid, uid, gid }: Identity, text: string) =>
        producer.call('sendmsg', producer.handle, text, 0, [['credentials', pid, uid, gid]])
      expectOutcome(await claiming(child, 'forged'), 'sendmsg with the pid of another').toFail('EPERM')
      expectOutcome(await claiming(parent, 'signed'), 'sendmsg with its own pid').toReturn(6)
      await expectMessage('signed', parent)
    },
  },
]
