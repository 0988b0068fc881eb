/**
 * What a mechanism opens itself on and what a case is played on: peers that make calls, links between them, and names
 * that carry the run's prefix. These are promises only; `peer.ts`, `link.ts` and `conformance/stage.ts` keep them.
 */

import type { Arg, Bytes, Exit, Expected, Family, Kind, Need, Os, Out, Outcome, Theme, TraitsOf } from '../model.ts'

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

/** What every end of anything has: a peer and the number by which it knows the thing. */
export interface Grip {
  readonly peer: Peer
  readonly handle: number
  // The peer's own verbs, so that a script reads as what a process does.
  call: Peer['call']
  must: Peer['must']
  blocked: Peer['blocked']
}

/** A grip that another peer can have too, after a fork or because the whole system knows the number. */
export interface Passable<E> extends Grip {
  in(peer: Peer): E
  /** What a child has to inherit for it, where that is not the handle itself. */
  readonly inherits?: number
  /** How another peer comes to have it, where that takes calls of its own: mapping what it inherited, loading a file. */
  enter?(peer: Peer): Promise<E>
}

/** Something open between two peers. */
export interface LinkOf<E extends Grip> {
  readonly producer: E
  readonly consumer: E
  /** What this link is called, where mechanisms have names. */
  readonly name?: string
}

// ------------------------------------------------------------------------------------------------------------ channel

/** How bytes move through a handle: each is exactly one call, in words, so that it can be made once or again and again. */
export interface Io {
  /** The native class that runs timed loops on such handles. */
  readonly transport: string
  /** What that class has to know besides. */
  readonly options?: readonly Arg[]
  /** `waits` is false once the end was told not to wait, where that is said call by call (below). */
  send(handle: number, data: Bytes, waits: boolean): Words
  /** A receive with room for at least so many bytes: where a call refuses less than some size, it asks for that size. */
  recv(handle: number, max: number, waits: boolean): Words
  /** A receive with room for exactly so many bytes, where `recv` may ask for more. */
  recvShort?(handle: number, max: number): Words
  /** Absent where the handle is a number that the whole system knows, and nobody has an end to close. */
  close?(handle: number): Words
  /** Whether calls may wait. Absent where every call says so itself. */
  blocking?(handle: number, on: boolean): Words
  /** Whether a receive would find something, without taking it; waits at most that long. Absent where nothing tells. */
  ready?(handle: number, milliseconds: number): Words
  /** A receive that waits for so long, where a call takes its deadline as an argument. */
  timedRecv?(handle: number, max: number, milliseconds: number): Words
  /** Makes the link hold little, so that it is soon full, where it would hold megabytes. */
  narrow?(handle: number): readonly Words[]
}

/** One end of an open channel: a peer, the handle it sends or receives on, and how. */
export interface End extends Grip {
  readonly io: Io
  send(data: Bytes): Promise<Outcome>
  recv(max: number): Promise<Outcome>
  recvShort(max: number): Promise<Outcome>
  timedRecv(max: number, milliseconds: number): Promise<Outcome>
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
}

/** An open connection: what generic cases send and receive on, and what workloads run on. */
export type Link = LinkOf<End>

// ------------------------------------------------------------------------------------------------ counter, lock, event

/** What rings in timed loops on what a mechanism leaves open: `native/transports/<os>/bells.cc` has them all. */
export interface BellIo {
  /** Rung by one side, waited for by the other. */
  readonly bell?: string
  /** What the bell stands on, where that is more than the handle. */
  bellHandles?(handle: number): readonly number[]
  /** Rung by both sides in turns, on three of the mechanism at once: a lock, which only its holder can release. */
  readonly baton?: string
}

/** How a counter is used through its handle, each exactly one call. */
export interface CounterIo extends BellIo {
  /** Adds one. */
  add(handle: number): Words
  /** Adds one and does not wait, where adding can wait. */
  tryAdd?(handle: number): Words
  /** Takes one, or all, and waits until there is something. */
  take(handle: number): Words
  tryTake(handle: number): Words
  /** Whether calls may wait, where that is said beforehand, and not by the calls that try. */
  blocking?(handle: number, on: boolean): Words
  timedTake?(handle: number, milliseconds: number): Words
  /** Sets the counter, or adds so much at once, that `below` more units may be added until it is full. */
  fill?(handle: number, below: number): Words
  ready?(handle: number, milliseconds: number): Words
}
export interface CounterEnd extends Grip {
  readonly io: CounterIo
  add(): Promise<Outcome>
  tryAdd(): Promise<Outcome>
  take(): Promise<Outcome>
  tryTake(): Promise<Outcome>
  timedTake(milliseconds: number): Promise<Outcome>
  fill(below: number): Promise<Outcome>
  ready(milliseconds: number): Promise<Outcome>
  addMany(times: number): Promise<Outcome>
  takeMany(times: number): Promise<Outcome>
  in(peer: Peer): CounterEnd
}

export interface LockIo extends BellIo {
  acquire(handle: number): Words
  tryAcquire(handle: number): Words
  timedAcquire?(handle: number, milliseconds: number): Words
  release(handle: number): Words
}
export interface LockEnd extends Grip {
  readonly io: LockIo
  acquire(): Promise<Outcome>
  tryAcquire(): Promise<Outcome>
  timedAcquire(milliseconds: number): Promise<Outcome>
  release(): Promise<Outcome>
  in(peer: Peer): LockEnd
}

export interface EventIo extends BellIo {
  wait(handle: number): Words
  timedWait?(handle: number, milliseconds: number): Words
  /** Wakes one that waits. */
  wake(handle: number): Words
}
/** `producer` wakes and `consumer` waits. */
export interface EventEnd extends Grip {
  readonly io: EventIo
  wait(): Promise<Outcome>
  timedWait(milliseconds: number): Promise<Outcome>
  wake(): Promise<Outcome>
  in(peer: Peer): EventEnd
}

// --------------------------------------------------------------------------------------------------------- memory, call

/** How memory is stored to and loaded from; the handle is its address, or what stands for it. */
export interface MemoryIo {
  store(handle: number, offset: number, data: Bytes): Words
  load(handle: number, offset: number, length: number): Words
  /** Adds to the 32-bit word at an offset so many times in a row, each time indivisibly. */
  addMany(handle: number, offset: number, times: number): Words
}
export interface MemoryEnd extends Passable<MemoryEnd> {
  readonly io: MemoryIo
  /** Bytes that may be used. */
  readonly size: number
  store(offset: number, data: Bytes): Promise<Outcome>
  load(offset: number, length: number): Promise<Outcome>
  addMany(offset: number, times: number): Promise<Outcome>
}

/** How a procedure is called; the handle is the client's. The server echoes. */
export interface CallIo {
  echo(handle: number, data: Bytes): Words
  timedEcho?(handle: number, data: Bytes, milliseconds: number): Words
  /** Asks by a client made for the purpose how often the server has carried out a call, this one included. */
  executions(peer: Peer): Promise<Outcome>
}
/** `producer` calls; `consumer` serves, and is inside the call that serves until it is killed. */
export interface CallEnd extends Grip {
  readonly io: CallIo
  echo(data: Bytes): Promise<Outcome>
  timedEcho(data: Bytes, milliseconds: number): Promise<Outcome>
  executions(): Promise<Outcome>
}

export interface EndOf {
  readonly channel: End
  readonly counter: CounterEnd
  readonly lock: LockEnd
  readonly memory: MemoryEnd
  readonly event: EventEnd
  readonly call: CallEnd
}

// -------------------------------------------------------------------------------------------------------------- stage

/** Unique names for objects, each carrying the run's prefix so that a sweep finds what a dead run left. */
export interface Names {
  /** A path in the run's own folder. */
  path(stem: string): string
  /** `\\.\pipe\…` */
  pipe(stem: string): string
  /** `\\.\mailslot\…` */
  mailslot(stem: string): string
  /** `Local\…`: an object of this session of Windows. */
  object(stem: string): string
  /** `@…`: an abstract name of a Unix socket. */
  abstract(stem: string): string
  /** `/…`: a POSIX name, of a queue, a semaphore or shared memory. */
  posix(stem: string): string
  /** An endpoint of Microsoft RPC on this machine, which has to be short. */
  endpoint(stem: string): string
  /** `0x…`: a System V key. */
  key(stem: string): string
  /** An address of the loopback network that nothing else uses, and a port: `127.x.y.z:port`, or `[::1]:port`. */
  address(family: 'inet' | 'inet6'): string
}

/** How much memory is wanted, where it is more than cases use, and whether in huge pages. */
export interface Room {
  readonly bytes: number
  readonly huge: boolean
}

export interface Stage {
  readonly os: Os
  /** For mechanisms that are memory. */
  readonly room?: Room
  readonly names: Names
  /** A fresh peer that has nothing in common with the others; on the other system, where a case is played across two. */
  start(role: string, os?: Os): Promise<Peer>
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
  /** What can be left in it and found by another when its makers have died, for names whose contents stay. */
  readonly heritage?: {
    /** Leaves something in what `create` made, by the peer that made it and with what `create` returned. */
    leave(peer: Peer, made: Outcome): Promise<Outcome>
    /** Whether it is still there, in another process that has opened it. */
    find(peer: Peer, opened: Outcome): Promise<boolean>
  }
  /** Gives up the rights of the process, so that `open` is refused. */
  dropRights(peer: Peer): Promise<Outcome>
  readonly collision: Expected
  readonly missing: Expected
  /** Absent where everybody may open every name. */
  readonly denied?: Expected
  /** What `open` says of a name whose creator has died and left it behind. */
  readonly orphaned: Expected | 'opens'
}

/** How handles are opened: as they come, or for overlapped calls (Windows), where plain calls have no place. */
export type Opening = 'plain' | 'overlapped'

/** A mechanism of one kind. */
export interface MechanismOf<K extends Kind> {
  readonly id: string
  readonly title: string
  readonly kind: K
  readonly family: Family
  readonly os: Os
  readonly cites: readonly string[]
  readonly traits: TraitsOf[K]
  readonly needs?: readonly Need[]
  readonly naming?: Naming
  /** Opens a link, by calls. Leaves handles behind for cases and workloads alike. */
  open(stage: Stage, how?: Opening): Promise<LinkOf<EndOf[K]>>
}

/** A way for two processes to communicate. */
export type Mechanism = { readonly [K in Kind]: MechanismOf<K> }[Kind]
export type Channel = MechanismOf<'channel'>
export type Counter = MechanismOf<'counter'>
export type Lock = MechanismOf<'lock'>
export type Memory = MechanismOf<'memory'>
export type Event = MechanismOf<'event'>
export type Call = MechanismOf<'call'>

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

/** A claim about one mechanism. */
export interface SpecificCase extends Claim {
  readonly mechanism: string
  /** The other system that it has peers on, where the mechanism crosses from one to the other. */
  readonly with?: Os
  /** Set when it is about a machine that has the mechanism or has it not, and does without what that needs. */
  readonly evenWithout?: true
  run(stage: SpecificStage): Promise<void>
}
export interface SpecificStage extends Stage {
  /** Opens the mechanism, which has to be a channel. A case about another kind opens it by the mechanism's own script. */
  open(how?: Opening): Promise<Link>
}

export type Row<K extends Kind> = string | ((stage: GenericStage<K>) => Promise<void>)
export type Rows = { readonly [K in Kind]: Row<K> }

/** A claim about every mechanism, driven by its traits. */
export interface GenericCase extends Claim {
  /** For each kind of mechanism what is done, or why the claim says nothing about that kind. */
  readonly rows: Rows
  /** Why the claim says nothing about one mechanism, or nothing when it applies. */
  exempts?(mechanism: Mechanism): string | undefined
}
export interface GenericStage<K extends Kind = Kind> extends Stage {
  readonly mechanism: MechanismOf<K>
  readonly traits: TraitsOf[K]
  open(how?: Opening): Promise<LinkOf<EndOf[K]>>
}
