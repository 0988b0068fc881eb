import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findAsymmetries } from './check-symmetry.mjs'

let top: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'ipcmark-symmetry-'))
})
afterEach(() => rmSync(top, { recursive: true }))

function write(path: string, text = ''): void {
  mkdirSync(dirname(join(top, path)), { recursive: true })
  writeFileSync(join(top, path), text)
}
const found = (oneSided: Record<string, string> = {}) => findAsymmetries(top, { oneSided })

test('an empty tree is symmetrical', () => {
  expect(found()).toEqual([])
})

test('a file needs a namesake, of whatever ending, or an excuse', () => {
  write('native/calls/linux/pipe.cc')
  write('native/calls/windows/pipe.h')
  write('native/calls/linux/futex.cc')
  expect(found()).toEqual([expect.stringContaining('native/calls/linux/futex has no namesake')])
  expect(found({ 'native/calls/linux/futex': 'Windows waits on addresses' })).toEqual([])
})

test('an excuse that is not needed any more is found', () => {
  write('native/calls/linux/pipe.cc')
  write('native/calls/windows/pipe.cc')
  expect(found({ 'native/calls/linux/pipe': 'once' })).toEqual([expect.stringContaining('needs no excuse')])
})

test('only the folders of a system ask which system this is', () => {
  write('native/core/call.cc', '// _WIN32 may be spoken of\n#ifdef _WIN32\n#endif\n')
  write('native/system/linux/error.h', '#ifdef __linux__\n#endif\n')
  write('native/system/windows/error.h', '#ifdef _WIN32\n#endif\n')
  write('harness/environment/os.ts', 'process.platform\n')
  write('harness/pair/agent.ts', 'process.platform\n')
  expect(found()).toEqual([
    expect.stringContaining('native/core/call.cc:2'),
    expect.stringContaining('harness/pair/agent.ts:1'),
  ])
})
