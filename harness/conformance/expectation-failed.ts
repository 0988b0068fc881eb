/** Thrown when what a case claims does not hold: the verdict is `fail`. */
export class ExpectationFailed extends Error {
  override readonly name = 'ExpectationFailed'
  readonly expected: string
  readonly observed: string
  constructor(expected: string, observed: string) {
    super(`expected ${expected}, but ${observed}`)
    this.expected = expected
    this.observed = observed
  }
}
