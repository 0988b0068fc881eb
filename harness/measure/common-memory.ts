/**
 * Memory that processes have in common for the sake of measuring, whatever it is that they measure: all zeros at first, at
 * an address of its own in each, and with no name left once all of them have it.
 */

import type { Os } from '../model.ts'
import type { Peer, Stage } from '../pair/stage.ts'

type Ways = Readonly<Record<Os, (stage: Stage, peers: readonly Peer[], bytes: number) => Promise<number[]>>>

const ways: Ways = {
  async linux({ names, need, unsupported }, peers, bytes) {
    await need({ works: ['access', '/dev/shm', 'W_OK|X_OK'], otherwise: 'mount a tmpfs there that all may write to' })
    const name = names.posix('measured')
    const [first] = peers
    const addresses: number[] = []
    for (const peer of peers) {
      const file = await peer.must('shm_open', name, peer === first ? 'O_RDWR|O_CREAT|O_EXCL' : 'O_RDWR', 0o600)
      if (peer === first) {
        await peer.must('ftruncate', file, bytes)
        const reserved = await peer.call('fallocate', file, 0, 0, bytes)
        if (reserved.error === 'ENOSPC') unsupported(`there is no room for ${bytes} bytes in /dev/shm; make some`)
      }
      addresses.push(await peer.must('mmap', 0, bytes, 'PROT_READ|PROT_WRITE', 'MAP_SHARED', file, 0))
      await peer.must('close', file)
    }
    await first?.must('shm_unlink', name)
    return addresses
  },
  async windows({ names }, peers, bytes) {
    const name = names.object('measured')
    const addresses: number[] = []
    for (const peer of peers) {
      // Whoever comes second gets a handle too, and is told that it is there already.
      const { ret } = await peer.call('CreateFileMapping', 'INVALID_HANDLE_VALUE', 'PAGE_READWRITE', bytes, name)
      addresses.push(await peer.must('MapViewOfFile', ret, 'FILE_MAP_ALL_ACCESS', 0, bytes))
    }
    return addresses
  },
}

/** The address in each of the processes, in their order. */
export const commonMemory = (stage: Stage, peers: readonly Peer[], bytes: number): Promise<number[]> =>
  ways[stage.os](stage, peers, bytes)
