/** Calls of a server that is another process, at an address that the case has made up. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { Arg, Out, Outcome } from '../../../../harness/model.ts'
import type { Stage } from '../../../../harness/pair/stage.ts'
import { listOut } from '../../../../harness/pair/wire.ts'
import { executions, newClient, procedures, type Served, served, servers } from '../../../mechanisms/rpc-program.ts'

export const servedOver = (stage: Stage, over: keyof typeof servers): Promise<Served> =>
  served(stage, servers[over](stage), [`${over}-server`, `${over}-caller`])

/** A call by a client: what it is given, with its types, and the types of what comes back. */
export const call = (
  { caller }: Pick<Served, 'caller'>,
  client: number,
  procedure: keyof typeof procedures | number,
  given: readonly Arg[] = [],
  results: readonly string[] = [],
  milliseconds = 10_000,
): Promise<Outcome> => {
  const number = typeof procedure === 'number' ? procedure : procedures[procedure]
  const types = results.map((type) => [type])
  return caller.call('rpc-call', client, number, given, types, milliseconds)
}

/** The call succeeded and gave these results. */
export function expectResults(outcome: Outcome, what: string, ...wanted: readonly Out[]): void {
  expectOutcome(outcome, what).toSucceed()
  expectOutcome(outcome, what).toGive('results', [...wanted])
}

/** A client of another program or version at the same address. */
export async function clientOf({ caller, at }: Served, of: { program: number; version: number }): Promise<number> {
  const made = await newClient(caller, at, of)
  expectOutcome(made, 'the client').toSucceed()
  return made.ret
}

/** How often calls were carried out before it was asked. */
export async function carriedOut({ caller, at }: Served): Promise<number> {
  const counted = await executions(caller, at)
  expectOutcome(counted, 'the call that asks').toSucceed()
  return Number(listOut(counted, 'results')[0]) - 1
}
