/**
 * What can go wrong between harness and peers, told apart because each is a different verdict: a peer that died
 * (`crash`), an agent that did not do its part or a script that asked for nonsense (`broken`), a machine that lacks what
 * a case needs (`unsupported`).
 */

import type { Exit } from '../model.ts'

/** The agent is missing, of another version, silent, babbling or dead. The sentence says what to do. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure'
}

/** The agent refused a request: the script asked for something that does not exist, or for nonsense. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/** A peer ended with a call under way. */
export class PeerDied extends Error {
  override readonly name = 'PeerDied'
  readonly exit: Exit
  constructor(role: string, exit: Exit, call?: string) {
    super(`the ${role} ${describeExit(exit)}${call === undefined ? '' : ` during ${call}`}`)
    this.exit = exit
  }
}

/** The machine has run out of something that the case needed to go on: no verdict about a mechanism. */
export class Exhausted extends Error {
  override readonly name = 'Exhausted'
}

/** What a case needs is not here. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

export function describeExit(exit: Exit): string {
  if (exit.signal !== undefined) return `was killed by ${exit.signal}`
  return exit.code === undefined ? 'ended' : `exited with ${exit.code}`
}
