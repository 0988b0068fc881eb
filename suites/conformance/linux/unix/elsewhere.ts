/** A process in a network namespace of its own, where abstract names of here mean nothing. */

import type { Peer, Stage } from '../../../../harness/pair/stage.ts'

export async function startElsewhere(stage: Stage): Promise<Peer> {
  const peer = await stage.start('elsewhere')
  const moved = await peer.call('unshare', 'CLONE_NEWNET')
  if (moved.error === undefined) return peer
  // Whoever owns a user namespace may have a network in it.
  const both = await peer.call('unshare', 'CLONE_NEWUSER|CLONE_NEWNET')
  if (both.error !== undefined)
    stage.unsupported(`no second network namespace: ${both.error}; give CAP_SYS_ADMIN, or allow user namespaces`)
  return peer
}
