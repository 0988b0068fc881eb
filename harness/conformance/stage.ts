/** The stage that a case is played on: keeps the promises of `Stage` in pair/stage.ts over one agent. */

import type { Need, Out } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { Unsupported } from '../pair/failures.ts'
import type { Troupe } from '../pair/peer.ts'
import type { Names, Stage } from '../pair/stage.ts'

export interface Setting {
  readonly agent: Agent
  readonly troupe: Troupe
  /** Tells the objects of one case from another's. */
  readonly scope: string
  readonly findings: Record<string, Out>
}

export function stageOf({ agent, troupe, scope, findings }: Setting): Stage {
  const stage: Stage = {
    os: agent.info.os,
    names: namesOf(agent, scope),
    start: troupe.start,
    need: async (...needs) => {
      for (const need of needs) {
        const lacking = await missing(need, agent)
        if (lacking !== undefined) throw new Unsupported(lacking)
      }
    },
    note: (name, value) => {
      findings[name] = value
    },
    unsupported: (reason) => {
      throw new Unsupported(reason)
    },
  }
  return stage
}

function namesOf(agent: Agent, scope: string): Names {
  let made = 0
  const separator = agent.info.os === 'windows' ? '\\' : '/'
  return {
    path: (stem) => `${agent.folder}${separator}${scope}-${++made}-${stem}`,
    pipe: (stem) => `\\\\.\\pipe\\${agent.prefix}-${scope}-${++made}-${stem}`,
  }
}

/** Why a need is not met on this target and what would meet it; nothing when it is met. */
export async function missing(need: Need, agent: Agent): Promise<string | undefined> {
  if ('capability' in need) {
    // Only Linux divides the rights of root; what a generic claim asks for there, it does not ask for on Windows.
    const held = agent.info.os === 'windows' || agent.info.capabilities.includes(need.capability)
    return held ? undefined : `needs ${need.capability}, which this process does not hold; run as root, or grant it`
  }
  if ('constant' in need) {
    const known = await agent.names('constants')
    return known.has(need.constant) ? undefined : `${need.constant} is not defined by the headers of this system`
  }
  const known = await agent.names('calls')
  return known.has(need.call) ? undefined : `${need.call} is not offered by this system`
}
