/**
 * Failures that are the machine's and not the mechanism's: a call that this kernel does not have, and resources that have
 * run out. A case that did not ask for such an answer has learnt nothing of what it is about.
 */

import type { Outcome } from '../model.ts'
import { Exhausted, Unsupported } from '../pair/failures.ts'

const runOut: Readonly<Record<string, string>> = {
  EMFILE: 'the process has run out of descriptors, or the user of message queues; see ulimit -n and ulimit -q',
  ENFILE: 'the system has run out of open files; see fs.file-max',
  ENOSPC: 'there is no space left, or no more objects of this kind; see df, ipcs and fs.mqueue.queues_max',
  ENOMEM: 'the system has run out of memory',
  EDQUOT: 'the disk quota of this user is used up',
}

/** Ends the case when an outcome that nobody asked for tells of the machine. */
export function blameMachine(outcome: Outcome, what: string): void {
  if (outcome.error === 'ENOSYS') {
    throw new Unsupported(
      `${what}: this kernel does not offer the call (ENOSYS); a later one, or one built with it, may`,
    )
  }
  if (outcome.filtered) {
    throw new Unsupported(`${what}: it failed with EPERM, and a seccomp filter is in force; have it allow the call`)
  }
  const reason = runOut[outcome.error ?? '']
  if (reason !== undefined) throw new Exhausted(`${what}: it failed with ${outcome.error}: ${reason}`)
}
