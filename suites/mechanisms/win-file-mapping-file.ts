/** A file mapping of a file, which each process makes for itself: the file's name is the only one that it has. */

import { linkOf } from '../../harness/pair/link.ts'
import type { Memory, Peer } from '../../harness/pair/stage.ts'
import { memorySize, sizeInPagesOn } from './mappings.ts'
import { fileNaming, openFile } from './win-files.ts'
import { viewed, viewedTraits, viewOf } from './win-views.ts'

/** A mapping of a file, which it makes as long as the memory is. */
export const mappingOf = (peer: Pick<Peer, 'must'>, file: number, size = memorySize): Promise<number> =>
  peer.must('CreateFileMapping', file, 'PAGE_READWRITE', size, '', 'inherit')

const bequest = 'left behind'

const naming = fileNaming('mapped', {
  leave: async (peer, { ret }) => peer.call('memory-store', await viewOf(peer, await mappingOf(peer, ret)), bequest),
  async find(peer, { ret }) {
    const found = await peer.call('memory-load', await viewOf(peer, await mappingOf(peer, ret)), bequest.length)
    return found.hex === Buffer.from(bequest).toString('hex')
  },
})

export const winFileMappingFile: Memory = {
  id: 'win-file-mapping-file',
  title: 'Windows file mapping (file)',
  kind: 'memory',
  family: 'shared-memory',
  os: 'windows',
  cites: ['MS "File Mapping"', 'MS:CreateFileMappingW', 'MS:MapViewOfFile'],
  traits: { ...viewedTraits, naming: 'path', persistence: 'name-and-contents' },
  naming,
  async open(stage) {
    const { start, names } = stage
    const path = naming.name(names)
    const size = sizeInPagesOn(stage)
    const [producer, consumer] = [await start('producer'), await start('consumer')]
    const mapped = async (peer: Peer, disposition: string) => {
      const file = await openFile(peer, path, { disposition })
      return viewed(peer, await mappingOf(peer, file.ret, size), size)
    }
    return linkOf(await mapped(producer, 'CREATE_NEW'), await mapped(consumer, 'OPEN_EXISTING'), path)
  },
}
