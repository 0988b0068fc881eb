/** A page of memory that any process can have by its name, whatever the system: for what is tried on a mechanism. */

import type { Os } from '../../harness/model.ts'
import type { Peer, Stage } from '../../harness/pair/stage.ts'
import { pageOfFile, pageSize } from './shared-page.ts'

type Mapper = Pick<Peer, 'call' | 'must'>

/** Maps the page into a process; answers its address there. */
export type CommonPage = (peer: Mapper) => Promise<number>

const ways: Record<Os, (stage: Pick<Stage, 'names'>) => CommonPage> = {
  linux({ names }) {
    const path = names.path('page')
    return (peer) => pageOfFile(peer, path)
  },
  windows({ names }) {
    const name = names.object('page')
    return async ({ call, must }) => {
      // Whoever comes second gets a handle too, and is told that it is there already.
      const { ret } = await call('CreateFileMapping', 'INVALID_HANDLE_VALUE', 'PAGE_READWRITE', pageSize, name)
      return must('MapViewOfFile', ret, 'FILE_MAP_ALL_ACCESS', 0, pageSize)
    }
  },
}

export const commonPage = ({ os, names }: Pick<Stage, 'os' | 'names'>): CommonPage => ways[os]({ names })
