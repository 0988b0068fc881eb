/** How much pipes may hold without privilege: each one of them, and all of one user's together. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Peer, SpecificCase, Stage } from '../../../../harness/pair/stage.ts'
import { anotherUser, becomeUser, ownUser, tooFewUsers } from '../../../mechanisms/nobody.ts'
import { makePipe } from '../../../mechanisms/pipe-ends.ts'
import { readNumber } from '../proc.ts'

const defaultPages = 16
const pagesPastTheLimit = 2

/** Becomes a user without privilege who may open enough; answers how many pipes of the default size that user may have. */
async function prepareToHoard(stage: Stage, hoarder: Peer): Promise<number> {
  const pages = await readNumber(hoarder, '/proc/sys/fs/pipe-user-pages-soft')
  if (pages === 0) stage.unsupported('pipe-user-pages-soft is 0, no limit; set it to its default, 16384')
  const pipes = Math.floor(pages / defaultPages)

  const { hard } = (await hoarder.call('getrlimit', 'RLIMIT_NOFILE')).out as { hard: number }
  const raising = await hoarder.call('setrlimit', 'RLIMIT_NOFILE', 2 * pipes + 512, hard)
  if (raising.error) stage.unsupported(`to hold ${pipes} pipes needs a higher RLIMIT_NOFILE; see 'ulimit -Hn'`)

  const became = await becomeUser(hoarder, ownUser(stage.names))
  if (became.error) stage.unsupported(tooFewUsers)
  return pipes
}

export const privilege: readonly SpecificCase[] = [
  {
    id: 'pipe.setpipe-sz-eperm',
    mechanism: 'pipe',
    theme: 'perm',
    says: 'Without CAP_SYS_RESOURCE, whoever the user is, a pipe grows to pipe-max-size; more fails with EPERM.',
    cites: ['pipe(7)', 'fcntl(2)'],
    async run({ open }) {
      const { producer } = await open()
      const largest = await readNumber(producer.peer, '/proc/sys/fs/pipe-max-size')
      await producer.must('drop-capability', 'CAP_SYS_RESOURCE')

      const growing = (to: number) => producer.call('fcntl', producer.handle, 'F_SETPIPE_SZ', to)
      expectOutcome(await growing(largest), 'F_SETPIPE_SZ of pipe-max-size').toReturn(largest)
      expectOutcome(await growing(largest + 1), 'F_SETPIPE_SZ of one byte more').toFail('EPERM')
      expectOutcome(await producer.call('fcntl', producer.handle, 'F_GETPIPE_SZ'), 'F_GETPIPE_SZ').toReturn(largest)
    },
  },
  {
    id: 'pipe.user-soft-limit',
    mechanism: 'pipe',
    theme: 'limit',
    says: 'A user past pipe-user-pages-soft gets pipes of two pages that cannot grow, and such a pipe works.',
    cites: ['pipe(7)'],
    needs: anotherUser,
    async run(stage) {
      const hoarder = await stage.start('hoarder')
      const page = await hoarder.must('sysconf', '_SC_PAGESIZE')
      const pipes = await prepareToHoard(stage, hoarder)
      const sizeOf = (end: number) => hoarder.call('fcntl', end, 'F_GETPIPE_SZ')
      expectOutcome(await hoarder.call('repeat', pipes - 1, 0, 'pipe'), 'each pipe').toReturn(0)
      const [last] = await makePipe(hoarder)
      expectOutcome(await sizeOf(last), 'F_GETPIPE_SZ at the limit').toReturn(defaultPages * page)

      const [r, w] = await makePipe(hoarder, 'O_NONBLOCK')
      const small = pagesPastTheLimit * page
      expectOutcome(await sizeOf(w), 'F_GETPIPE_SZ past the limit').toReturn(small)
      expectOutcome(await hoarder.call('fcntl', w, 'F_SETPIPE_SZ', 2 * small), 'F_SETPIPE_SZ').toFail('EPERM')

      // A pipe of one page, as kernels before 5.14 gave, would have no room for a byte here: its page is not free yet.
      await hoarder.must('write', w, { pattern: page, seed: 3 })
      await hoarder.must('read', r, page - 1)
      expectOutcome(await hoarder.call('write', w, 'x'), 'write while one byte is unread').toReturn(1)
      expectOutcome(await hoarder.call('read', r, page), 'read').toReturn(2)

      const filling = await hoarder.call('write', w, { pattern: small + 1, seed: 4 })
      expectOutcome(filling, 'write of too much').toReturn(small)
      expectOutcome(await hoarder.call('write', w, 'x'), 'write to the full pipe').toFail('EAGAIN')
      expectOutcome(await hoarder.call('read', r, 2 * small), 'read').toBring({ pattern: small, seed: 4 })
    },
  },
]
