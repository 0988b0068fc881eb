/**
 * A link's life, played once by the mechanism's own script and written down as a story that native code can live again and
 * again (native/workloads/lifecycle.h). Every call is really made; what the script gets to see of an answer are stand-ins,
 * numbers so large that nothing else looks like them, so that an argument which is one, or a little more than one, is known
 * to come from that answer.
 *
 * A process that the script forks is not made: what a child inherits it knows by the same numbers, and so its calls are
 * made by its parent. What both have until both have closed it is closed by the second of them.
 */

import { ExpectationFailed } from '../conformance/expectation-failed.ts'
import { blameMachine } from '../conformance/machine.ts'
import type { Arg, Out, Outcome } from '../model.ts'
import { Unsupported } from '../pair/failures.ts'
import type { Peer, Stage, Words } from '../pair/stage.ts'
import { type Made, releases, undoing, undoneLast } from './undoing.ts'

/** Of the side that leads, and of the other. */
type SideNumber = 0 | 1
export const lifeStages = ['create', 'connect', 'first-byte', 'close'] as const
export type LifeStage = (typeof lifeStages)[number]

interface Step {
  readonly side: SideNumber
  readonly words: Words
  readonly stage: LifeStage
  /** How many steps of the other side were over, and how many had begun, when this one began. */
  readonly finished: number
  readonly begun: number
  readonly carries: number | undefined
  readonly stands: number[]
  fails: boolean
}

/** Where a number comes from: the return value, or the Nth whole number of `out`. */
interface Origin {
  readonly step: Step
  readonly which: number
  readonly number: number
}

export interface Recorder {
  /** The stage on which the script plays. */
  readonly stage: Stage
  enter(stage: LifeStage): void
  /** The next call carries what has this checksum. */
  carrying(crc: number): void
  /** Undoes whatever the script has made and not undone, in reverse. */
  undo(): Promise<void>
  /** Whether all of it was played by one process. */
  readonly forked: boolean
  /** The processes that play it. */
  readonly real: { readonly producer: Peer; readonly consumer: Peer }
  /** The story as native code reads it. */
  told(): Arg[]
}

const unit = 2 ** 40
const mostNumbers = 256

export function recorder(stage: Stage): Recorder {
  const steps: Step[] = []
  const origins: Origin[] = []
  const made: { readonly peer: Peer; readonly side: SideNumber; readonly made: Made }[] = []
  const released = new Set<string>()
  const onceReleased = new Set<string>()
  const real = new Map<string, Peer>()
  const begun = [0, 0]
  const finished = [0, 0]
  let now: LifeStage = 'create'
  let carries: number | undefined
  let forkedAfter: number | undefined

  const concrete = (arg: Arg): Arg => {
    if (Array.isArray(arg)) return arg.map(concrete)
    if (typeof arg !== 'number' || arg < unit) return arg
    const origin = origins[Math.floor(arg / unit) - 1]
    if (origin === undefined) throw new Error(`${arg} stands for no answer of an earlier call`)
    return origin.number + (arg % unit)
  }

  /** Numbers of an answer, each replaced by what stands for it. */
  function standIns(step: Step, outcome: Outcome): Outcome {
    const stand = (number: number, which: number): number => {
      step.stands.push(which)
      return origins.push({ step, which, number }) * unit
    }
    let which = 0
    const within = (out: Out): Out => {
      if (typeof out === 'number') return Number.isInteger(out) ? stand(out, ++which) : out
      if (Array.isArray(out)) return out.map(within)
      if (typeof out !== 'object' || out === null) return out
      return Object.fromEntries(Object.entries(out).map(([name, member]) => [name, within(member)]))
    }
    const ret = outcome.ret >= 0 ? stand(outcome.ret, 0) : outcome.ret
    return {
      ...outcome,
      ret,
      ...(outcome.out === undefined ? {} : { out: within(outcome.out) as NonNullable<Outcome['out']> }),
    }
  }

  /** What a call that undoes something is about. */
  const keyOf = (words: readonly Arg[]): string => JSON.stringify([words[0], words[1]])
  /** Made before the fork, and so had by both. */
  const isHadByBoth = (arg: Arg | undefined): boolean =>
    forkedAfter !== undefined && typeof arg === 'number' && arg >= unit && Math.floor(arg / unit) <= forkedAfter

  async function call(peer: Peer, side: SideNumber, name: string, args: readonly Arg[]): Promise<Outcome> {
    const key = keyOf([name, ...args])
    if (releases.has(name)) {
      if (isHadByBoth(args[0]) && !onceReleased.has(key)) {
        onceReleased.add(key)
        return { ret: 0, ns: 0 }
      }
      released.add(key)
    }
    const first = steps[0]
    if (now === 'create' && first !== undefined && first.side !== side) now = 'connect'
    const other = 1 - side
    const step: Step = {
      side,
      words: [name, ...args],
      stage: now,
      finished: finished[other] as number,
      begun: begun[other] as number,
      carries,
      stands: [],
      fails: false,
    }
    carries = undefined
    steps.push(step)
    begun[side] = (begun[side] as number) + 1
    const outcome = await peer.call(name, ...args.map(concrete))
    finished[side] = (finished[side] as number) + 1
    step.fails = outcome.error !== undefined
    if (step.fails) return outcome
    const seen = standIns(step, outcome)
    // What carries the first byte makes nothing that lasts.
    if (now !== 'first-byte') made.push({ peer, side, made: { name, args, outcome: seen } })
    return seen
  }

  const impossible = (what: string) => (): never => {
    throw new Unsupported(`its life cannot be lived again and again: its script ${what}`)
  }

  const playing = (peer: Peer, side: SideNumber): Peer => ({
    role: peer.role,
    get pid() {
      return peer.pid
    },
    call: (name, ...args) => call(peer, side, name, args),
    async must(name, ...args) {
      const outcome = await call(peer, side, name, args)
      if (outcome.error === undefined) return outcome.ret
      blameMachine(outcome, name)
      throw new ExpectationFailed(`${name} to succeed`, `it failed with ${outcome.error} (${outcome.code})`)
    },
    blocked: () => peer.blocked(),
    async fork(role) {
      forkedAfter = origins.length
      if (now === 'create') now = 'connect'
      return { ...playing(peer, sideOf(role)), role }
    },
    exit: impossible('waits for the end of a process'),
    kill: impossible('kills a process'),
    signal: impossible('sends a signal'),
    state: impossible('asks for the state of a process'),
  })

  function sideOf(role: string): SideNumber {
    if (role === 'producer') return 0
    return role === 'consumer' ? 1 : impossible(`takes a third process, a ${role}`)()
  }

  async function undoOne(peer: Peer, side: SideNumber, [name, ...args]: Words): Promise<void> {
    const key = keyOf([name, ...args])
    if (released.has(key)) return
    onceReleased.add(key)
    const outcome = await call(peer, side, name, args)
    if (outcome.error !== undefined) throw new Error(`${name} failed with ${outcome.error}`)
  }

  return {
    stage: {
      ...stage,
      async start(role) {
        const side = sideOf(role)
        const peer = await stage.start(role)
        real.set(role, peer)
        return playing(peer, side)
      },
    },
    enter(next) {
      now = next
    },
    carrying(crc) {
      carries = crc
    },
    async undo() {
      const late: (() => Promise<void>)[] = []
      for (const side of [0, 1] as const) {
        for (const one of made.filter((each) => each.side === side).reverse()) {
          const words = undoing(stage.os, one.made)
          if (words === undefined) impossible(`calls ${one.made.name}, of which nobody has said what undoes it`)()
          for (const each of words ?? []) {
            if (undoneLast.has(each[0])) late.push(() => undoOne(one.peer, side, each))
            else await undoOne(one.peer, side, each)
          }
        }
      }
      for (const undo of late) await undo()
    },
    get forked() {
      return forkedAfter !== undefined
    },
    get real() {
      const [producer, consumer] = [real.get('producer'), real.get('consumer')]
      const either = producer ?? consumer
      if (either === undefined) return impossible('starts no process')()
      return { producer: producer ?? either, consumer: consumer ?? either }
    },
    told: () => tell(steps, origins, forkedAfter !== undefined),
  }
}

/** Only the numbers that some later step needs are kept, and get numbers of their own. */
function tell(steps: readonly Step[], origins: readonly Origin[], alone: boolean): Arg[] {
  const needed = new Map<number, number>()
  const renamed = (arg: Arg): Arg => {
    if (Array.isArray(arg)) return arg.map(renamed)
    if (typeof arg !== 'number' || arg < unit) return arg
    const origin = Math.floor(arg / unit) - 1
    const kept = needed.get(origin) ?? needed.size
    needed.set(origin, kept)
    return (kept + 1) * unit + (arg % unit)
  }
  const calls = steps.map(({ words: [name, ...args] }) => [name, ...args.map(renamed)])
  if (needed.size > mostNumbers) throw new Unsupported(`its life has more than ${mostNumbers} numbers to remember`)
  const keptOf = (step: Step) =>
    [...needed].flatMap(([index, kept]) => {
      const origin = origins[index]
      return origin?.step === step ? [[origin.which, kept]] : []
    })
  return steps.map((step, index) => [
    alone ? 0 : step.side,
    alone ? 0 : step.finished,
    alone ? 0 : step.begun,
    lifeStages.indexOf(step.stage),
    step.fails ? 1 : 0,
    step.carries === undefined ? [] : [step.carries],
    keptOf(step),
    calls[index] as Arg,
  ])
}
