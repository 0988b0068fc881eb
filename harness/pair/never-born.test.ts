import { expect, test } from 'vitest'
import { hostOs } from '../environment/host.ts'
import { startAgent } from './agent.ts'
import { newTroupe } from './peer.ts'
import { makeRunId } from './residue.ts'
import { newTrace } from './trace.ts'
import { numbersOut } from './wire.ts'

// On Windows the agent itself starts what a peer "forks".
test.skipIf(hostOs === 'windows')('a peer whose parent ends before it forks keeps nobody waiting', async () => {
  const agent = await startAgent('native', makeRunId())
  try {
    const troupe = newTroupe(agent, 'a', newTrace())
    const parent = await troupe.start('parent')
    const [reader] = numbersOut(await parent.call('pipe'), 'fds') as [number, number]
    const waiting = parent.call('read', reader, 1)
    await parent.blocked()
    const forking = parent.fork('child')
    const ends = Promise.all([
      expect(waiting).rejects.toThrow('the parent was killed by SIGKILL during read'),
      expect(forking).rejects.toThrow('the parent was killed by SIGKILL during fork'),
    ])
    const began = performance.now()
    await troupe.end()
    await ends
    expect(performance.now() - began).toBeLessThan(9_000)
    await expect(newTroupe(agent, 'a', newTrace()).start('child')).resolves.toMatchObject({ role: 'child' })
  } finally {
    await agent.close()
  }
})
