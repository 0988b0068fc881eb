/** A shared memory object before it is mapped: how it comes to be, what it is called, who may have it. */

import { expectExit, expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import { zeros } from '../../../../harness/pair/bytes.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { giveLength, memorySize, readWrite, reserve } from '../../../mechanisms/mappings.ts'
import { anotherUser, mustBecomeNobody } from '../../../mechanisms/nobody.ts'
import { fatalCall } from '../fatal.ts'

const exclusive = 'O_RDWR|O_CREAT|O_EXCL'

export const objects: readonly SpecificCase[] = [
  {
    id: 'pshm.create-size-zero',
    mechanism: 'posix-shm',
    theme: 'limit',
    core: true,
    says: 'A new object has no bytes, and to touch it then is SIGBUS; ftruncate makes it longer, with zeros.',
    cites: ['XSH shm_open', 'XSH ftruncate', 'XSH mmap'],
    async run({ start, names }) {
      const owner = await start('owner')
      const object = await owner.must('shm_open', names.posix('memory'), exclusive, 0o600)
      expectOutcome(await owner.call('fstat', object), 'fstat').toGive('size', 0)
      const address = await owner.must('mmap', 0, memorySize, readWrite, 'MAP_SHARED', object, 0)

      const daredevil = await owner.fork('daredevil')
      expectExit(await fatalCall(daredevil, 'memory-load', address, 1), 'who loads from no bytes').toBeKilledBy(
        'SIGBUS',
      )
      expectOutcome(await owner.call('ftruncate', object, memorySize), 'ftruncate').toReturn(0)
      expectOutcome(await owner.call('fstat', object), 'fstat').toGive('size', memorySize)
      await reserve(owner, object)
      const whole = await owner.call('memory-load', address, memorySize)
      expectOutcome(whole, 'a load of it all').toBring(zeros(memorySize))
    },
  },
  {
    id: 'pshm.excl-eexist-enoent',
    mechanism: 'posix-shm',
    theme: 'naming',
    core: true,
    says: 'O_CREAT|O_EXCL of a name that is taken fails with EEXIST, an open of none with ENOENT; exec closes the descriptor.',
    cites: ['XSH shm_open'],
    async run({ start, names }) {
      const [owner, rival] = [await start('owner'), await start('rival')]
      const name = names.posix('memory')
      expectOutcome(await rival.call('shm_open', name, 'O_RDWR', 0), 'shm_open of no name').toFail('ENOENT')
      const object = await owner.call('shm_open', name, exclusive, 0o600)
      expectOutcome(object, 'shm_open').toSucceed()
      expectOutcome(await rival.call('shm_open', name, exclusive, 0o600), 'shm_open of the same name').toFail('EEXIST')

      await owner.must('ftruncate', object.ret, memorySize)
      const opened = await rival.call('shm_open', name, 'O_RDWR|O_CREAT', 0o600)
      expectOutcome(opened, 'shm_open without O_EXCL').toSucceed()
      expectOutcome(await rival.call('fstat', opened.ret), 'fstat of what was there').toGive('size', memorySize)
      const flags = await rival.call('fcntl', opened.ret, 'F_GETFD')
      expectValue(flags.out?.flags ?? null, "the descriptor's flags").toEqual('FD_CLOEXEC')
    },
  },
  {
    id: 'pshm.mode-umask',
    mechanism: 'posix-shm',
    theme: 'perm',
    says: 'The mode of a new object is less the umask, and another user opens it as that allows, or fails with EACCES.',
    cites: ['XSH shm_open', 'shm_open(3)'],
    needs: anotherUser,
    async run(stage) {
      const [owner, stranger] = [await stage.start('owner'), await stage.start('stranger')]
      const name = stage.names.posix('memory')
      await owner.must('umask', 0o022)
      const object = await owner.must('shm_open', name, exclusive, 0o666)
      expectOutcome(await owner.call('fstat', object), 'fstat').toGive('mode', 0o644)

      await mustBecomeNobody(stage, stranger)
      const opening = (flags: string) => stranger.call('shm_open', name, flags, 0)
      expectOutcome(await opening('O_RDONLY'), 'shm_open for reading by another user').toSucceed()
      expectOutcome(await opening('O_RDWR'), 'shm_open for writing by another user').toFail('EACCES')
      await owner.must('fchmod', object, 0o600)
      expectOutcome(await opening('O_RDONLY'), 'shm_open for reading when nobody else may').toFail('EACCES')
      expectOutcome(await stranger.call('shm_unlink', name), 'shm_unlink by another user').toFail('EACCES')
    },
  },
  {
    id: 'pshm.name-slash',
    mechanism: 'posix-shm',
    theme: 'naming',
    says: 'On Linux a name with a second slash, and one with nothing behind the first, fail with EINVAL.',
    cites: ['shm_overview(7)', 'shm_open(3)'],
    async run({ start, names }) {
      const owner = await start('owner')
      const name = names.posix('memory')
      const creating = (wrong: string) => owner.call('shm_open', wrong, exclusive, 0o600)
      expectOutcome(await creating(`${name}/part`), 'shm_open of a name with a second slash').toFail('EINVAL')
      expectOutcome(await creating('/'), 'shm_open of a slash alone').toFail('EINVAL')
      expectOutcome(await creating(name), 'shm_open of the name before the slash').toSucceed()
    },
  },
  {
    id: 'pshm.persist-dev-shm',
    mechanism: 'posix-shm',
    theme: 'persist',
    says: 'An object outlives all processes that had it, on Linux as a file below /dev/shm, until shm_unlink.',
    cites: ['shm_overview(7)', 'XSH shm_unlink'],
    async run({ start, names }) {
      const name = names.posix('memory')
      const owner = await start('owner')
      const made = await owner.must('shm_open', name, exclusive, 0o600)
      await giveLength(owner, made)
      const address = await owner.must('mmap', 0, memorySize, readWrite, 'MAP_SHARED', made, 0)
      expectOutcome(await owner.call('memory-store', address, 'left behind'), 'a store').toSucceed()
      await owner.kill()

      const heir = await start('heir')
      const file = await heir.call('stat', `/dev/shm${name}`)
      expectOutcome(file, 'stat of the file').toGive('type', 'S_IFREG')
      expectOutcome(file, 'stat of the file').toGive('size', memorySize)
      const found = await heir.must('shm_open', name, 'O_RDONLY', 0)
      const inherited = await heir.must('mmap', 0, memorySize, 'PROT_READ', 'MAP_SHARED', found, 0)
      expectOutcome(await heir.call('memory-load', inherited, 11), 'a load').toBring('left behind')

      expectOutcome(await heir.call('shm_unlink', name), 'shm_unlink').toReturn(0)
      expectOutcome(await heir.call('stat', `/dev/shm${name}`), 'stat of the file afterwards').toFail('ENOENT')
      expectOutcome(await heir.call('shm_open', name, 'O_RDONLY', 0), 'shm_open afterwards').toFail('ENOENT')
    },
  },
]
