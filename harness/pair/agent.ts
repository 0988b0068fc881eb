/**
 * One agent: starts it, greets it, sends requests and hands out what comes back. An agent that is missing, of another
 * version, silent, babbling or dead is an `AgentFailure` whose sentence says what to do; requests that are under way then
 * fail with it, and none is lost in silence.
 */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { hostOs } from '../environment/host.ts'
import type { Arg, Os, Outcome, TargetInfo } from '../model.ts'
import { native } from '../native.ts'
import { AgentFailure, PeerDied, Refused } from './failures.ts'
import { prefix, type RunId, runVariable } from './residue.ts'
import { type AgentOptions, type TargetCommand, targetCommand } from './target.ts'
import { type Answer, type Event, outcomeOf, parseLine, protocolVersion, requestLine } from './wire.ts'

type Listener = (event: Event | AgentFailure) => void

export interface Agent {
  readonly info: TargetInfo
  /** What the name of every object of its peers begins with: the run's name and its own part. */
  readonly prefix: string
  /** The folder on the target where their files are made. */
  readonly folder: string
  /** Sends one request; rejects with `Refused`, or with `AgentFailure` when the agent ends first. */
  request(to: string, verb: string, ...args: readonly Arg[]): Promise<Outcome>
  /** Hands the events of a scope's peers, and the agent's own failure, to a listener, or to nobody any more. */
  onEvent(scope: string, listener: Listener | undefined): void
  /** Names that its peers know. */
  names(what: 'calls' | 'constants'): Promise<ReadonlySet<string>>
  /** Set once the agent has failed. */
  readonly failure: AgentFailure | undefined
  /** Ends it and everything that it started; answers when it is gone. */
  close(): Promise<void>
}

/** Another agent in the place of one that has failed, after what that one left was removed. */
export function replaceAgent(
  dead: Agent,
  target: TargetCommand['id'],
  run: RunId,
  options?: AgentOptions,
): Promise<Agent> {
  native().sweep(dead.prefix)
  return startAgent(target, run, options)
}

interface Pending {
  readonly to: string
  resolve(outcome: Outcome): void
  reject(reason: Error): void
}

/** An agent sweeps what is its own when it ends, so each of a run has a part of the run's name to itself. */
let started = 0

export async function startAgent(target: TargetCommand['id'], run: RunId, options: AgentOptions = {}): Promise<Agent> {
  const own = prefix(run, `agent${++started}`)
  const command = targetCommand(target, options)
  const child = spawn(command.command, command.args, {
    stdio: 'pipe',
    // By its environment a process is known as the run's, also after everything else has died.
    env: { ...process.env, ...command.env, [runVariable]: own },
    windowsHide: true,
    // Ctrl-C reaches every process of the terminal: what Wine or ssh makes of it would look like the case's own end.
    detached: hostOs === 'linux',
  })
  const wires = connect(child, command)
  const hello = await wires.greet(own, options.signal)
  const namesKnown = new Map<string, Promise<ReadonlySet<string>>>()
  return {
    info: infoOf(command, hello),
    prefix: own,
    folder: String(hello.out?.folder ?? ''),
    request: wires.request,
    onEvent: wires.onEvent,
    get failure() {
      return wires.failure()
    },
    names(what) {
      const known =
        namesKnown.get(what) ?? wires.request('agent', what).then((o) => new Set(Object.keys(o.out?.[what] ?? {})))
      namesKnown.set(what, known)
      return known
    },
    close: wires.close,
  }
}

function infoOf(command: TargetCommand, hello: Outcome): TargetInfo {
  const out = hello.out ?? {}
  const text = (name: string) => String(out[name] ?? '')
  const emulator = text('emulator')
  return {
    id: command.id,
    os: text('os') as Os,
    agentVersion: text('version'),
    system: text('system'),
    ...(emulator === '' ? {} : { emulator }),
    ...(out.filtered === true ? { filtered: true } : {}),
    capabilities: Array.isArray(out.capabilities) ? out.capabilities.map(String) : [],
  }
}

/** No answer comes near it: of bytes that came back a line shows the first thousand. */
const longestLine = 16 << 20

const killedRemedy = 'Something outside has killed it, as a system short of memory does: see what, and run again'

/** What a person can read of a line that should have been an answer. */
function quoted(text: string): string {
  const printable = text.replace(/[^\p{L}\p{N}\p{P}\p{S} ]|\ufffd/gu, '?')
  return JSON.stringify(printable.length > 60 ? `${printable.slice(0, 59)}…` : printable)
}

function connect(child: ChildProcessWithoutNullStreams, command: TargetCommand) {
  const shown = [command.command, ...command.args].join(' ')
  const pending = new Map<number, Pending>()
  const listeners = new Map<string, Listener>()
  let last = 0
  let failure: AgentFailure | undefined
  let complaints = ''
  let unread = ''

  const fail = (sentence: string, remedy = '') => {
    if (failure === undefined) {
      const said = complaints.trim() === '' ? '' : ` It said: ${complaints.trim().slice(0, 500)}`
      failure = new AgentFailure(`${sentence} (${shown}).${remedy && ` ${remedy}.`}${said}`)
      child.kill('SIGKILL')
    }
    for (const each of pending.values()) each.reject(failure)
    pending.clear()
    for (const listener of listeners.values()) listener(failure)
  }

  /** The end of a peer is the answer to whatever was under way. */
  const happen = (event: Event) => {
    if (event.event === 'exit') {
      for (const [id, each] of pending) {
        if (each.to !== event.peer) continue
        pending.delete(id)
        each.reject(new PeerDied(event.peer, event))
      }
    }
    listeners.get(event.peer.slice(0, event.peer.indexOf('/')))?.(event)
  }

  const take = (text: string) => {
    const line = parseLine(text)
    if (line === undefined) return fail(`the agent babbles: a line is no answer: ${quoted(text)}`, command.remedy)
    if ('event' in line) return happen(line)
    if (line.id === null) return fail(`the agent refused a line: ${line.refused}`)
    const request = pending.get(line.id)
    pending.delete(line.id)
    if (line.refused !== undefined) request?.reject(new Refused(line.refused))
    else request?.resolve(outcomeOf(line as Answer))
  }

  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const searched = unread.length
    unread += chunk
    let at = 0
    for (
      let end = unread.indexOf('\n', searched);
      end !== -1 && failure === undefined;
      end = unread.indexOf('\n', at)
    ) {
      take(unread.slice(at, end))
      at = end + 1
    }
    unread = unread.slice(at)
    if (unread.length > longestLine)
      fail(`the agent babbles: a line is longer than ${longestLine >> 20} MiB`, command.remedy)
  })
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
    complaints = (complaints + chunk).slice(-4096)
  })
  child.stdin.on('error', () => {}) // the end of the process says more
  child.on('error', (error) => fail(`the agent does not start: ${error.message}`, command.remedy))
  // A service that the first program of a Wine prefix has started inherits the standard output and keeps it open: after
  // the end of the process what it said is waited for, but not for good.
  const ended = new Promise<void>((resolve) => {
    const leave = (code: number | null, signal: NodeJS.Signals | null) => {
      fail(
        `the agent has ended with ${signal ?? `exit code ${code}`}`,
        signal === 'SIGKILL' ? killedRemedy : command.remedy,
      )
      resolve()
    }
    child.on('exit', (code, signal) => {
      const late = setTimeout(leave, 500, code, signal)
      child.on('close', () => clearTimeout(late))
    })
    child.on('close', leave)
    child.on('error', () => resolve())
  })

  const request = (to: string, verb: string, ...args: readonly Arg[]): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      if (failure !== undefined) return reject(failure)
      pending.set(++last, { to, resolve, reject })
      child.stdin.write(requestLine(last, to, verb, args))
    })

  return {
    request,
    failure: () => failure,
    onEvent(scope: string, listener: Listener | undefined) {
      if (listener === undefined) listeners.delete(scope)
      else listeners.set(scope, listener)
    },
    async greet(run: string, signal?: AbortSignal): Promise<Outcome> {
      const late = setTimeout(
        () => fail(`the agent is silent: no answer to hello within ${command.helloMs / 1000} s`, command.remedy),
        command.helloMs,
      )
      const giveUp = () => fail('the agent was given up before it answered, because the run was interrupted')
      signal?.addEventListener('abort', giveUp)
      if (signal?.aborted) giveUp()
      try {
        return await request('agent', 'hello', protocolVersion, run)
      } catch (error) {
        if (error instanceof Refused) fail(`the agent refuses the greeting: ${error.message}`)
        throw failure ?? error
      } finally {
        clearTimeout(late)
        signal?.removeEventListener('abort', giveUp)
      }
    },
    async close() {
      if (failure === undefined) child.stdin.end()
      const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
      await ended
      clearTimeout(late)
    },
  }
}
