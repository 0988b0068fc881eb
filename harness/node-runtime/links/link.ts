/**
 * How a loop in JavaScript sends and receives messages of one size. There are two sorts of link: over one the loop waits
 * inside a call until a message is there, over the other it goes back to Node and is told.
 */

/** What is the matter with a link. `code` is an error's name, `end-of-file`, `mismatch` or `unsupported`. */
export class LinkFailure extends Error {
  override readonly name = 'LinkFailure'
  readonly code: string
  constructor(message: string, code: string) {
    super(message)
    this.code = code
  }
}

export const otherSideGone = (how: string): LinkFailure =>
  new LinkFailure(`the other side has gone: ${how}`, 'end-of-file')

interface AnyLink {
  /** Whether a message needs memory of its own. */
  readonly apart?: true
  /** System calls so far, where they are counted. */
  systemCalls?(): number
  /** Lets the other side know that nothing more comes. */
  close(): void
}

export interface WaitingLink extends AnyLink {
  readonly waits: true
  send(message: Uint8Array): void
  /** What it shows is good until the next. */
  receive(): Uint8Array
}

export interface ToldLink extends AnyLink {
  readonly waits: false
  /** What is sent stays as it is. Where there is no room for more, a promise that there will be. */
  send(message: Uint8Array): void | Promise<void>
  /** Has every message handed to `take` from now on, and the end of the link to `gone`. */
  listen(take: (message: Uint8Array) => void, gone: (why: LinkFailure) => void): void
}

export type NodeLink = WaitingLink | ToldLink
