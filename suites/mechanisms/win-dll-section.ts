/**
 * A section of a library that is marked as shared: the variables in it are common to the processes that have loaded the
 * same file. A copy of the file has variables of its own, and so every link here has a copy.
 */

import { expectOutcome } from '../../harness/conformance/expect.ts'
import type { Outcome } from '../../harness/model.ts'
import { linkOf, memoryOf } from '../../harness/pair/link.ts'
import type { Memory, MemoryEnd, Naming, Peer } from '../../harness/pair/stage.ts'
import { memorySize } from './mappings.ts'
import { actRestricted } from './win-user.ts'
import { viewedTraits } from './win-views.ts'

const library = 'ipcmark-section.dll'

/** The library lies beside the agent, where a program looks first for what it loads. */
async function copyLibrary(peer: Peer, path: string): Promise<Outcome> {
  const own = await peer.call('GetModuleFileName', 0)
  const program = String(own.out?.path)
  return peer.call('CopyFile', program.slice(0, program.lastIndexOf('\\') + 1) + library, path, 'TRUE')
}

/** A process that has loaded the library, and where the variables are in it. */
export interface Loaded {
  readonly peer: Peer
  readonly module: number
  address(variable: 'shared_memory' | 'shared_value' | 'own_value'): Promise<number>
}

export async function load(peer: Peer, path: string): Promise<Loaded> {
  const module = await peer.must('LoadLibrary', path)
  return { peer, module, address: (variable) => peer.must('GetProcAddress', module, variable) }
}

/** A copy of the library that nobody has loaded yet. */
export async function freshCopy(peer: Peer, path: string): Promise<string> {
  expectOutcome(await copyLibrary(peer, path), `CopyFile of ${library}`).toSucceed()
  return path
}

async function memoryIn(peer: Peer, path: string): Promise<MemoryEnd> {
  const address = await (await load(peer, path)).address('shared_memory')
  return { ...memoryOf(peer, address, memorySize), enter: (other) => memoryIn(other, path) }
}

const naming: Naming = {
  name: (names) => names.path('section.dll'),
  create: copyLibrary,
  createPrivate: copyLibrary,
  open: (peer, path) => peer.call('LoadLibrary', path),
  remove: (peer, path) => peer.call('DeleteFile', path),
  dropRights: actRestricted,
  collision: { error: 'ERROR_FILE_EXISTS' },
  missing: { error: 'ERROR_MOD_NOT_FOUND' },
  orphaned: 'opens',
}

export const winDllSection: Memory = {
  id: 'win-dll-section',
  title: 'Shared section of a DLL',
  kind: 'memory',
  family: 'shared-memory',
  os: 'windows',
  cites: ['MS "How do I share data in my DLL with an application or with other DLLs?"', 'MS "/SECTION"'],
  traits: { ...viewedTraits, naming: 'path', persistence: 'name', inheritance: 'system-wide' },
  needs: [{ works: ['LoadLibrary', library], otherwise: `build it: ${library} has to lie beside the agent` }],
  naming,
  async open({ start, names }) {
    const [producer, consumer] = [await start('producer'), await start('consumer')]
    const path = await freshCopy(producer, naming.name(names))
    return linkOf(await memoryIn(producer, path), await memoryIn(consumer, path), path)
  },
}
