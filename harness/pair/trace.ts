/** The trace of a case: every verb to every peer and every event, in the order in which they began. */

import type { Arg, Outcome, TraceStep } from '../model.ts'

export interface Trace {
  readonly steps: readonly TraceStep[]
  began(peer: string, call: string, args: readonly Arg[]): TraceStep
  ended(step: TraceStep, outcome: Outcome): void
  happened(peer: string, event: string): void
}

export function newTrace(): Trace {
  const origin = process.hrtime.bigint()
  const now = () => Number(process.hrtime.bigint() - origin)
  const steps: TraceStep[] = []
  return {
    steps,
    began(peer, call, args) {
      const step: TraceStep = { peer, call, args, at: now() }
      steps.push(step)
      return step
    },
    ended(step, outcome) {
      step.until = now()
      step.outcome = outcome
    },
    happened(peer, event) {
      steps.push({ peer, call: '', args: [], at: now(), event })
    },
  }
}
