/**
 * What a mechanism opens itself on and what a case is played on: peers that make calls, links between them, and names
 * that carry the run's prefix. These are promises only; `peer.ts`, `link.ts` and `conformance/stage.ts` keep them.
 */

import type { Arg, Bytes, Exit, Expected, Family, Need, Os, Out, Outcome, Theme, Traits } from '../model.ts'

/** One process of a pair. */
export interface Peer {
  /** `producer`, `consumer`, or another name; unique within the pair. */
  readonly role: string
  readonly pid: number
  /**
   * One verb: one system call. Resolves with whatever the system said, failure included; rejects when the peer dies with
   * the call under way, and when the agent refuses the call (a mistake in the script: verdict `broken`). Left unawaited,
   * it is how a script says "this blocks".
   */
  call(name: string, ...args: readonly Arg[]): Promise<Outcome>
  /** A call that must succeed for the script to go on; answers its return value, a handle for instance. */
  must(name: string, ...args: readonly Arg[]): Promise<number>
  /** Waits until the operating system says that the peer waits inside its call. Fails the case when it returned instead. */
  blocked(): Promise<void>
  /** Waits for the end of the process and answers how it ended. From then on its death is no surprise. */
  exit(): Promise<Exit>
  /** SIGKILL, TerminateProcess: answers when the process is gone. */
  kill(): Promise<Exit>
  /** Sends a signal from outside (Linux). */
  signal(name: string): Promise<void>
  /**
   * A new peer out of this one. Linux: fork(). Windows: a process that inherits every inheritable handle, or only
   * those listed.
   */
  fork(role: string, handles?: readonly number[]): Promise<Peer>
  /** The state that the system shows for the process: `running`, `sleeping`, `stopped`, `zombie`, … */
  state(): Promise<string>
}

/** One call as it is asked for. */
export type Words = readonly [name: string, ...args: readonly Arg[]]

/** How bytes move through a handle: each is exactly one call, in words, so that it can be made once or again and again. */
export interface Io {
  /** The native class that runs timed loops on such handles. */
  readonly transport: string
  send(handle: number, data: Bytes): Words
  recv(handle: number, max: number): Words
  close(handle: number): Words
  /** Whether calls may wait. */
  blocking(handle: number, on: boolean): Words
  /** Whether a receive would find something, without taking it; waits at most that long. */
  ready(handle: number, milliseconds: number): Words
}

/** One end of an open link: a peer, the handle it sends or receives on, and how. */
export interface End {
  readonly peer: Peer
  readonly handle: number
  readonly io: Io
  send(data: Bytes): Promise<Outcome>
  recv(max: number): Promise<Outcome>
  /** One send, so many times back to back; ends early with the first that fails or moves nothing. */
  sendMany(times: number, data: Bytes): Promise<Outcome>
  /**
   * One receive, so many times back to back; ends early with the first that fails or brings nothing. What came is counted
   * by length and checksum, cut into blocks of that length (0: as it came).
   */
  recvMany(times: number, max: number, block: number): Promise<Outcome>
  close(): Promise<Outcome>
  blocking(on: boolean): Promise<Outcome>
  ready(milliseconds: number): Promise<Outcome>
  /** The same end in another peer that has the handle too (after a fork). */
  in(peer: Peer): End
  // The peer's own verbs, so that a script reads as what a process does.
  call: Peer['call']
  must: Peer['must']
  blocked: Peer['blocked']
}

/** An open connection: what generic cases send and receive on, and what workloads run on. */
export interface Link {
  readonly producer: End
  readonly consumer: End
  /** What this link is called, where mechanisms have names. */
  readonly name?: string
}

/** Unique names for objects, each carrying the run's prefix so that a sweep finds what a dead run left. */
export interface Names {
  /** A path in the run's own folder. */
  path(stem: string): string
  /** `\\.\pipe\…` */
  pipe(stem: string): string
}

export interface Stage {
  readonly os: Os
  readonly names: Names
  /** A fresh peer that has nothing in common with the others. */
  start(role: string): Promise<Peer>
  /** Whether every need is met here; ends the case as `unsupported`, with the reason and what would meet it, if not. */
  need(...needs: readonly Need[]): Promise<void>
  /** Keeps a figure or a value in the record without judging it. */
  note(name: string, value: Out): void
  /** Ends the case as `unsupported`: the precise reason, and what would meet it. */
  unsupported(reason: string): never
}

/** Objects with names, for mechanisms that have them: what collides, is missing, is forbidden, is left behind. */
export interface Naming {
  name(names: Names): string
  /** Exclusive creation. */
  create(peer: Peer, name: string): Promise<Outcome>
  /** Creates it so that another user, or another token, may not open it. */
  createPrivate(peer: Peer, name: string): Promise<Outcome>
  /** Opens what must exist already. */
  open(peer: Peer, name: string): Promise<Outcome>
  /** The documented recovery after the creator died; answers nothing where the system has recovered already. */
  remove?(peer: Peer, name: string): Promise<Outcome>
  /** Gives up the rights of the process, so that `open` is refused. */
  dropRights(peer: Peer): Promise<Outcome>
  readonly collision: Expected
  readonly missing: Expected
  readonly denied: Expected
  /** What `open` says of a name whose creator has died and left it behind. */
  readonly orphaned: Expected | 'opens'
}

/** How handles are opened: as they come, or for overlapped calls (Windows), where plain calls have no place. */
export type Opening = 'plain' | 'overlapped'

/** A way for two processes to communicate. */
export interface Mechanism {
  readonly id: string
  readonly title: string
  readonly family: Family
  readonly os: Os
  readonly cites: readonly string[]
  readonly traits: Traits
  readonly needs?: readonly Need[]
  readonly naming?: Naming
  /** Opens a link, by calls. Leaves handles behind for cases and workloads alike. */
  open(stage: Stage, how?: Opening): Promise<Link>
}

interface Claim {
  /** Stable, kebab case: `pipe.zero-write-no-reader`, `x.boundary-split`. */
  readonly id: string
  readonly theme: Theme
  /** Part of the quick selection. */
  readonly core?: true
  /** One sentence: what is claimed. */
  readonly says: string
  readonly cites: readonly string[]
  readonly needs?: readonly Need[]
  /** Set when no standard settles the answer: what the case notes is recorded and never judged. */
  readonly observes?: true
}

/** A claim about one mechanism. `open` opens its link; a case that wants its own set-up does not call it. */
export interface SpecificCase extends Claim {
  readonly mechanism: string
  run(stage: SpecificStage): Promise<void>
}
export interface SpecificStage extends Stage {
  open(how?: Opening): Promise<Link>
}

/** A claim about every mechanism, driven by its traits. */
export interface GenericCase extends Claim {
  /** Why the claim says nothing about a mechanism, or nothing when it applies. */
  exempts?(mechanism: Mechanism): string | undefined
  run(stage: GenericStage): Promise<void>
}
export interface GenericStage extends Stage {
  readonly mechanism: Mechanism
  readonly traits: Traits
  open(how?: Opening): Promise<Link>
}
