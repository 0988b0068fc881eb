/** Objects with names: what happens to a second creator, to one who looks for what is not there, to one who may not. */

import { expectOutcome } from '../../../harness/conformance/expect.ts'
import type { GenericCase, Mechanism } from '../../../harness/pair/stage.ts'
import { anotherUser, tooFewUsers } from '../../mechanisms/nobody.ts'
import { namingOf, whyNameless } from './named.ts'
import { everyKind } from './rows.ts'

const exempts = ({ traits }: Mechanism) => whyNameless[traits.naming]

const nameCollision: GenericCase = {
  id: 'x.name-collision',
  theme: 'naming',
  core: true,
  says: 'Who creates a name that exists already is told so, if it wants to be the first; what was there is unharmed.',
  cites: ['XSH mkfifo', 'XSH bind', 'MS:CreateNamedPipeW FILE_FLAG_FIRST_PIPE_INSTANCE', 'MS:CreateMutexW'],
  exempts,
  rows: everyKind(async ({ start, names, mechanism }) => {
    const naming = namingOf(mechanism)
    const [first, second] = [await start('first'), await start('second')]
    const name = naming.name(names)
    expectOutcome(await naming.create(first, name), 'the first creation').toSucceed()
    expectOutcome(await naming.create(second, name), 'the second creation').toBe(naming.collision)
    expectOutcome(await naming.open(second, name), 'opening what was there').toSucceed()
  }),
}

const openMissingName: GenericCase = {
  id: 'x.open-missing-name',
  theme: 'naming',
  core: true,
  says: 'Opening a name that nobody has created fails, and creates nothing.',
  cites: ['XSH open', 'XSH connect', 'MS:CreateFileW'],
  exempts,
  rows: everyKind(async ({ start, names, mechanism }) => {
    const naming = namingOf(mechanism)
    const peer = await start('opener')
    const name = naming.name(names)
    expectOutcome(await naming.open(peer, name), 'opening what nobody created').toBe(naming.missing)
    expectOutcome(await naming.create(peer, name), 'creating it afterwards').toSucceed()
  }),
}

const permissionDenied: GenericCase = {
  id: 'x.permission-denied',
  theme: 'perm',
  says: 'Who has no right to open a name is refused, and who has it is not.',
  cites: ['XSH open EACCES', 'unix(7)', 'path_resolution(7)', 'MS "Named Pipe Security and Access Rights"'],
  needs: anotherUser,
  exempts: (mechanism) =>
    exempts(mechanism) ?? (mechanism.naming?.denied === undefined ? 'everybody may open its names' : undefined),
  rows: everyKind(async ({ start, names, mechanism, unsupported }) => {
    const naming = namingOf(mechanism)
    const [owner, stranger] = [await start('owner'), await start('stranger')]
    const [allowed, forbidden] = [naming.name(names), naming.name(names)]
    for (const name of [allowed, forbidden]) {
      expectOutcome(await naming.createPrivate(owner, name), 'the creation').toSucceed()
    }
    expectOutcome(await naming.open(stranger, allowed), 'opening one with the right to').toSucceed()
    const dropped = await naming.dropRights(stranger)
    if (dropped.error === 'EINVAL') unsupported(tooFewUsers)
    expectOutcome(dropped, 'giving up the right').toSucceed()
    const refused = await naming.open(stranger, forbidden)
    if (naming.denied !== undefined) expectOutcome(refused, 'opening the other without').toBe(naming.denied)
  }),
}

export const namingCases: readonly GenericCase[] = [nameCollision, openMissingName, permissionDenied]
