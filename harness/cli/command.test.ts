import { expect, test, vi } from 'vitest'
import { againVariable, commandAgain, commandOf } from './command.ts'

test('the command again has the seed that was drawn', () => {
  expect(commandAgain(['check', 'pipe'], 7, 'linux')).toBe('ipcmark check pipe --seed 7')
})

test('a seed that was given is replaced by that of the round, and the rounds are left out', () => {
  const words = ['check', '--seed', '5', '--repeat=3', '--jobs', '1']
  expect(commandAgain(words, 6, 'linux')).toBe('ipcmark check --jobs 1 --seed 6')
})

test('words are quoted as the shell of the system needs it', () => {
  const words = ['check', '!pipe', '/eof|gone/', 'plain-word', "it's"]
  expect(commandOf(words, 'linux')).toBe(`ipcmark check '!pipe' '/eof|gone/' plain-word 'it'\\''s'`)
  expect(commandOf(['check', 'C:\\a b\\c'], 'windows')).toBe('ipcmark check "C:\\a b\\c"')
})

test('is what the script says that started it', () => {
  vi.stubEnv(againVariable, 'ci/gate.sh --base main')
  expect(commandAgain(['gate', 'pipe'], 7, 'linux')).toBe('ci/gate.sh --base main')
  vi.stubEnv(againVariable, '')
  expect(commandAgain(['gate', 'pipe'], 7, 'linux')).toBe('ipcmark gate pipe --seed 7')
  vi.unstubAllEnvs()
})
