import { cpus } from 'node:os'
import { expect, test } from 'vitest'
import { type Ask, windowsSystem } from './windows.ts'

const bios = (maker: string, product: string): string =>
  [
    'HKEY_LOCAL_MACHINE\\HARDWARE\\DESCRIPTION\\System\\BIOS',
    '    BIOSVendor    REG_SZ    A Firmware Company',
    `    SystemManufacturer    REG_SZ    ${maker}`,
    `    SystemProductName    REG_SZ    ${product}`,
    '',
  ].join('\r\n')
const plan = (id: string, name: string): string => `Power Scheme GUID: ${id}  (${name})\r\n`

const answers =
  (reg: string | undefined, power: string | undefined): Ask =>
  (program) =>
    program === 'reg.exe' ? reg : power
const seen = (reg?: string, power?: string, wine = false) =>
  windowsSystem(answers(reg, power), () => wine).surroundings()

test('the maker of a virtual machine is told from the registry', () => {
  expect(seen(bios('Microsoft Corporation', 'Virtual Machine')).virtualisation).toBe('microsoft')
  expect(seen(bios('Microsoft Corporation', 'Surface Laptop')).virtualisation).toBe('none')
  expect(seen(bios('VMware, Inc.', 'VMware20,1')).virtualisation).toBe('vmware')
  expect(seen(undefined).virtualisation).toBe('none')
})

test('the power plan stands for the governor', () => {
  expect(seen('', plan('8c5e7fda-e8bf-4a96-9a85-a6e23a8c635c', 'Höchstleistung')).governor).toBe('performance')
  expect(seen('', plan('381b4222-f694-41f0-9685-ff5bb260df2e', 'Balanced')).governor).toBe('Balanced')
  expect(seen('', undefined).governor).toBe('not shown')
})

test('Wine is called by its name', () => {
  const wine = seen('', plan('381b4222-f694-41f0-9685-ff5bb260df2e', 'Balanced'), true)
  expect(wine).toMatchObject({ os: 'windows', emulator: 'Wine', governor: 'not shown' })
  expect(wine.distribution).toMatch(/^Wine as /)
  expect(seen('')).not.toHaveProperty('emulator')
})

test('the machine is described without a program of its own', () => {
  const here = seen(undefined)
  expect(here.cores).toBe(cpus().length)
  expect(here.topology.map(({ cpu }) => cpu)).toEqual(here.topology.map((_, index) => index))
  expect(here.memoryMib).toBeGreaterThan(0)
  expect(here.load).toEqual([])
  expect(windowsSystem().cpuTimes()).toBeUndefined()
})
