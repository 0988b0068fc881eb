/** What is claimed about the variables of a library: which of them processes share, with whom, and how long. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { freshCopy, type Loaded, load } from '../../../mechanisms/win-dll-section.ts'

const shareData = 'MS "How do I share data in my DLL with an application or with other DLLs?"'

/** What the library's source gives both words. */
const initial = 1729

type Variable = 'shared_value' | 'own_value'

async function expectValueOf(variable: Variable, loaded: Loaded, value: number, when = ''): Promise<void> {
  const word = await loaded.peer.call('memory-load-word', await loaded.address(variable))
  expectOutcome(word, `${variable} of the ${loaded.peer.role}${when}`).toReturn(value)
}

async function set(variable: Variable, { peer, address }: Loaded, value: number): Promise<void> {
  await peer.must('memory-store-word', await address(variable), value)
}

const unload = ({ peer, module }: Loaded) => peer.must('FreeLibrary', module)

export const dllSectionCases: readonly SpecificCase[] = [
  {
    id: 'dllseg.shared-visible',
    mechanism: 'win-dll-section',
    theme: 'data',
    core: true,
    says: 'A variable in a section that is marked RWS is one and the same in two processes that load the same DLL file.',
    cites: [shareData, 'MS "/SECTION"'],
    async run({ start, names }) {
      const [first, second] = [await start('first'), await start('second')]
      const path = await freshCopy(first, names.path('section.dll'))
      const [mine, yours] = [await load(first, path), await load(second, path)]
      for (const loaded of [mine, yours]) await expectValueOf('shared_value', loaded, initial)
      await set('shared_value', mine, 5)
      await expectValueOf('shared_value', yours, 5)
      await set('shared_value', yours, 6)
      await expectValueOf('shared_value', mine, 6)
    },
  },
  {
    id: 'dllseg.unshared-control',
    mechanism: 'win-dll-section',
    theme: 'data',
    says: 'A variable outside the marked section is each process its own.',
    cites: [shareData, 'MS "Dynamic-Link Library Data"'],
    async run({ start, names }) {
      const [first, second] = [await start('first'), await start('second')]
      const path = await freshCopy(first, names.path('section.dll'))
      const [mine, yours] = [await load(first, path), await load(second, path)]
      await set('own_value', mine, 5)
      await expectValueOf('own_value', yours, initial)
      await set('own_value', yours, 6)
      await expectValueOf('own_value', mine, 5)
      const late = await load(await start('latecomer'), path)
      await expectValueOf('own_value', late, initial)
    },
  },
  {
    id: 'dllseg.different-path-not-shared',
    mechanism: 'win-dll-section',
    theme: 'naming',
    says: 'A copy of the DLL at another path has a section of its own.',
    cites: [shareData],
    async run({ start, names }) {
      const [first, second] = [await start('first'), await start('second')]
      const path = await freshCopy(first, names.path('section.dll'))
      const other = await freshCopy(first, names.path('section.dll'))
      const [mine, yours] = [await load(first, path), await load(second, other)]
      await set('shared_value', mine, 5)
      await expectValueOf('shared_value', yours, initial)
      await expectValueOf('shared_value', await load(second, path), 5, ' by the first path')
    },
  },
  {
    id: 'dllseg.reset-on-last-unload',
    mechanism: 'win-dll-section',
    theme: 'persist',
    says: 'As long as one process has the DLL loaded its shared variables keep their values; then they are as they were built.',
    cites: [shareData, 'MS:FreeLibrary'],
    async run({ start, names }) {
      const [first, second] = [await start('first'), await start('second')]
      const path = await freshCopy(first, names.path('section.dll'))
      const [mine, yours] = [await load(first, path), await load(second, path)]
      await set('shared_value', mine, 5)
      await unload(mine)
      await expectValueOf('shared_value', yours, 5, ' when the other has unloaded it')
      const last = await load(await start('third'), path)
      await second.kill()
      await expectValueOf('shared_value', last, 5, ' when another has died')
      await unload(last)
      await expectValueOf('shared_value', await load(first, path), initial, ' when nobody had it loaded')
    },
  },
]
