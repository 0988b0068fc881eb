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
 * What a call is expected to say: a return value, an error by name (any of several where the standard allows), or, where
 * the return value is a bare yes, how many bytes were moved.
 */
export type Expected =
  | { readonly ret: number }
  | { readonly error: string | readonly string[] }
  | { readonly transferred: number }

/**
 * What a mechanism promises, as closed data. Every value of every trait is claimed by a generic case: the tables there
 * are keyed by these unions, so that a new value does not compile until someone writes its case. A trait that needs
 * figures or errors to be complete is a value that `is` one of several kinds.
 */
export interface Traits {
  /** Which way data flows over one link, and what a transfer the other way says. */
  readonly flow: { readonly is: 'duplex' } | { readonly is: 'simplex'; readonly backwards: Expected }
  /** Whether the borders between sends are kept. */
  readonly framing: 'byte' | 'message'
  /** What a receive with a buffer smaller than the message does with the rest. */
  readonly shortRead: 'keeps-rest' | 'discards-rest' | 'more-data'
  /** What a send of no bytes does. */
  readonly zeroLength: 'no-op' | 'empty-message'
  /** The longest send that travels as one, and what becomes of a longer one. */
  readonly maxMessage: { readonly is: 'unlimited' } | { readonly is: 'split-beyond'; readonly bytes: number }
  /** Which sends never interleave with another sender's: none, all, or those of at most so many bytes. */
  readonly atomicity:
    | { readonly is: 'none' }
    | { readonly is: 'every-send' }
    | { readonly is: 'up-to'; readonly bytes: number }
  /** What a receive on an empty link says when it may not block. */
  readonly whenEmpty: Expected
  /** What a send on a full link says when it may not block. */
  readonly whenFull: Expected
  /** What the receiver is told once the last sender has gone and all data was taken. */
  readonly peerGone: Expected
  /** What a sender is told once the last receiver has gone: by an error, and by a signal first where there is one. */
  readonly writeAfterGone: { readonly signal: 'SIGPIPE' | 'none'; readonly error: string | readonly string[] }
  /** What is left of a send that was cut by the sender's death. */
  readonly cutSend: 'prefix' | 'whole-or-nothing'
  /** What happens to a sender that waits for room when the last receiver dies. */
  readonly blockedSender: 'woken'
  /** What outlives both processes: nothing, or a name that leads nowhere. */
  readonly persistence: 'nothing' | 'name'
  /** Where a link has its name, if it has one. */
  readonly naming: 'none' | 'path' | 'pipe-namespace'
  /** How a receiver learns that something is there without taking it. */
  readonly readiness: 'poll' | 'peek'
  /** How a receive is given a deadline. */
  readonly timedReceive: 'poll' | 'socket-option' | 'overlapped' | 'none'
  /** How a child comes to own an end, and how that is prevented. */
  readonly inheritance: 'descriptor' | 'handle'
  /** What a signal handler does to a receive that waits. */
  readonly interrupted: 'eintr-or-restart' | 'no-signals'
}

export type TraitName = keyof Traits

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

export const families = ['pipe', 'socket'] as const
export type Family = (typeof families)[number]

/** What a case or a mechanism needs of the machine beyond its operating system. */
export type Need = { readonly capability: string } | { readonly constant: string } | { readonly call: string }

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

export const workloads = ['pingpong', 'stream'] as const
export type Workload = (typeof workloads)[number]
export const placements = ['same-core', 'cross-core', 'unpinned'] as const
export type Placement = (typeof placements)[number]
/** Whether the cores may fall asleep between messages. */
export const coreStates = ['awake', 'idle'] as const
export type CoreState = (typeof coreStates)[number]

/** One row of a benchmark. */
export interface Cell {
  readonly mechanism: string
  readonly workload: Workload
  /** Bytes in one message. */
  readonly size: number
  readonly placement: Placement
  readonly cores: CoreState
  readonly runtime: 'native'
}

/** What one side of a launch spent. */
export interface SideCost {
  /** Sent or received: a round trip is two. */
  readonly messages: number
  readonly bytes: number
  readonly checksum: string
  readonly syscalls: number
  readonly usage: Usage
}

/** Counts of a log-linear histogram, HdrHistogram layout with three significant digits, as pairs of index and count. */
export interface SparseHistogram {
  readonly significantDigits: 3
  readonly unit: 'ns'
  readonly counts: readonly (readonly [index: number, count: number])[]
}

/** What a launch measured. Times are nanoseconds. */
export interface Measures {
  readonly elapsedNs: number
  /** Carried, either way: what costs are divided by. */
  readonly messages: number
  /** Round trip, closed loop (pingpong). */
  readonly latency?: {
    readonly meanNs: number
    readonly minNs: number
    readonly maxNs: number
    readonly histogram: SparseHistogram
  }
  /** Rate at the consumer (stream): the median of the batch rates, and each batch. */
  readonly throughput?: {
    readonly messagesPerSecond: number
    readonly bytesPerSecond: number
    readonly batchNs: readonly number[]
    readonly messagesPerBatch: number
  }
  readonly producer: SideCost
  readonly consumer: SideCost
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
  readonly seed: number
  readonly started: string
  readonly environment: Environment
  readonly targets: readonly TargetInfo[]
}

export interface CaseRecord {
  readonly type: 'case'
  readonly id: string
  readonly mechanism: string
  readonly target: TargetId
  readonly os: Os
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
}

export interface LaunchRecord {
  readonly type: 'launch'
  readonly cell: Cell
  readonly target: TargetId
  readonly os: Os
  readonly round: number
  /** `void`: both ends did not agree on what was carried, so the time counts for nothing. */
  readonly verdict: 'ok' | 'void' | 'unsupported' | 'broken' | 'crash' | 'hang'
  readonly message?: string
  readonly measures?: Measures
  readonly ms: number
}

/** The last line of a run that was not cut short. */
export interface RunEnd {
  readonly type: 'end'
  readonly finished: string
  readonly interrupted: boolean
  readonly cases: number
  readonly launches: number
}

export type RunRecord = RunHeader | CaseRecord | LaunchRecord | RunEnd

/** A run as reports see it. `partial` says why, when the file was cut, or lines of it could not be read. */
export interface Run {
  readonly header: RunHeader
  readonly cases: readonly CaseRecord[]
  readonly launches: readonly LaunchRecord[]
  readonly end?: RunEnd
  readonly partial?: string
}

/** A finished report: a file's name inside the results folder, and its contents. */
export interface ReportFile {
  readonly name: string
  readonly contents: string
}
export type Reporter = (run: Run) => readonly ReportFile[]

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
