/** The user of a process of Windows, and a process that may do nothing any more as that user. */

import type { Outcome } from '../../harness/model.ts'
import type { Peer } from '../../harness/pair/stage.ts'

/** The user that a process runs as, as SDDL writes it. */
export async function userOf(peer: Peer): Promise<{ readonly token: number; readonly sid: string }> {
  const opened = await peer.call('OpenProcessToken', await peer.must('GetCurrentProcess'), 'TOKEN_ALL_ACCESS')
  const token = Number(opened.out?.token)
  const user = await peer.call('GetTokenInformation-TokenUser', token)
  return { token, sid: String(user.out?.sid) }
}

/** From now on the process acts with a token in which its own user can only be denied, and never allowed, anything. */
export async function actRestricted(peer: Peer): Promise<Outcome> {
  const { token, sid } = await userOf(peer)
  const restricted = await peer.call('CreateRestrictedToken', token, 'DISABLE_MAX_PRIVILEGE', [sid])
  if (restricted.error !== undefined) return restricted
  return peer.call('ImpersonateLoggedOnUser', Number(restricted.out?.token))
}
