/**
 * A process of Node on the stage. A peer starts it and waits for its end, so that it is the pair's: it has what that peer
 * hands down to it, it is gone when the pair is ended, and its death is known like any other's.
 */

import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hostOs, packageRoot } from '../environment/host.ts'
import type { Exit, Outcome } from '../model.ts'
import type { Answers, Job } from '../node-runtime/job.ts'
import { PeerDied } from '../pair/failures.ts'
import type { Peer, Stage } from '../pair/stage.ts'
import { batches } from './budget.ts'
import type { Launching } from './launcher.ts'
import type { Seats } from './placement.ts'
import { askSide, Voided } from './sides.ts'

/** Compiled, also when the harness itself runs from its sources: this Node reads no TypeScript. */
const program = join(packageRoot, 'dist', 'harness', 'node-runtime', 'main.js')

export type NodeJob = Pick<Job, 'way' | 'at' | 'transport'>

/** Node runs where this program does. */
export function needNodeHere({ os, unsupported }: Stage): void {
  if (os === hostOs) return
  unsupported(`Node runs where ipcmark itself runs, on ${hostOs}, and the peers run on ${os}: run ipcmark there`)
}

/** What a process of Node answers; it has the descriptors by the numbers that its parent knows them by. */
export async function playNode(
  { stage, cell, budget }: Launching,
  { parent, seats, descriptors = [] }: { parent: Peer; seats: Seats; descriptors?: readonly number[] },
  own: NodeJob,
): Promise<Answers> {
  if (!existsSync(program))
    throw new Error(`a process of Node runs what is compiled: \`npm run build\` makes ${program}`)
  const answer = stage.names.path('answer')
  const job: Job = {
    ...own,
    workload: cell.workload as Job['workload'],
    size: cell.size,
    warmupMs: budget.warmupMs,
    measureMs: budget.measureMs,
    batches,
    ...(seats === undefined ? {} : { cpus: seats }),
    answer,
  }
  const inherited = [...new Set(descriptors)].map((descriptor) => [descriptor, descriptor])
  const exit = await endings[stage.os](parent, [program, JSON.stringify(job)], inherited)
  if (exit.code === notFound)
    stage.unsupported(`the peers cannot start ${process.execPath}: run ipcmark where they run`)
  if (exit.code !== 0) throw new PeerDied('producer, a process of Node,', exit)
  return answersIn(answer)
}

/** What a shell, and `spawn`, say of a program that is not there. */
const notFound = 127

/** How a program is started and waited for on each system. */
const endings: Readonly<
  Record<Stage['os'], (parent: Peer, words: readonly string[], inherited: readonly number[][]) => Promise<Exit>>
> = {
  async linux(parent, words, inherited) {
    const pid = await parent.must('spawn', process.execPath, words, inherited)
    const { out } = await parent.call('waitpid', pid)
    return out?.signal === undefined ? { code: Number(out?.code) } : { signal: String(out.signal) }
  },
  async windows(parent, words, inherited) {
    const { out } = await parent.call('spawn', process.execPath, words, inherited)
    const started = Number(out?.process)
    await parent.must('WaitForSingleObject', started, 'INFINITE')
    const ended = await parent.call('GetExitCodeProcess', started)
    return { code: Number(ended.out?.code) }
  },
}

function answersIn(file: string): Answers {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Answers
  } catch (cause) {
    throw new Error(`the process of Node left no answer (${(cause as Error).message}): run \`npm run build\``, {
      cause,
    })
  } finally {
    rmSync(file, { force: true })
  }
}

/** Keeps their cores awake for as long as the peer lives, where the cell wants that; answers how. */
export async function keepAwake(peer: Peer, { cell }: Launching, seats: Seats): Promise<string | undefined> {
  if (cell.cores !== 'awake' || seats === undefined || seats.producer === seats.consumer) return undefined
  const words = ['keep-awake', [seats.producer, seats.consumer]] as const
  const { out } = await askSide({ name: 'producer', peer, words })
  return String(out?.awakeBy)
}

/** With how its cores were kept awake. */
export const withAwake = (outcome: Outcome, awakeBy: string | undefined): Outcome =>
  awakeBy === undefined ? outcome : { ...outcome, out: { ...outcome.out, awakeBy } }

/** One side's answer, or what went wrong there. */
export function answered(name: string, outcome: Outcome, { unsupported }: Stage): Outcome {
  const { failure, because } = outcome.out ?? {}
  if (failure === undefined) return outcome
  if (because === 'unsupported') return unsupported(String(failure))
  if (because === 'harness') throw new Error(`the ${name}, in Node: ${failure}`)
  throw new Voided(`the ${name}, in Node: ${failure}`, because !== 'mismatch')
}
