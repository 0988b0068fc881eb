/** What two processes that were killed leave behind, and how it is cleared away. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { Traits } from '../../../harness/model.ts'
import type { GenericCase, GenericStage, Mechanism, Naming, Peer } from '../../../harness/pair/stage.ts'
import { nameOf, namingOf, whyNameless } from './named.ts'
import { expectSent } from './shared.ts'

const exempts = ({ traits }: Mechanism) => whyNameless[traits.naming]
type Claim = (heir: Peer, name: string, naming: Naming) => Promise<void>

const objectPersistence: GenericCase = {
  id: 'x.object-persistence',
  theme: 'persist',
  core: true,
  says: 'When both processes are gone so is the name, or it is still there and leads nowhere.',
  cites: ['fifo(7)', 'unix(7)', 'XSH mkfifo', 'MS:CreateNamedPipeW'],
  exempts,
  async run(stage) {
    const name = await bequeath(stage)
    const heir = await stage.start('heir')
    await whatIsFound[stage.traits.persistence](heir, name, namingOf(stage.mechanism))
  },
}

const whatIsFound: Record<Traits['persistence'], Claim> = {
  async nothing(heir, name, naming) {
    expectOutcome(await naming.open(heir, name), 'opening the name').toBe(naming.missing)
  },
  async name(heir, name, naming) {
    expectOutcome(await naming.create(heir, name), 'creating the name').toBe(naming.collision)
    const opened = expectOutcome(await naming.open(heir, name), 'opening the name')
    if (naming.orphaned === 'opens') opened.toSucceed()
    else opened.toBe(naming.orphaned)
  },
}

const orphanCleanup: GenericCase = {
  id: 'x.orphan-cleanup',
  theme: 'cleanup',
  core: true,
  says: 'After both processes were killed a third can use their name, once it has removed what they left.',
  cites: ['XSH unlink', 'unix(7)', 'MS:CreateNamedPipeW'],
  exempts,
  async run(stage) {
    const name = await bequeath(stage)
    const heir = await stage.start('heir')
    const naming = namingOf(stage.mechanism)
    await recovery[stage.traits.persistence](heir, name, naming)
    expectOutcome(await naming.create(heir, name), 'creating the name').toSucceed()
    expectOutcome(await naming.open(heir, name), 'opening it').toSucceed()
    await heir.kill()
    const last = await stage.start('last')
    await recovery[stage.traits.persistence](last, name, naming)
    expectOutcome(await naming.open(last, name), 'opening the name when all is cleared away').toBe(naming.missing)
  },
}

const recovery: Record<Traits['persistence'], Claim> = {
  async nothing() {},
  async name(heir, name, naming) {
    if (naming.remove === undefined) throw new TypeError('what leaves a name behind has to say how it is removed')
    expectOutcome(await naming.remove(heir, name), 'removing the name').toSucceed()
  },
}

/** A pair that is killed with something still to be received; answers the name that their link had. */
async function bequeath({ open }: GenericStage): Promise<string> {
  const link = await open()
  expectSent(await link.producer.send('a bequest'), 'a bequest')
  await Promise.all([link.producer.peer.kill(), link.consumer.peer.kill()])
  return nameOf(link)
}

export const persistenceCases: readonly GenericCase[] = [objectPersistence, orphanCleanup]
