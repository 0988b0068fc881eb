/** How a child comes to own an end, and how it is kept from it. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { CommonTraits, LockTraits } from '../../../harness/model.ts'
import type {
  CounterEnd,
  End,
  EventEnd,
  GenericCase,
  Grip,
  LinkOf,
  LockEnd,
  MemoryEnd,
  Passable,
  Stage,
} from '../../../harness/pair/stage.ts'
import { canWriteTo, programs } from './programs.ts'
import { nothingIsSent, rowsOf } from './rows.ts'
import { another, endIn, expectSent, inheritedFor } from './shared.ts'

const inheritForkSpawn: GenericCase = {
  id: 'x.inherit-fork-spawn',
  theme: 'naming',
  core: true,
  says: 'What a child inherits works for it, in a forked process and in a program; what is marked, or never passes on, does not.',
  cites: ['XSH fork', 'XSH exec', 'fcntl(2) FD_CLOEXEC', 'MS:CreateProcessW', 'MS:SetHandleInformation'],
  rows: rowsOf(
    { ...nothingIsSent, call: 'a client is part of its process, and a child makes its own' },
    {
      async channel({ open, traits, start }) {
        const link = await open()
        await passesOn[traits.inheritance](link, { start, traits, proof: channelProof })
      },
      async counter({ open, traits, start }) {
        await passesOn[traits.inheritance](await open(), { start, traits, proof: counterProof })
      },
      async lock({ open, traits, start }) {
        const { producer, consumer } = await open()
        expectOutcome(await producer.acquire(), 'acquiring the lock').toSucceed()
        const proof = lockProof(traits)
        await passesOn[traits.inheritance]({ producer, consumer }, { start, traits, proof })
      },
      async memory({ open, traits, start }) {
        await passesOn[traits.inheritance](await open(), { start, traits, proof: memoryProof })
      },
      async event({ open, traits, start }) {
        await passesOn[traits.inheritance](await open(), { start, traits, proof: eventProof })
      },
    },
  ),
}

/** What shows that an end works in the hands of another process, and what shows that it does not. */
interface Proof<E extends Grip> {
  works(child: E, link: LinkOf<E>): Promise<void>
  /** For a child of `of` that has nothing of what its parent has. */
  readonly strangerOf: 'producer' | 'consumer'
  isStranger(child: E, link: LinkOf<E>): Promise<void>
}
interface Legacy<E extends Grip> {
  readonly start: Stage['start']
  readonly traits: CommonTraits
  readonly proof: Proof<E>
}
type PassesOn = <E extends Passable<E>>(link: LinkOf<E>, legacy: Legacy<E>) => Promise<void>

const passesOn: Record<CommonTraits['inheritance'], PassesOn> = {
  async descriptor(link, { traits, proof }) {
    await proof.works(await another(link.producer, 'child', traits), link)
    await passesToPrograms(link, 'descriptor')
  },
  async handle(link, { traits, proof }) {
    await proof.works(await another(link.producer, 'child', traits), link)
    await passesToPrograms(link, 'handle')
  },
  async memory(link, { traits, proof }) {
    await proof.works(await another(link.producer, 'child', traits), link)
  },
  async 'system-wide'(link, { start, proof }) {
    await proof.works(await endIn(link.producer, await start('stranger')), link)
  },
  async never(link, { traits, proof }) {
    await proof.isStranger(await another(link[proof.strangerOf], 'child', traits), link)
  },
}

async function passesToPrograms<E extends Passable<E>>(link: LinkOf<E>, as: 'descriptor' | 'handle'): Promise<void> {
  const { producer, consumer } = link as LinkOf<Passable<E>>
  if (canWriteTo(producer)) {
    const code = await programs[as].writeTo(producer, 'from a program')
    expectValue(code, 'the exit code of the program').toEqual(0)
    expectOutcome(await (consumer as Grip as End).recv(64), 'the receive').toBring('from a program')
  }
  const inherited = { ...producer, handle: inheritedFor(producer) }
  expectValue(await programs[as].has(inherited, true), 'whether a program has the end').toEqual(true)
  expectValue(await programs[as].has(inherited, false), 'whether it has what it did not inherit').toEqual(false)
}

const channelProof: Proof<End> = {
  async works(child, { consumer }) {
    expectSent(await child.send('from a child'), 'from a child')
    expectOutcome(await consumer.recv(64), 'the receive').toBring('from a child')
  },
  strangerOf: 'producer',
  async isStranger(child) {
    expectOutcome(await child.send('from a child'), 'a send of a child').toFail('any')
  },
}

const counterProof: Proof<CounterEnd> = {
  async works(child, { consumer }) {
    expectOutcome(await child.add(), 'adding in a child').toSucceed()
    expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
  },
  strangerOf: 'consumer',
  async isStranger(child, { producer, consumer }) {
    expectOutcome(await producer.add(), 'adding').toSucceed()
    expectOutcome(await child.tryTake(), 'taking in a child').toFail('any')
    expectOutcome(await consumer.tryTake(), 'taking').toSucceed()
  },
}

/** The producer has the lock. */
const lockProof = ({ releasedBy, whenHeld }: LockTraits): Proof<LockEnd> => ({
  // Where it belongs to the process that acquired it, a child can only be the next to have it.
  async works(child, { producer, consumer }) {
    const next = releasedBy === 'its-holder' ? child : consumer
    expectOutcome(await next.tryAcquire(), 'an attempt of another process').toBe(whenHeld)
    const releasing = releasedBy === 'its-holder' ? producer : child
    expectOutcome(await releasing.release(), `a release by the ${releasing.peer.role}`).toSucceed()
    expectOutcome(await next.tryAcquire(), 'an attempt after it').toSucceed()
  },
  strangerOf: 'producer',
  async isStranger(child, { producer }) {
    expectOutcome(await child.tryAcquire(), 'an attempt of the child').toBe(whenHeld)
    expectOutcome(await producer.release(), 'the release').toSucceed()
    expectOutcome(await child.tryAcquire(), 'an attempt of the child after it').toSucceed()
  },
})

const memoryProof: Proof<MemoryEnd> = {
  async works(child, { consumer }) {
    expectOutcome(await child.store(0, 'from a child'), 'a store in a child').toSucceed()
    expectOutcome(await consumer.load(0, 12), 'the load').toBring('from a child')
  },
  strangerOf: 'producer',
  async isStranger(child, { producer, consumer }) {
    expectOutcome(await producer.store(0, 'mine'), 'a store of the parent').toSucceed()
    expectOutcome(await child.store(0, 'copy'), 'a store of the child').toSucceed()
    expectOutcome(await consumer.load(0, 4), 'the load').toBring('mine')
  },
}

const eventProof: Proof<EventEnd> = {
  async works(child, { consumer }) {
    const waiting = consumer.wait()
    await consumer.blocked()
    expectOutcome(await child.wake(), 'a wake-up by the child').toSucceed()
    expectOutcome(await waiting, 'the wait').toSucceed()
  },
  strangerOf: 'producer',
  async isStranger(child, { producer, consumer }) {
    const waiting = consumer.wait()
    await consumer.blocked()
    await child.wake()
    await consumer.blocked()
    expectOutcome(await producer.wake(), 'a wake-up by the parent').toSucceed()
    expectOutcome(await waiting, 'the wait').toSucceed()
  },
}

export const inheritanceCases: readonly GenericCase[] = [inheritForkSpawn]
