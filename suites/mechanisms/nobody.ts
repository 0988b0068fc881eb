/**
 * Another user: one that owns nothing and holds no capability. A process that becomes it cannot go back, so that what it
 * is then allowed to do is what the permissions of an object say.
 */

import type { Need, Outcome } from '../../harness/model.ts'
import { crcOf } from '../../harness/pair/bytes.ts'
import type { Names, Peer, Stage } from '../../harness/pair/stage.ts'

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

/** A user that nothing else runs as: what the kernel counts for it is this case's alone, whatever else is tested here. */
export const ownUser = (names: Names): number => 10_000 + (crcOf(Buffer.from(names.path('user'))) % 50_000)

/** What an EINVAL of `becomeUser` means. */
export const tooFewUsers = 'there are too few users in this user namespace; map at least 65536'

/** Becomes another user, where the system has one. */
export async function mustBecomeNobody(stage: Pick<Stage, 'unsupported'>, peer: Pick<Peer, 'call'>): Promise<void> {
  const became = await becomeNobody(peer)
  if (became.error) stage.unsupported(tooFewUsers)
}

/** Becomes another user who can reach a path, so that only the path's own mode is in the way. */
export async function becomeStranger(stage: Stage, peer: Peer, path: string): Promise<void> {
  await mustBecomeNobody(stage, peer)
  const reach = await peer.call('access', path, 'F_OK')
  if (reach.error) stage.unsupported(`another user cannot reach ${path}; set TMPDIR to a folder that all may search`)
}
