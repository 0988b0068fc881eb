import { describe, expect, test } from 'vitest'
import { type DoctorFacts, diagnose, type Finding, notThereYet, settings, tools } from './doctor.ts'
import { doctorFacts } from './doctor-facts.ts'
import { findProgram } from './programs.ts'

const healthy: DoctorFacts = {
  os: 'linux',
  uid: 1000,
  agent: { file: '/x/ipcmark-agent' },
  addon: { file: '/x/ipcmark.node' },
  windowsAgent: { file: '/x/ipcmark-agent.exe' },
  tools: Object.fromEntries(Object.keys(tools).map((id) => [id, `/usr/bin/${id}`])),
  rpcHeaders: true,
  winePrefix: { file: '/x/wine-prefix' },
  windowsNode: true,
  capabilities: 'all',
  sharedMemory: true,
  messageQueues: true,
  settings: { 'fs.pipe-max-size': 1_048_576, 'fs.pipe-user-pages-soft': 16_384, 'kernel.perf_event_paranoid': 2 },
  warnings: [],
}
const wrong = (change: Partial<DoctorFacts>): readonly Finding[] =>
  diagnose({ ...healthy, ...change }).filter(({ status }) => status !== 'ok')

test('a healthy machine has nothing to mend', () => {
  expect(wrong({})).toEqual([])
  for (const finding of diagnose(healthy)) expect(finding).not.toHaveProperty('remedy')
})

test('findings have ids of their own, and those that are not fine a remedy', () => {
  const ill = diagnose({
    ...healthy,
    agent: { problem: 'it is gone' },
    addon: { problem: 'it is gone' },
    windowsAgent: { problem: 'it is gone' },
    tools: {},
    rpcHeaders: false,
    winePrefix: { problem: notThereYet },
    windowsNode: false,
    capabilities: 'none',
    sharedMemory: false,
    messageQueues: false,
    settings: { 'fs.pipe-max-size': 4096, 'fs.pipe-user-pages-soft': 2, 'kernel.perf_event_paranoid': 4 },
    warnings: [{ id: 'turbo', says: 'Fast.', remedy: 'Slow down.' }],
  })
  expect(new Set(ill.map(({ id }) => id)).size).toBe(ill.length)
  for (const finding of ill) {
    expect(finding.status).not.toBe('ok')
    expect(finding.remedy).toBeTruthy()
    expect(finding.says).toMatch(/\.$/)
  }
  // The same things are looked at whether they are fine or not.
  const sameThings = diagnose(healthy).map(({ id }) => id)
  expect(ill.map(({ id }) => id)).toEqual(sameThings.map((id) => (id === 'quiet' ? 'turbo' : id)))
})

describe('one thing that is wrong', () => {
  test.each<[string, Partial<DoctorFacts>, Partial<Finding>]>([
    [
      'agent',
      { agent: { problem: 'ipcmark-agent is not built' } },
      { status: 'missing', says: 'The agent runs peers, but ipcmark-agent is not built.', remedy: 'npm run build' },
    ],
    ['addon', { addon: { problem: 'it does not load' } }, { status: 'missing', remedy: 'npm run build' }],
    [
      'wine-prefix',
      { winePrefix: { problem: notThereYet } },
      { status: 'missing', remedy: 'node scripts/wine.mjs setup' },
    ],
    [
      'wine-prefix',
      { winePrefix: { problem: 'broken: the agent ends there with exit code 53' } },
      { status: 'missing', remedy: 'node scripts/wine.mjs remove && node scripts/wine.mjs setup' },
    ],
    [
      'windows-agent',
      { windowsAgent: { problem: 'what is built is no program for Windows' } },
      {
        status: 'missing',
        says: "Wine's peers need the agent for Windows, but what is built is no program for Windows.",
        remedy: 'npm run build -- windows-mingw',
      },
    ],
    ['windows-node', { windowsNode: false }, { status: 'missing', remedy: 'node scripts/wine.mjs setup' }],
    [
      'libtirpc',
      { rpcHeaders: false },
      { status: 'missing', remedy: 'sudo apt-get install libtirpc-dev && npm run build' },
    ],
    ['cap-sys-resource', { capabilities: 'all but CAP_SYS_RESOURCE' }, { remedy: 'sudo npx ipcmark check' }],
    [
      'cap-sys-resource',
      { uid: 0, capabilities: 'all but CAP_SYS_RESOURCE' },
      { status: 'missing', remedy: expect.stringContaining('--cap-add=SYS_RESOURCE') },
    ],
    [
      'message-queues',
      { messageQueues: false },
      { status: 'missing', remedy: 'sudo mkdir -p /dev/mqueue && sudo mount -t mqueue none /dev/mqueue' },
    ],
    [
      'fs.pipe-max-size',
      { settings: { 'fs.pipe-max-size': 65_536 } },
      { status: 'warning', remedy: 'sudo sysctl -w fs.pipe-max-size=1048576' },
    ],
    [
      'fs.pipe-user-pages-soft',
      { settings: { 'fs.pipe-user-pages-soft': 100 } },
      { status: 'warning', remedy: 'sudo sysctl -w fs.pipe-user-pages-soft=16384' },
    ],
    [
      'kernel.perf_event_paranoid',
      { uid: 0, settings: { 'kernel.perf_event_paranoid': 3 } },
      { status: 'warning', remedy: 'sysctl -w kernel.perf_event_paranoid=2' },
    ],
  ])('%s is found, and its remedy', (id, change, expected) => {
    expect(wrong(change)).toEqual([expect.objectContaining({ id, ...expected })])
  })

  test.each(Object.entries(tools))('%s that is not installed is named with its Debian package', (id, tool) => {
    const { [id as keyof typeof tools]: _, ...others } = healthy.tools
    expect(wrong({ tools: others })).toEqual([
      expect.objectContaining({ id, status: 'missing', remedy: `sudo apt-get install ${tool.package}` }),
    ])
    expect(wrong({ tools: others, uid: 0 })[0]?.remedy).toBe(`apt-get install ${tool.package}`)
  })
})

test('a limit that is switched off is fine, and one that the kernel does not have is not spoken of', () => {
  expect(wrong({ settings: { 'fs.pipe-user-pages-soft': 0 } })).toEqual([])
  const spoken = diagnose({ ...healthy, settings: {} }).map(({ id }) => id)
  for (const id of Object.keys(settings)) expect(spoken).not.toContain(id)
})

test('Windows is asked for nothing that only Linux has', () => {
  const ids = diagnose({ ...healthy, os: 'windows', tools: {}, capabilities: 'not shown' }).map(({ id }) => id)
  expect(ids).toEqual(['agent', 'addon', 'quiet'])
})

test('the facts of this very machine can be gathered', () => {
  const facts = doctorFacts()
  expect(facts.addon).toHaveProperty('file')
  for (const [id, file] of Object.entries(facts.tools)) {
    expect(tools[id as keyof typeof tools].programs).toContain(file.replace(/^.*[/\\]/, '').replace(/\.exe$/, ''))
  }
  expect(diagnose(facts).length).toBeGreaterThan(2)
})

test('a program is found in the order of PATH, and only if it may be run', () => {
  expect(findProgram(['no-program-has-this-name', 'node', 'node.exe'])).toMatch(/node(\.exe)?$/)
  expect(findProgram(['no-program-has-this-name'])).toBeUndefined()
  expect(findProgram(['node'], '')).toBeUndefined()
  expect(findProgram(['environ'], '/proc/self')).toBeUndefined()
})
