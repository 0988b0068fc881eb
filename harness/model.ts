/**
 * Every data type of ipcmark. This file promises that the whole vocabulary can be read in one place, and it imports
 * nothing: mechanisms and cases describe themselves in these types, the harness runs them, records keep them, reports
 * draw them.
 */

// ---------------------------------------------------------------------------------------------- systems and targets

export type Os = 'linux' | 'windows'

/** Where peers run: `native`, `wine`, or `exec:PREFIX`, a command prefix that starts the agent. */
export type TargetId = 'native' | 'wine' | `exec:${string}`

// ------------------------------------------------------------------------------------------------- calls and outcomes

/** Bytes that are sent: text as it stands, or made by both sides from a length and a seed, or given in hexadecimal. */
export type Bytes = string | { readonly pattern: number; readonly seed: number } | { readonly hex: string }

/** One argument of a call. A string is text or a constant by name, as the parameter it meets asks for. */
export type Arg = number | bigint | Bytes | readonly Arg[]

/** What the system gave back: a call is one system call and this is everything it said. */
export interface Outcome {
  readonly ret: number
  /** The error's name (`EPIPE`, `ERROR_BROKEN_PIPE`), absent when the call succeeded. */
  readonly error?: string
  /** The raw error number, kept beside its name. */
  readonly code?: number
  /** Set on an EPERM where a seccomp filter is in force: it may be the filter that said it, and not the system. */
  readonly filtered?: true
  /** Time inside the system call. */
  readonly ns: number
  /** Bytes that came back: how many, the first of them in hexadecimal, and the CRC-32 of all of them. */
  readonly length?: number
  readonly hex?: string
  readonly crc?: number
  /** What else the call filled in, by name. */
  readonly out?: Readonly<Record<string, Out>>
}
export type Out = number | string | boolean | null | readonly Out[] | { readonly [name: string]: Out }

/** How a peer ended. Exactly one of `code` and `signal` is known; neither when only its parent could have told. */
export interface Exit {
  readonly code?: number
  readonly signal?: string
  readonly usage?: Usage
}

/** What a process has consumed. */
export interface Usage {
  readonly userNs: number
  readonly systemNs: number
  readonly voluntarySwitches: number
  readonly involuntarySwitches: number
  readonly minorFaults: number
  readonly maxRssKib: number
}

/** One verb to one peer, as the trace keeps it. Times are nanoseconds since the case began, by the harness's clock. */
export interface TraceStep {
  readonly peer: string
  readonly call: string
  readonly args: readonly Arg[]
  readonly at: number
  until?: number
  outcome?: Outcome
  /** Set when the operating system said that the peer was waiting inside this call. */
  blocked?: boolean
  /** Events that are no call: `exit`, `killed`, `started`, `forked`. */
  event?: string
}

// ------------------------------------------------------------------------------------------------------------- traits

/**
 * What a call is expected to say: a return value, an error by name (any of several where the standard allows, `any` where it
 * names none), how many bytes were moved where the return value is a bare yes, or the name of a wait's result (Windows),
 * which is no error.
 */
export type Expected =
  | { readonly ret: number }
  | { readonly error: string | readonly string[] }
  | { readonly transferred: number }
  | { readonly result: string }
  /** Any of these, where the documentation leaves it open. */
  | { readonly anyOf: readonly Expected[] }

/**
 * What kind of thing a mechanism is, and so what two processes can do with it:
 * - `channel`: what one sends the other receives (pipes, sockets, queues);
 * - `counter`: one adds to a number, the other waits until it can take from it (semaphores, eventfd, signals);
 * - `lock`: one has it and the others wait (mutexes, file locks);
 * - `memory`: what one stores the other loads (shared memory, mappings);
 * - `event`: one waits and the other wakes it; who does not wait misses it (futex, condition);
 * - `call`: one asks and the other answers (RPC).
 */
export const kinds = ['channel', 'counter', 'lock', 'memory', 'event', 'call'] as const
export type Kind = (typeof kinds)[number]

/**
 * What a mechanism promises, as closed data. Every value of every trait is claimed by a generic case: the tables there
 * are keyed by these unions, so that a new value does not compile until someone writes its case. A trait that needs
 * figures or errors to be complete is a value that `is` one of several kinds.
 */
export interface CommonTraits {
  /** What outlives both processes: nothing, a name that leads nowhere, or the name and what was in it. */
  readonly persistence: 'nothing' | 'name' | 'name-and-contents'
  /**
   * Where it has its name, if it has one: in the file system, among the pipes, mailslots or objects of Windows, in the
   * abstract names of Unix sockets, a System V key, a POSIX name (`/name`), an address and a port, or an
   * endpoint of Microsoft RPC.
   */
  readonly naming:
    | 'none'
    | 'path'
    | 'pipe-namespace'
    | 'mailslot-namespace'
    | 'endpoint'
    | 'object-namespace'
    | 'abstract'
    | 'key'
    | 'posix-name'
    | 'address'
  /**
   * How a child comes to have it, and how that is prevented: a descriptor or a handle is inherited; a number that the
   * whole system knows needs no inheriting; memory comes with fork() and goes with exec(); and some belong to one process
   * and never pass to its child.
   */
  readonly inheritance: 'descriptor' | 'handle' | 'system-wide' | 'memory' | 'never'
  /** What a signal handler does to a call that waits. `always-eintr`: SA_RESTART or not. */
  readonly interrupted: 'eintr-or-restart' | 'always-eintr' | 'always-restarts' | 'no-signals' | 'never-waits'
}

/** How a wait is given a deadline: `argument`, when a call takes it, and what that call says when the time is over. */
export type Deadline =
  | { readonly is: 'poll' }
  | { readonly is: 'socket-option' }
  | { readonly is: 'overlapped' }
  | { readonly is: 'argument'; readonly says: Expected }
  | { readonly is: 'none' }

export interface ChannelTraits extends CommonTraits {
  /**
   * Which way data flows over one link, and what a transfer the other way says. `shared`: there is one queue, and who
   * receives takes from it whatever is there, be it their own.
   */
  readonly flow:
    | { readonly is: 'duplex' }
    | { readonly is: 'shared' }
    | { readonly is: 'simplex'; readonly backwards: Expected }
  /** Whether the borders between sends are kept. */
  readonly framing: 'byte' | 'message'
  /**
   * What a receive with a buffer smaller than the message does with the rest. `fails-with-part`: it fails, brings what has
   * room, and the rest is lost. `refused`: it fails and the message stays.
   */
  readonly shortRead:
    | { readonly is: 'keeps-rest' }
    | { readonly is: 'discards-rest' }
    | { readonly is: 'more-data' }
    | { readonly is: 'fails-with-part'; readonly error: string }
    | { readonly is: 'refused'; readonly error: string }
  /** What a send of no bytes does: nothing, or it arrives, `looks-like-end` where a receive cannot tell; or it is refused. */
  readonly zeroLength: 'no-op' | 'empty-message' | 'looks-like-end' | { readonly error: string }
  /**
   * The longest send that travels as one, and what becomes of a longer one. The figure of `at-most` is fixed, or is asked
   * of the sender: its SO_SNDBUF less what the kernel adds, or a file below /proc/sys.
   */
  readonly maxMessage:
    | { readonly is: 'unlimited' }
    | { readonly is: 'split-beyond'; readonly bytes: number }
    /** What there is room for is taken, as much as a whole empty link, and the sender is told how much that was. */
    | { readonly is: 'taken-in-part'; readonly bytes: number }
    | { readonly is: 'at-most'; readonly bytes: Limit; readonly error: string }
  /** Which sends never interleave with another sender's: none, all, or those of at most so many bytes. */
  readonly atomicity:
    | { readonly is: 'none' }
    | { readonly is: 'every-send' }
    | { readonly is: 'up-to'; readonly bytes: number }
  /** What a receive on an empty link says when it may not block. */
  readonly whenEmpty: Expected
  /**
   * What a send on a full link says when it may not block. `drops`: it succeeds, and what has no room is lost.
   * `not-documented`: no page speaks of a link that is full.
   */
  readonly whenFull: Expected | 'drops' | 'not-documented'
  /** What the receiver is told once the last sender has gone and all data was taken. `never-told`: nothing, ever. */
  readonly peerGone: Expected | 'never-told'
  /** The same, where it is something else when the last sender has died and closed nothing. */
  readonly peerDied?: Expected
  /**
   * What a sender is told once the last receiver has gone: by an error, and by a signal first where there is one. It is
   * told at once, or its first send still succeeds, or may, or every other one does, or it is never told; or its sends
   * succeed and it is told by a receive.
   */
  readonly writeAfterGone:
    | {
        readonly is: 'at-once' | 'after-one-send' | 'within-two-sends' | 'every-other-send' | 'by-a-receive'
        readonly signal: 'SIGPIPE' | 'none'
        readonly error: string | readonly string[]
      }
    | { readonly is: 'never-told' }
  /** What is left of a send that was cut by the sender's death. `nothing-to-cut`: no send ever waits. */
  readonly cutSend: 'prefix' | 'whole-or-nothing' | 'nothing-to-cut'
  /** What happens to a sender that waits for room when the last receiver dies. */
  readonly blockedSender: 'woken' | 'left-waiting' | 'never-waits'
  /** How a receiver learns that something is there (by POLLIN, or `there`) without taking it, and what it is told at the end. */
  readonly readiness:
    | { readonly is: 'poll'; readonly there?: 'POLLRDNORM'; readonly atEnd: 'POLLHUP' | 'POLLIN' | 'nothing' }
    | { readonly is: 'peek' }
    | { readonly is: 'none' }
  readonly timedReceive: Deadline
}
export type Limit = number | { readonly sendBufferLess: number } | { readonly sysctl: string }

export interface CounterTraits extends CommonTraits {
  /**
   * What adding says when the counter is as high as it goes: it waits, or fails with that error where it may not wait; it
   * fails; or it succeeds and adds nothing.
   */
  readonly atMaximum:
    | { readonly is: 'waits'; readonly error: string }
    | { readonly is: 'fails'; readonly error: string }
    | { readonly is: 'coalesces' }
  /** What taking says when there is nothing and it may not wait. */
  readonly whenEmpty: Expected
  /** How many units one taking takes: one, or all that are there. */
  readonly takes: 'one' | 'all'
  /** What becomes of what a process took when it is killed: it is gone, or the kernel gives it back. */
  readonly takerKilled: 'not-given-back' | 'given-back'
  readonly readiness: 'poll' | 'none'
  readonly timedTake: Deadline
}

export interface LockTraits extends CommonTraits {
  /** What an attempt says while another holds it. */
  readonly whenHeld: Expected
  /** What the next one learns when the holder is killed. */
  readonly holderKilled:
    | { readonly is: 'released' }
    | { readonly is: 'told'; readonly says: Expected }
    | { readonly is: 'stays-locked' }
  /** Who can release it: only who acquired it, or whoever has what it was acquired through. */
  readonly releasedBy: 'its-holder' | 'whoever-has-it'
  readonly timedAcquire: Deadline
}

export interface MemoryTraits extends CommonTraits {
  /** What is there before anything was stored. */
  readonly initially: 'zeros'
}

export interface EventTraits extends CommonTraits {
  readonly timedWait: Deadline
}

export interface CallTraits extends CommonTraits {
  /** How often a call is carried out whose answer is long in coming. */
  readonly execution: 'exactly-once' | 'at-least-once' | 'at-most-once'
  /** What a caller is told when the server dies under its call, and afterwards. */
  readonly serverGone: Expected
  readonly serverMissing: Expected
  readonly timedCall: Deadline
  /** The longest argument that is carried. */
  readonly maxArgument:
    | { readonly is: 'unlimited' }
    | { readonly is: 'at-most'; readonly bytes: number; readonly error: string }
}

export interface TraitsOf {
  readonly channel: ChannelTraits
  readonly counter: CounterTraits
  readonly lock: LockTraits
  readonly memory: MemoryTraits
  readonly event: EventTraits
  readonly call: CallTraits
}

// ------------------------------------------------------------------------------------------------- mechanisms, cases

export const themes = [
  'data',
  'order',
  'boundary',
  'limit',
  'atomic',
  'block',
  'eof',
  'err',
  'crash',
  'signal',
  'naming',
  'perm',
  'persist',
  'cleanup',
  'direction',
] as const
export type Theme = (typeof themes)[number]

export const families = [
  'pipe',
  'socket',
  'queue',
  'semaphore',
  'shared-memory',
  'synchronisation',
  'signal',
  'file',
  'process',
  'rpc',
] as const
export type Family = (typeof families)[number]

/** What a case or a mechanism needs of the machine beyond its operating system. */
export type Need =
  | { readonly capability: string }
  | { readonly constant: string }
  /** A call that the agent has to know; `otherwise` says what would give it one, where anything would. */
  | { readonly call: string; readonly otherwise?: string }
  /** A kernel of at least this version, such as `5.15`. */
  | { readonly kernel: string }
  /** A file below /proc/sys that holds at least, or exactly, this number. */
  | { readonly sysctl: string; readonly atLeast: number }
  | { readonly sysctl: string; readonly exactly: number }
  /** A call that must work here, tried by a process of its own; `otherwise` says what would make it work. */
  | { readonly works: readonly [call: string, ...args: readonly Arg[]]; readonly otherwise: string }

/** Six verdicts, because right, wrong, not here, our own fault, died and hung are different news; a seventh where the
 * standard leaves the answer open and the value is recorded, never judged. */
export const verdicts = ['pass', 'fail', 'unsupported', 'broken', 'crash', 'hang', 'observed'] as const
export type Verdict = (typeof verdicts)[number]

/** A verdict against the expectations file. `known` is an excused deviation, `fixed` an excuse that has gone stale. */
export const standings = ['expected', 'regression', 'known', 'fixed'] as const
export type Standing = (typeof standings)[number]

/** One excused deviation of a platform. */
export interface Deviation {
  /** A case id, `x.case@mechanism` for generic ones. */
  readonly case: string
  readonly verdict: Verdict
  /** What was seen instead of what is documented. */
  readonly observed: string
  readonly reason: string
  readonly link: string
}
export interface Expectations {
  readonly platform: string
  readonly deviations: readonly Deviation[]
}

// ------------------------------------------------------------------------------------------------------- measurements

/**
 * - `pingpong`: a closed loop; the round trip;
 * - `openloop`: messages at a rate, each timed from when it was meant to leave until it is there;
 * - `stream`: one way, as fast as it goes;
 * - `handoff`: synchronisation alone, to and fro;
 * - `lifecycle`: create, connect, a first byte, close;
 * - `fan`: a stream with more than two processes;
 * - `baseline`: what the others are read against.
 */
export const workloads = ['pingpong', 'openloop', 'stream', 'handoff', 'lifecycle', 'fan', 'baseline'] as const
export type Workload = (typeof workloads)[number]

/**
 * Where the two processes run. `smt-sibling`: two threads of one core; `cross-core`: two cores as near as there are;
 * `cross-cache` and `cross-node`: two that share no last-level cache, or no memory node.
 */
export const placements = ['same-core', 'smt-sibling', 'cross-core', 'cross-cache', 'cross-node', 'unpinned'] as const
export type Placement = (typeof placements)[number]

/** Whether the cores may fall asleep between messages. */
export const coreStates = ['awake', 'idle'] as const
export type CoreState = (typeof coreStates)[number]

/** Whose code calls: the core's loops, or JavaScript in Node. */
export const runtimes = ['native', 'node'] as const
export type Runtime = (typeof runtimes)[number]

/**
 * What a side does that has to wait: it blocks in its call; it asks epoll, or what the system has in its place; it tries
 * again and again, giving way between tries or not; or it tries for a little while and blocks then.
 */
export const waits = ['block', 'epoll', 'spin', 'yield', 'adaptive'] as const
export type Wait = (typeof waits)[number]

/** Whether a receiver of shared memory takes a message out before it reads it, or reads it where it lies. */
export const transfers = ['copy', 'loan'] as const
export type Transfer = (typeof transfers)[number]

/**
 * How messages cross into the kernel where it is not by a call for each: several at a call, by way of io_uring, or without
 * being copied. Of rings in shared memory `batch` means that several are published at a time.
 */
export const methods = ['batch', 'io-uring', 'zerocopy'] as const
export type Method = (typeof methods)[number]

/** Who is on either side of a fan. */
export const shapes = ['many-to-one', 'one-to-many', 'side-by-side'] as const
export type Shape = (typeof shapes)[number]

/** How the memory of a ring is had: `huge` pages, or pages that are not touched before they are measured. */
export const pageKinds = ['huge', 'untouched'] as const
export type PageKind = (typeof pageKinds)[number]

/** One row of a benchmark. What is absent is as the mechanism has it by itself. */
export interface Cell extends Variant {
  /** A mechanism, a baseline, or a way of Node. */
  readonly mechanism: string
  readonly workload: Workload
  /** Bytes in one message; 0 where none travels. */
  readonly size: number
  readonly placement: Placement
  readonly cores: CoreState
  readonly runtime: Runtime
}

/** In what a cell may differ from the plain way of doing it. */
export interface Variant {
  /** `block`, where it is absent. */
  readonly wait?: Wait
  /** The counter or event that wakes a side which blocks on shared memory. */
  readonly wake?: string
  readonly transfer?: Transfer
  readonly method?: Method
  readonly shape?: Shape
  /** How many of the many there are in a fan. */
  readonly peers?: number
  /** Messages a second (openloop). */
  readonly rate?: number
  /** Bytes of the link's buffer, of each buffer of a socket, or of the ring. */
  readonly buffer?: number
  readonly pages?: PageKind
  /** For how long a receive of a socket looks at the device itself: SO_BUSY_POLL. */
  readonly busyPollUs?: number
}

/** What one side of a launch spent. */
export interface SideCost {
  /** Sent or received: a round trip is two. */
  readonly messages: number
  readonly bytes: number
  readonly checksum: string
  /** Absent where nobody counts them: between two processes of Node, or in a library that makes them where it has to. */
  readonly syscalls?: number
  readonly usage: Usage
}

/** Counts of a log-linear histogram, HdrHistogram layout with three significant digits, as pairs of index and count. */
export interface SparseHistogram {
  readonly significantDigits: 3
  readonly unit: 'ns'
  readonly counts: readonly (readonly [index: number, count: number])[]
}

export interface Latency {
  readonly meanNs: number
  readonly minNs: number
  readonly maxNs: number
  readonly histogram: SparseHistogram
}

/** What a launch measured. Times are nanoseconds. It has a latency or a throughput: its figure. */
export interface Measures {
  readonly elapsedNs: number
  /** Carried, either way: what costs are divided by. */
  readonly messages: number
  /**
   * Of a round trip (pingpong, handoff); from the intended start until it was there (openloop); of a whole life
   * (lifecycle); of what is done again and again (baseline).
   */
  readonly latency?: Latency
  /**
   * Rate at the consumer (stream): the median of the batch rates, and each batch. Of a fan it is all consumers' together,
   * by windows of time: the median window, and what as many messages as the mean window has took in each.
   */
  readonly throughput?: {
    readonly messagesPerSecond: number
    readonly bytesPerSecond: number
    readonly batchNs: readonly number[]
    readonly messagesPerBatch: number
  }
  /** Where messages may be lost and the loops go on (stream over datagrams). */
  readonly loss?: { readonly sent: number; readonly received: number }
  /** Messages a second that were asked for, and that left (openloop). It was not sustained where they differ by more than 1 %. */
  readonly pace?: { readonly wanted: number; readonly achieved: number; readonly sustained: boolean }
  /** One process did all of it: the other would only have inherited what this one has (lifecycle). */
  readonly alone?: true
  /** The stages of a life, as the median of each (lifecycle). */
  readonly stages?: Readonly<Record<string, number>>
  readonly producer: SideCost
  readonly consumer: SideCost
  /** Of each of the many of a fan, messages a second, and the smallest share as a part of the greatest. */
  readonly shares?: { readonly messagesPerSecond: readonly number[]; readonly leastOfGreatest: number }
  /** Those beyond the first on either side (fan). */
  readonly others?: readonly SideCost[]
  readonly timer: { readonly source: string; readonly costNs: number; readonly resolutionNs: number }
  /** Share of the processor's time that the hypervisor took away during the launch. */
  readonly steal?: number
  /** How cores were kept awake: `cpu-dma-latency` (they idle by polling) or `idle-priority-spinner`. */
  readonly awakeBy?: string
}

// ------------------------------------------------------------------------------------------------------------ records

export const recordSchema = 1

export interface Environment {
  readonly cpu: string
  readonly cores: number
  readonly topology: readonly {
    readonly cpu: number
    readonly core: number
    readonly package: number
    readonly node: number
  }[]
  readonly memoryMib: number
  readonly kernel: string
  readonly distribution: string
  readonly virtualisation: string
  readonly governor: string
  readonly mitigations: Readonly<Record<string, string>>
  readonly cgroupCpuLimit: string
  readonly load: readonly number[]
  readonly node: string
  readonly user: { readonly uid: number; readonly capabilities: string }
  readonly warnings: readonly Warning[]
}

/** Something that makes figures worth less, and what would mend it. */
export interface Warning {
  readonly id: string
  readonly says: string
  readonly remedy: string
}

/** What an agent says of the place where it runs. */
export interface TargetInfo {
  readonly id: TargetId
  readonly os: Os
  readonly agentVersion: string
  readonly system: string
  /** Such as `Wine 8.0`: a figure measured there says nothing about the system that is imitated. */
  readonly emulator?: string
  readonly capabilities: readonly string[]
  /** A seccomp filter is in force there, which may refuse calls in the system's name. */
  readonly filtered?: boolean
}

/** A run's name, `ipcmark-PLACE-PID-START-RANDOM`: every object that it makes begins with it. */
export type RunId = `ipcmark-${string}`

export interface RunHeader {
  readonly type: 'run'
  readonly schema: typeof recordSchema
  readonly run: RunId
  readonly tool: { readonly name: 'ipcmark'; readonly version: string; readonly commit?: string }
  /** The command that makes this run again, its seed included. */
  readonly command: string
  /** The same in words, for a program: what a run that was cut short is resumed by. */
  readonly words?: readonly string[]
  readonly seed: number
  readonly started: string
  readonly environment: Environment
  readonly targets: readonly TargetInfo[]
  /** Which part of its plan a run was asked for. */
  readonly shard?: Shard
  /** What a run was put together from, by its lines' `shard`. */
  readonly merged?: Merged
}

/** A part of a plan: the first is 1. `plan` is the same where the same plan was divided. */
export interface Shard {
  readonly index: number
  readonly of: number
  readonly plan: string
  /** Tells machines apart that look alike: a hash, from which nothing can be had back. */
  readonly machine: string
}

/** The shards of one run, which may have been on machines of their own. */
export interface Merged {
  readonly of: number
  readonly shards: readonly MergedShard[]
}
export interface MergedShard {
  readonly header: RunHeader
  /** Why not all of it is there. */
  readonly partial?: string
}

/** Where else a case was played that has peers on two systems, and which of them were there. */
export interface Elsewhere {
  readonly target: TargetId
  readonly os: Os
  readonly peers: readonly string[]
}

export interface CaseRecord {
  readonly type: 'case'
  readonly id: string
  readonly mechanism: string
  readonly target: TargetId
  readonly os: Os
  /** On which side of a gate it was played. */
  readonly arm?: ArmName
  readonly with?: Elsewhere
  readonly theme: Theme
  readonly core: boolean
  readonly says: string
  readonly cites: readonly string[]
  readonly verdict: Verdict
  readonly standing: Standing
  /** One sentence: what was wrong, what is missing, or what was observed. */
  readonly message?: string
  readonly expected?: string
  readonly observed?: string
  /** Figures and values that a case recorded without judging them. */
  readonly findings?: Readonly<Record<string, Out>>
  readonly deviation?: Deviation
  readonly trace: readonly TraceStep[]
  readonly ms: number
  /** Of which shard it is, in a run that was merged. */
  readonly shard?: number
}

export interface LaunchRecord {
  readonly type: 'launch'
  readonly cell: Cell
  readonly target: TargetId
  readonly os: Os
  /** On which side of a gate it was measured. */
  readonly arm?: ArmName
  /** Nanoseconds that each of its messages was held up by on purpose. */
  readonly injectNs?: number
  readonly round: number
  /** `void`: both ends did not agree on what was carried, so the time counts for nothing. */
  readonly verdict: 'ok' | 'void' | 'unsupported' | 'broken' | 'crash' | 'hang'
  readonly message?: string
  readonly measures?: Measures
  /** What the system said of how it was set up, such as the bytes of a buffer that were granted. */
  readonly findings?: Readonly<Record<string, Out>>
  readonly ms: number
  readonly shard?: number
}

/** One of the two that a gate measures against each other; `control` is A on the side of B. */
export const arms = ['a', 'b', 'control'] as const
export type ArmName = (typeof arms)[number]

export const gateVerdicts = ['pass', 'fail', 'inconclusive'] as const
export type GateVerdict = (typeof gateVerdicts)[number]

/** What a gate found of one cell. */
export interface CellDecision {
  readonly cell: string
  readonly verdict: GateVerdict
  /** How many times as much B costs, and at least, where fresh blocks were measured. */
  readonly ratio: number
  readonly atLeast?: number
  /** Adjusted for all cells that were tested. */
  readonly p?: number
  /** The ratio from which on it would have been red. */
  readonly threshold: number
  /** The least effect that this run could have seen, as a share; absent where nobody knows how much that is. */
  readonly mde?: number
  /** Where stored runs decide: how many there are, and by what share they scatter, which justifies the threshold. */
  readonly history?: { readonly runs: number; readonly scatter: number }
  /** Why it cannot tell. */
  readonly reason?: string
}

/**
 * Why it is held against B that something goes wrong there, and how often it did:
 * - `a`: A gets it right, and it was confirmed once;
 * - `expectations`: no expectation excuses it, whatever A does; confirmed once;
 * - `stored-claim`: it held in each stored run; confirmed once;
 * - `stored-cell`: stored runs could measure it;
 * - `repeated`: launches of B went wrong again and again, others went well, and none of A went wrong.
 */
export const breakageOrigins = ['a', 'expectations', 'stored-claim', 'stored-cell', 'repeated'] as const
export type BreakageOrigin = (typeof breakageOrigins)[number]

/** A cell or a case that went wrong, in words. */
export interface Breakage {
  readonly what: string
  readonly verdict: string
  readonly message?: string
  /** Of what broke in B; `a` where it is absent. */
  readonly origin?: BreakageOrigin
}

/** By how much each message of a cell was held up in B on purpose. */
export interface Injection {
  readonly cell: string
  readonly ns: number
  /** What a message costs in A, nanoseconds, as it is and held up: what the gate has to see. Measured for a share only. */
  readonly alone?: number
  readonly held?: number
}

/** What a gate decided, and by what. */
export interface GateRecord {
  readonly type: 'gate'
  readonly verdict: GateVerdict
  /** How each arm was started, in words. */
  readonly a: string
  readonly b: string
  readonly cells: readonly CellDecision[]
  /** Cells and cases that went wrong in B and had to go well, each with its origin. */
  readonly broken: readonly Breakage[]
  /** Cells of which nothing can be said, since A could not measure them each time. */
  readonly unmeasured: readonly Breakage[]
  /** Limits of a policy that were exceeded. */
  readonly exceeded: readonly Breakage[]
  /** Why it cannot tell. */
  readonly reasons: readonly string[]
  /** How many claims had to hold in B; absent where none were to be compared. */
  readonly claims?: number
  /** What else there is to know. */
  readonly notes?: readonly string[]
  /** Cells that were slowed down in B on purpose. */
  readonly injected?: readonly Injection[]
  /** The command that decides once more. */
  readonly again: string
}

/** The last line of a run that was not cut short. */
export interface RunEnd {
  readonly type: 'end'
  readonly finished: string
  readonly interrupted: boolean
  readonly cases: number
  readonly launches: number
}

export type RunRecord = RunHeader | CaseRecord | LaunchRecord | GateRecord | RunEnd

/** Gone through in the order in which they ended. There may be more than fit in memory: each time they are read anew. */
export interface Launches extends Iterable<LaunchRecord> {
  readonly length: number
}

/** A run as reports see it. `partial` says why, when the file was cut, or lines of it could not be read. */
export interface Run {
  readonly header: RunHeader
  readonly cases: readonly CaseRecord[]
  readonly launches: Launches
  readonly gate?: GateRecord
  readonly end?: RunEnd
  readonly partial?: string
}

/** A finished report: a file's name inside the results folder, and its contents, in pieces where they are long. */
export interface ReportFile {
  readonly name: string
  readonly contents: string | Iterable<string>
}
/** One run, or several of different machines, kernels or days: shown side by side, and never mixed in one figure. */
export type Runs = readonly [Run, ...Run[]]
export type Reporter = (runs: Runs) => readonly ReportFile[]

// --------------------------------------------------------------------------------------------------------- exit codes

/** What every verb ends with. */
export const exitCodes = {
  pass: 0,
  failure: 1,
  usage: 2,
  inconclusive: 3,
  nothingRan: 4,
  harnessBroke: 5,
  interrupted: 130,
  terminated: 143,
} as const
