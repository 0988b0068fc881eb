/** The first line of a record: which ipcmark made it, with which command, where. */

import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readEnvironment } from '../environment/environment.ts'
import { packageRoot, packageVersion } from '../environment/host.ts'
import { type RunHeader, recordSchema, type Shard } from '../model.ts'
import { commandAgain, wordsAgain } from './command.ts'
import type { Session } from './session.ts'

export function headerOf({ run, agents }: Session, seed: number, shard?: Shard): RunHeader {
  const commit = commitOfTool()
  return {
    type: 'run',
    schema: recordSchema,
    run,
    tool: { name: 'ipcmark', version: packageVersion(), ...(commit === undefined ? {} : { commit }) },
    command: commandAgain(process.argv.slice(2), seed),
    words: wordsAgain(process.argv.slice(2), seed),
    seed,
    started: new Date().toISOString(),
    environment: readEnvironment(),
    targets: agents.map((agent) => agent.info),
    ...(shard && { shard }),
  }
}

/** The commit of this clone; nothing for an installed package, or where there is no git. */
export const commitOfTool = (): string | undefined => commitOf(packageRoot)

function commitOf(folder: string): string | undefined {
  if (!existsSync(join(folder, '.git'))) return undefined
  try {
    const words = ['-C', folder, 'rev-parse', '--short=12', 'HEAD']
    return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
  } catch {
    return undefined
  }
}
