/** What a fault is: a set of broken calls that goes by a name. */

export interface Fault {
  readonly id: string
  readonly says: string
  /** `KIND:CALL[,CALL…][:DETAIL]`, as the agent's `--fault` takes it. */
  readonly specs: readonly string[]
}

export const fault = (id: string, says: string, ...specs: string[]): Fault => ({ id, says, specs })
