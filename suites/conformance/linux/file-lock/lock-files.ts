/** A file as a lock: its name is there or it is not. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { createFile } from '../../../mechanisms/files.ts'
import { gateFor } from './locked.ts'

const racers = ['second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth']
const races = 10

export const lockFiles: readonly SpecificCase[] = [
  {
    id: 'lock.lockfile-o-excl',
    mechanism: 'lock-file',
    theme: 'atomic',
    core: true,
    says: 'Of eight processes that race to create a file with O_CREAT|O_EXCL one succeeds, and the others fail with EEXIST.',
    cites: ['XSH open', 'open(2)'],
    async run({ start, names }) {
      const first = await start('first')
      const paths = Array.from({ length: races }, () => names.path('prize'))
      const gate = await gateFor(first, racers, async () => undefined)
      const racing = gate.racers.map(({ peer }) => paths.map((path) => createFile(peer, path)))
      await gate.open()
      const all = [...racing, paths.map((path) => createFile(first, path))]
      for (const [race, path] of paths.entries()) {
        const outcomes = await Promise.all(all.map((attempts) => attempts[race]))
        const said = outcomes.map((outcome) => outcome?.error ?? 'created').sort()
        expectValue(said, `the outcomes of race ${race + 1}`).toEqual([...racers.map(() => 'EEXIST'), 'created'])
        expectOutcome(await first.call('unlink', path), 'unlink').toReturn(0)
      }
    },
  },
  {
    id: 'lock.lockfile-stale',
    mechanism: 'lock-file',
    theme: 'crash',
    says: 'A lock file outlives its owner; that kill(pid, 0) fails with ESRCH shows it stale; rename replaces it where link cannot.',
    cites: ['XSH open', 'XSH link', 'XSH rename', 'XSH kill'],
    async run({ start, names }) {
      const [path, own] = [names.path('lock'), names.path('own')]
      const owner = await start('owner')
      const rival = await start('rival')
      const held = await createFile(owner, path)
      expectOutcome(held, 'open with O_EXCL').toSucceed()
      await owner.must('write', held.ret, `${owner.pid}`)
      expectOutcome(await rival.call('kill', owner.pid, 0), 'the probe of the owner').toReturn(0)
      await owner.kill()

      expectOutcome(await createFile(rival, path), 'open with O_EXCL of a rival').toFail('EEXIST')
      const stale = await rival.must('open', path, 'O_RDONLY')
      expectOutcome(await rival.call('read', stale, 64), 'read of the lock file').toBring(`${owner.pid}`)
      expectOutcome(await rival.call('kill', owner.pid, 0), 'the probe of the dead owner').toFail('ESRCH')

      const mine = await createFile(rival, own)
      await rival.must('write', mine.ret, `${rival.pid}`)
      expectOutcome(await rival.call('link', own, path), 'link onto the lock file').toFail('EEXIST')
      expectOutcome(await rival.call('rename', own, path), 'rename onto the lock file').toReturn(0)
      const taken = await rival.must('open', path, 'O_RDONLY')
      expectOutcome(await rival.call('read', taken, 64), 'read of the new lock file').toBring(`${rival.pid}`)
      expectOutcome(await createFile(rival, path), 'open with O_EXCL after it').toFail('EEXIST')
    },
  },
]
