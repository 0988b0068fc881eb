/** Memory without a name, handed to another process by its descriptor, and the seals that bind both. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase } from '../../../../harness/pair/stage.ts'
import { memorySize, readWrite } from '../../../mechanisms/mappings.ts'
import { unixStream } from '../../../mechanisms/unix-stream.ts'
import { rights, rightsOf } from '../unix/messages.ts'

/** Memory that can be sealed. */
async function sealable(peer: Peer): Promise<number> {
  const memory = await peer.must('memfd_create', 'sealed', 'MFD_CLOEXEC|MFD_ALLOW_SEALING')
  await peer.must('ftruncate', memory, memorySize)
  return memory
}

const map = (peer: Peer, memory: number, protection: string) =>
  peer.call('mmap', 0, memorySize, protection, 'MAP_SHARED', memory, 0)

const sealsOf = async (peer: Peer, memory: number) =>
  (await peer.call('fcntl', memory, 'F_GET_SEALS')).out?.seals ?? null

export const seals: readonly SpecificCase[] = [
  {
    id: 'memfd.share-by-scm-rights',
    mechanism: 'memfd',
    theme: 'naming',
    says: 'Memory of no name passes as a descriptor over a socket; what one process stores in it the other loads.',
    cites: ['memfd_create(2)', 'unix(7)'],
    async run(stage) {
      const { producer, consumer } = await unixStream.open(stage)
      const memory = await sealable(producer.peer)
      const file = await producer.call('fstat', memory)
      expectOutcome(file, 'fstat').toGive('links', 0)
      const { ret: address } = await map(producer.peer, memory, readWrite)
      const sent = await producer.call('sendmsg', producer.handle, 'x', 0, rights(memory))
      expectOutcome(sent, 'sendmsg').toReturn(1)

      const came = await consumer.call('recvmsg', consumer.handle, 1, 64, 'MSG_CMSG_CLOEXEC')
      const [received = -1] = rightsOf(came)
      const mapped = await map(consumer.peer, received, readWrite)
      expectOutcome(mapped, 'mmap of what came').toSucceed()
      await producer.must('memory-store', address, 'by the sender')
      expectOutcome(await consumer.call('memory-load', mapped.ret, 13), 'a load').toBring('by the sender')
      await consumer.must('memory-store', mapped.ret, 'and the other')
      expectOutcome(await producer.call('memory-load', address, 13), 'a load of the sender').toBring('and the other')
    },
  },
  {
    id: 'memfd.seal-write-ebusy',
    mechanism: 'memfd',
    theme: 'err',
    says: 'F_SEAL_WRITE fails with EBUSY while a process has the memory mapped shared for writing, and holds once none has.',
    cites: ['fcntl(2) F_ADD_SEALS', 'memfd_create(2)'],
    async run({ start }) {
      const owner = await start('owner')
      const memory = await sealable(owner)
      const peer = await owner.fork('peer')
      const mapped = await map(peer, memory, readWrite)
      expectOutcome(mapped, 'mmap by another process').toSucceed()
      const sealing = () => owner.call('fcntl', memory, 'F_ADD_SEALS', 'F_SEAL_WRITE')
      expectOutcome(await sealing(), 'F_SEAL_WRITE while it is mapped for writing').toFail('EBUSY')
      expectValue(await sealsOf(owner, memory), 'the seals after it').toEqual('0')

      await peer.must('munmap', mapped.ret, memorySize)
      expectOutcome(await sealing(), 'F_SEAL_WRITE once it is not').toReturn(0)
      expectValue(await sealsOf(peer, memory), 'the seals as the other process sees them').toEqual('F_SEAL_WRITE')
      expectOutcome(await peer.call('pwrite', memory, 'x', 0), 'pwrite by the other process').toFail('EPERM')
    },
  },
  {
    id: 'memfd.sealed-eperm',
    mechanism: 'memfd',
    theme: 'perm',
    core: true,
    says: 'Sealed memory can be neither written nor made longer or shorter by anybody, EPERM; all may map it for reading.',
    cites: ['fcntl(2) F_ADD_SEALS', 'memfd_create(2)'],
    async run({ start }) {
      const owner = await start('owner')
      const memory = await sealable(owner)
      expectOutcome(await owner.call('pwrite', memory, 'final', 0), 'pwrite before the seals').toReturn(5)
      const all = 'F_SEAL_SEAL|F_SEAL_SHRINK|F_SEAL_GROW|F_SEAL_WRITE'
      expectOutcome(await owner.call('fcntl', memory, 'F_ADD_SEALS', all), 'F_ADD_SEALS').toReturn(0)

      const peer = await owner.fork('peer')
      expectOutcome(await peer.call('pwrite', memory, 'x', 0), 'pwrite').toFail('EPERM')
      expectOutcome(await peer.call('ftruncate', memory, memorySize / 2), 'ftruncate to less').toFail('EPERM')
      expectOutcome(await peer.call('ftruncate', memory, memorySize * 2), 'ftruncate to more').toFail('EPERM')
      expectOutcome(await map(peer, memory, readWrite), 'mmap for writing').toFail('EPERM')
      const mapped = await map(peer, memory, 'PROT_READ')
      expectOutcome(mapped, 'mmap for reading').toSucceed()
      expectOutcome(await peer.call('memory-load', mapped.ret, 5), 'a load').toBring('final')
      const another = await peer.call('fcntl', memory, 'F_ADD_SEALS', 'F_SEAL_FUTURE_WRITE')
      expectOutcome(another, 'F_ADD_SEALS after F_SEAL_SEAL').toFail('EPERM')
    },
  },
  {
    id: 'memfd.future-write',
    mechanism: 'memfd',
    theme: 'perm',
    says: 'F_SEAL_FUTURE_WRITE leaves the mappings that there are writable, and refuses every new one, and write, with EPERM.',
    cites: ['fcntl(2) F_SEAL_FUTURE_WRITE', 'memfd_create(2)'],
    needs: [{ kernel: '5.1' }],
    async run({ start }) {
      const owner = await start('owner')
      const memory = await sealable(owner)
      const { ret: mine } = await map(owner, memory, readWrite)
      const sealed = await owner.call('fcntl', memory, 'F_ADD_SEALS', 'F_SEAL_FUTURE_WRITE')
      expectOutcome(sealed, 'F_ADD_SEALS').toReturn(0)

      const peer = await owner.fork('peer')
      expectOutcome(await map(peer, memory, readWrite), 'mmap for writing').toFail('EPERM')
      expectOutcome(await peer.call('pwrite', memory, 'x', 0), 'pwrite').toFail('EPERM')
      const mapped = await map(peer, memory, 'PROT_READ')
      expectOutcome(mapped, 'mmap for reading').toSucceed()
      expectOutcome(await owner.call('memory-store', mine, 'still mine'), 'a store by the old mapping').toSucceed()
      expectOutcome(await peer.call('memory-load', mapped.ret, 10), 'a load by the new one').toBring('still mine')
    },
  },
]
