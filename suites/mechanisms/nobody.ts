/**
 * Another user: one that owns nothing and holds no capability. A process that becomes it cannot go back, so that what it
 * is then allowed to do is what the permissions of an object say.
 */

import type { Need, Outcome } from '../../harness/model.ts'
import type { Peer } from '../../harness/pair/stage.ts'

/** The overflow user of the kernel, which every distribution calls `nobody`. */
const nobody = 65534

export const anotherUser: readonly Need[] = [{ capability: 'CAP_SETUID' }, { capability: 'CAP_SETGID' }]

/** Answers what the last step said: the first two change nothing that an object's permissions ask for by themselves. */
export async function becomeUser(peer: Pick<Peer, 'call'>, user: number): Promise<Outcome> {
  await peer.call('setgroups', [])
  await peer.call('setresgid', user, user, user)
  return peer.call('setresuid', user, user, user)
}

export const becomeNobody = (peer: Pick<Peer, 'call'>): Promise<Outcome> => becomeUser(peer, nobody)
