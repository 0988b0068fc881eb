/** The stage that a case is played on: keeps the promises of `Stage` in pair/stage.ts over one agent. */

import type { Out } from '../model.ts'
import type { Agent } from '../pair/agent.ts'
import { Unsupported } from '../pair/failures.ts'
import type { Stage } from '../pair/stage.ts'
import { namesOf } from './names.ts'
import { missing } from './needs.ts'

export interface Setting {
  readonly agent: Agent
  /** Who starts its peers. */
  readonly troupe: Pick<Stage, 'start'>
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
