/**
 * The program of a Node process that measures. The first argument is a `Job`. The process that was started with it leads:
 * it makes the other side, a process or a thread, where that is Node too; its answers are a file. A process that follows
 * talks to the one that forked it, and ends with it.
 */

import { renameSync, writeFileSync } from 'node:fs'
import { isMainThread, parentPort, workerData } from 'node:worker_threads'
import { hostOs } from '../environment/host.ts'
import type { Outcome } from '../model.ts'
import { native } from '../native.ts'
import { follow } from './follower.ts'
import type { Answers, Job } from './job.ts'
import { lead } from './leader.ts'
import { LinkFailure, type NodeLink } from './links/link.ts'
import { transportLink } from './links/transport.ts'
import { meetings } from './meetings.ts'
import { type Ended, type Partner, startProcess, startThread, type ThreadGift, type Word } from './partner.ts'
import { type Consumer, failureOf } from './side.ts'
import { type WayId, wayCalled } from './ways.ts'

// ------------------------------------------------------------------------------------------------------------ who leads

async function leadJob(job: Job): Promise<Answers> {
  if (job.way === 'transport') {
    pinProcess(job, 'producer')
    return { producer: await outcomeOf(async () => lead(transportLink(job), job, 'process')) }
  }
  const meeting = meetingOf(job)
  if (meeting.between === 'processes') {
    const partner = startProcess(job)
    pinProcess(job, 'producer')
    return leadWith(partner, job, 'process', () => meeting.lead(job, partner))
  }
  pinProcess(job, 'producer')
  const partner = startThread(job)
  return leadWith(partner, job, 'thread', async () => {
    await partner.ready // a ring would be waited on by the thread that has to hear of it
    return meeting.lead(job, partner)
  })
}

/** How long the other side may take to say what has happened once this one has felt it. */
const answerWithinMs = 400

async function leadWith(
  partner: Partner,
  job: Job,
  of: Consumer,
  linked: () => NodeLink | Promise<NodeLink>,
): Promise<Answers> {
  let link: NodeLink | undefined
  const producer = await outcomeOf(async () => {
    link = await linked()
    return lead(link, job, of)
  })
  const failed = producer.out?.failure !== undefined
  if (failed) link?.close()
  const late = new Promise<undefined>((resolve) => {
    if (failed) setTimeout(resolve, answerWithinMs, undefined)
  })
  const ended: Ended | undefined = await Promise.race([partner.ended, late])
  partner.dismiss()
  if (ended === undefined) return { producer }
  return 'died' in ended ? { producer, died: ended.died } : { producer, consumer: ended.answer }
}

function keep(answers: Answers, { answer }: Job): void {
  writeFileSync(`${answer}.part`, JSON.stringify(answers))
  renameSync(`${answer}.part`, answer)
}

// ---------------------------------------------------------------------------------------------------------- who follows

async function followAsProcess(job: Job): Promise<void> {
  process.on('disconnect', () => process.exit())
  process.channel?.ref() // it stays until it is dismissed: what it has said is heard by then
  if (hostOs === 'linux') native().call('prctl', 'PR_SET_PDEATHSIG', 'SIGKILL')
  const say = (word: Word) => void process.send?.(word)
  await followAs(
    'process',
    say,
    () => {
      pinProcess(job, 'consumer')
      const meeting = meetingOf(job)
      if (meeting.between !== 'processes') throw new Error(`${job.way} is not between processes`)
      return meeting.follow(job, () => say({ ready: true }))
    },
    job,
  )
}

async function followAsThread(gift: ThreadGift): Promise<void> {
  const { job } = gift
  const say = (word: Word) => parentPort?.postMessage(word)
  await followAs(
    'thread',
    say,
    () => {
      pinThread(job, 'consumer')
      const meeting = meetingOf(job)
      if (meeting.between !== 'threads') throw new Error(`${job.way} is not between threads`)
      return meeting.follow(gift, () => say({ ready: true }))
    },
    job,
  )
}

/** Whoever has failed lets the other side know. */
async function followAs(
  of: Consumer,
  say: (word: Word) => void,
  linked: () => NodeLink | Promise<NodeLink>,
  job: Job,
): Promise<void> {
  let link: NodeLink | undefined
  const answer = await outcomeOf(async () => {
    link = await linked()
    return follow(link, job, of)
  })
  say({ answer })
  if (answer.out?.failure !== undefined) link?.close()
}

// ------------------------------------------------------------------------------------------------------------- both do

function meetingOf({ way }: Job): (typeof meetings)[WayId] {
  const known = wayCalled(way)
  if (known === undefined) throw new Error(`no way of Node is called '${way}'`)
  return meetings[known.id]
}

const outcomeOf = (play: () => Promise<Outcome>): Promise<Outcome> => play().catch(failureOf)

/** Where the job says so. */
const pinning = (to: (cpus: readonly number[]) => void) => (job: Job, side: 'producer' | 'consumer') => {
  if (job.cpus === undefined) return
  try {
    to([job.cpus[side]])
  } catch (error) {
    throw new LinkFailure((error as Error).message, 'unsupported')
  }
}
const pinProcess = pinning((cpus) => native().affinity.setProcess(cpus))
const pinThread = pinning((cpus) => native().affinity.set(cpus))

const jobGiven = (): Job => JSON.parse(process.argv[2] ?? '') as Job

if (!isMainThread) {
  await followAsThread(workerData as ThreadGift)
} else if (process.argv[3] === 'consumer') {
  await followAsProcess(jobGiven())
} else {
  const job = jobGiven()
  keep(await leadJob(job).catch((error): Answers => ({ producer: failureOf(error) })), job)
  process.exit() // whatever is still open
}
