/**
 * Ctrl-C and its like. The first asks the run to end: what is under way is given up, everything is reaped and swept. The
 * second ends the program at once; agents and peers die with it, and `ipcmark clean` removes what they left.
 */

import { exitCodes } from '../model.ts'

export interface Interruption {
  readonly signal: AbortSignal
  /** What the program ends with; nothing when no signal came. */
  readonly exitCode: number | undefined
  /** Gives the signals back to the system. */
  release(): void
}

const codes = { SIGINT: exitCodes.interrupted, SIGTERM: exitCodes.terminated, SIGHUP: 129 } as const

export function watchSignals(tell: (sentence: string) => void): Interruption {
  const controller = new AbortController()
  let exitCode: number | undefined
  const heard = (name: keyof typeof codes) => {
    if (exitCode !== undefined) process.exit(exitCode)
    exitCode = codes[name]
    tell(`interrupted by ${name}: ending what is under way; once more ends at once`)
    controller.abort()
  }
  const names = Object.keys(codes) as (keyof typeof codes)[]
  for (const name of names) process.on(name, heard)
  return {
    signal: controller.signal,
    get exitCode() {
      return exitCode
    },
    release: () => {
      for (const name of names) process.off(name, heard)
    },
  }
}
