/**
 * Feeds an agent under test with whatever bytes, and watches how it ends. What must be true after any input is `disorder`:
 * it lists what was not.
 */

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { native } from '../native.ts'
import { runVariable } from './residue.ts'
import type { TargetCommand } from './target.ts'

/** How long an agent may take to end before it counts as hung. */
export const patience = 20_000

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly lines: readonly string[]
  /** What it wrote to its standard error: nothing, but for a sanitizer. */
  readonly complaints: string
}

export function start({ command, args, env }: TargetCommand, run: string): ChildProcessWithoutNullStreams {
  const child = spawn(command, args, { env: { ...process.env, ...env, [runVariable]: run }, stdio: 'pipe' })
  child.stdin.on('error', () => {}) // it may end before it has read everything
  return child
}

/**
 * The end of the process and all that it said. Under Wine its outputs may stay open long after it: services that Wine
 * starts with the first program of a prefix inherit them. So once it has ended, they are waited for only a moment.
 */
export async function endOf(child: ChildProcessWithoutNullStreams): Promise<Ending> {
  let [said, complaints] = ['', '']
  child.stdout.setEncoding('utf8').on('data', (text) => (said += text))
  child.stderr.setEncoding('utf8').on('data', (text) => (complaints += text))
  const closed = once(child, 'close')
  const late = setTimeout(() => child.kill('SIGKILL'), patience)
  const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
  clearTimeout(late)
  await Promise.race([closed, pause(500)])
  for (const output of [child.stdout, child.stderr]) output.destroy()
  return { code, signal, lines: said.split('\n').filter((line) => line !== ''), complaints }
}

export function answerTo(child: ChildProcessWithoutNullStreams, id: number): Promise<void> {
  let unread = ''
  return new Promise((resolve) => {
    child.stdout.on('data', (text) => {
      unread += text
      if (unread.includes(`{"id":${id},`)) resolve()
      unread = unread.slice(unread.lastIndexOf('\n') + 1)
    })
  })
}

export interface Feeding {
  /** The request whose answer is waited for before the input ends. */
  readonly last: number
  /** But no longer than so many milliseconds: a peer may wait for ever. */
  readonly wait: number
}

/** Everything that an agent does with an input and its end. */
export async function feed(
  target: TargetCommand,
  run: string,
  input: string | Buffer,
  until?: Feeding,
): Promise<Ending> {
  const child = start(target, run)
  const whole = endOf(child)
  const answered = until && answerTo(child, until.last)
  child.stdin.write(input)
  if (until) await Promise.race([answered, pause(until.wait), whole])
  child.stdin.end()
  return whole
}

/** The ids that were answered. */
export const idsIn = (ending: Ending): readonly unknown[] =>
  ending.lines.map((line) => (JSON.parse(line) as { id?: unknown }).id).filter((id) => id !== undefined)

/** Whatever of this is not so: it ended by itself, said only what the protocol knows, and left nothing. */
export async function disorder(ending: Ending, run: string, input: string | Buffer): Promise<readonly string[]> {
  const asked = new Set(String(input).match(/\d+/g) ?? [])
  return [
    ...(ending.signal === null ? [] : [`it was ended by ${ending.signal}`]),
    ...(ending.code === 0 || ending.code === 2 ? [] : [`its exit code was ${ending.code}`]),
    ...(ending.complaints === '' ? [] : [`it complained: ${ending.complaints}`]),
    ...ending.lines.flatMap((line) => wrongLine(line, asked)),
    ...(await leftBehind(run)),
  ]
}

function wrongLine(line: string, asked: ReadonlySet<string>): readonly string[] {
  try {
    const answer = JSON.parse(line) as { id?: number | null; event?: string; refused?: string }
    if (answer.event !== undefined || (answer.id === null && answer.refused)) return []
    return asked.has(String(answer.id)) ? [] : [`nobody asked for this: ${line}`]
  } catch {
    return [`this is no JSON: ${line}`]
  }
}

/** Processes take a moment to be gone: Wine's for all, and any that the kernel was told to end with its parent. */
export async function leftBehind(run: string): Promise<readonly string[]> {
  const until = performance.now() + patience
  while (left(run).length > 0 && performance.now() < until) await pause(5)
  return left(run)
}

function left(run: string): readonly string[] {
  return native()
    .residueOf(run)
    .map(({ kind, name }) => ({ kind, name, line: kind === 'process' ? commandLine(name) : '' }))
    .filter(({ line }) => !isUnborn(line))
    .map(({ kind, name, line }) => `the ${kind} ${name} was left ${line}`)
}

/**
 * A defect of Wine, seen in one of a hundred peers whose parent was ended while it started them: the new process waits for
 * ever to be told by the server, which knows nothing of it, what it is. It has the name of Wine's loader until then. No
 * agent can end it; the sweep can.
 */
const isUnborn = (line: string): boolean => /^\S*\/wine(64)?(-preloader)? ipcmark-agent peer /.test(line)

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
  } catch {
    return '' // it has just gone
  }
}
