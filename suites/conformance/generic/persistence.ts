/** What two processes that were killed leave behind, and how it is cleared away. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { CommonTraits } from '../../../harness/model.ts'
import type { GenericCase, GenericStage, Mechanism, Naming, Peer } from '../../../harness/pair/stage.ts'
import { nameOf, namingOf, whyNameless } from './named.ts'
import { everyKind } from './rows.ts'
import { expectSent } from './shared.ts'

const exempts = ({ traits }: Mechanism) => whyNameless[traits.naming]
type Claim = (heir: Peer, name: string, naming: Naming) => Promise<void>

const objectPersistence: GenericCase = {
  id: 'x.object-persistence',
  theme: 'persist',
  core: true,
  says: 'When both processes are gone so is the name, or it is still there and leads nowhere, or to what they left.',
  cites: ['fifo(7)', 'unix(7)', 'XSH mkfifo', 'XSH XSI IPC', 'XSH mq_open', 'XSH shm_open', 'MS:CreateNamedPipeW'],
  exempts,
  rows: everyKind(async (stage) => {
    const name = await bequeath(stage)
    const heir = await stage.start('heir')
    await whatIsFound[stage.traits.persistence](heir, name, namingOf(stage.mechanism))
  }),
}

const whatIsFound: Record<CommonTraits['persistence'], Claim> = {
  async nothing(heir, name, naming) {
    expectOutcome(await naming.open(heir, name), 'opening the name').toBe(naming.missing)
  },
  async name(heir, name, naming) {
    expectOutcome(await naming.create(heir, name), 'creating the name').toBe(naming.collision)
    const opened = expectOutcome(await naming.open(heir, name), 'opening the name')
    if (naming.orphaned === 'opens') opened.toSucceed()
    else opened.toBe(naming.orphaned)
  },
  async 'name-and-contents'(heir, name, naming) {
    expectOutcome(await naming.create(heir, name), 'creating the name').toBe(naming.collision)
    const opened = await naming.open(heir, name)
    expectOutcome(opened, 'opening the name').toSucceed()
    expectValue(await heritageOf(naming).find(heir, opened), 'whether what was left is there').toEqual(true)
  },
}

function heritageOf({ heritage }: Naming): NonNullable<Naming['heritage']> {
  if (heritage === undefined) throw new TypeError('what leaves contents behind has to say how they are found')
  return heritage
}

const orphanCleanup: GenericCase = {
  id: 'x.orphan-cleanup',
  theme: 'cleanup',
  core: true,
  says: 'After both processes were killed a third can use their name, once it has removed what they left.',
  cites: ['XSH unlink', 'unix(7)', 'MS:CreateNamedPipeW'],
  exempts,
  rows: everyKind(async (stage) => {
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
  }),
}

const removeName: Claim = async (heir, name, naming) => {
  if (naming.remove === undefined) throw new TypeError('what leaves a name behind has to say how it is removed')
  expectOutcome(await naming.remove(heir, name), 'removing the name').toSucceed()
}

const recovery: Record<CommonTraits['persistence'], Claim> = {
  async nothing() {},
  name: removeName,
  'name-and-contents': removeName,
}

/** Processes that are killed with something still to be received; answers the name that they had. */
async function bequeath(stage: GenericStage): Promise<string> {
  return stage.traits.persistence === 'name-and-contents' ? leaveContents(stage) : leaveLink(stage)
}

async function leaveLink({ open }: GenericStage): Promise<string> {
  const link = await open()
  const { producer, consumer } = link
  if ('send' in producer) expectSent(await producer.send('a bequest'), 'a bequest')
  await Promise.all([producer.peer.kill(), consumer.peer.kill()])
  return nameOf(link)
}

async function leaveContents({ start, names, mechanism }: GenericStage): Promise<string> {
  const naming = namingOf(mechanism)
  const name = naming.name(names)
  const testator = await start('testator')
  const made = await naming.create(testator, name)
  expectOutcome(made, 'the creation').toSucceed()
  expectOutcome(await heritageOf(naming).leave(testator, made), 'leaving something').toSucceed()
  await testator.kill()
  return name
}

export const persistenceCases: readonly GenericCase[] = [objectPersistence, orphanCleanup]
