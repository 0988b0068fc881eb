import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildProgram, newPlace, type Place } from './fixture/program.ts'

let place: Place
beforeAll(() => {
  buildProgram()
  place = newPlace()
})
afterAll(() => place.remove())

describe('what makes no sense is refused in one sentence, with exit code 2', () => {
  test.each([
    ['no verb', [], 'say what to do: run, check,'],
    ['an unknown verb', ['chek'], "there is no verb 'chek'; did you mean 'check'?"],
    ['a verb nowhere near', ['dance'], "there is no verb 'dance'; there are run, check,"],
    ['an option before the verb', ['--json', 'check'], 'the verb comes first'],
    ['an unknown option', ['check', '--sede', '3'], "'check' has no option '--sede'; did you mean '--seed'?"],
    ['an unknown short option', ['check', '-x'], "'check' has no option '-x'"],
    ['a negated switch', ['check', '--no-json'], "'check' has no option '--no-json'"],
    [
      'a number that is none',
      ['check', '--jobs', 'many'],
      "--jobs has to be a whole number, 1 to 64, and 'many' is none",
    ],
    ['a number out of range', ['check', '--jobs', '0'], '--jobs has to be a whole number, 1 to 64'],
    ['a missing value', ['check', '--seed'], '--seed needs a value'],
    ['an empty value', ['check', '--output', ''], '--output needs a value, and the one given is empty'],
    ['a missing value before an option', ['check', '--seed', '--json'], '--seed needs a value'],
    ['an option given twice', ['check', '--seed', '1', '--seed', '2'], '--seed was given 2 times; give it once'],
    ['a switch with a value', ['check', '--json=maybe'], '--json is a switch and takes no value'],
    ['an unknown selector', ['check', 'pip'], "named 'pip'; did you mean 'pipe'?"],
    ['an unknown mechanism', ['check', '--mechanism', 'fiof'], "no mechanism is named 'fiof'; did you mean 'fifo'?"],
    ['a theme for a mechanism', ['check', '--mechanism', 'eof'], "no mechanism is named 'eof'"],
    ['an unknown case', ['explain', 'pipe.zero-write-no-raeder'], "did you mean 'pipe.zero-write-no-reader'?"],
    ['a bad expression', ['check', '/(/'], "'/(/' is no regular expression: Unterminated group."],
    ['an empty selector', ['check', '!'], "'!' names nothing"],
    ['an unknown target', ['check', '--target', 'wien'], "there is no target 'wien'; did you mean 'wine'?"],
    ['a target without its command', ['check', '--target', 'exec:'], "target 'exec:' lacks the command"],
    [
      'one agent for two targets',
      ['check', '--target', 'native', '--target', 'exec:env', '--agent', 'x'],
      'name one with',
    ],
    ['an unknown fault', ['check', '--fault', 'sends-droped'], "did you mean 'sends-dropped'?"],
    ['an unknown budget', ['bench', '--budget', 'fast'], "there is no budget 'fast'; there are quick"],
    ['an unknown format', ['report', '--format', 'cvs'], "there is no format 'cvs'; did you mean 'csv'?"],
    ['a file for no format', ['report', '--splice', 'README.md'], 'it goes with --format markdown'],
    ['no case to explain', ['explain'], "'explain' needs a case"],
    ['a word too many', ['doctor', 'now'], "'doctor' does not know what to do with 'now'"],
    ['two lists at once', ['list', '--cases', '--faults'], 'ask for one at a time'],
    ['no such expectations', ['check', '--expectations', 'none.json'], 'none.json: there is no such file'],
    ['no such run', ['report', 'yesterday'], "There is no run 'yesterday'"],
  ])('%s', async (_, words, sentence) => {
    const { code, stdout, stderr } = await place.run(words)
    expect(stderr).toContain(sentence)
    expect(stderr.trim().split('\n')).toHaveLength(1)
    expect(stdout).toBe('')
    expect(code).toBe(2)
  })
})

describe('a filter that matches nothing', () => {
  test.each([
    ['a pattern', ['check', 'nothing-*'], 'no case fits the filter'],
    ['kinds that exclude each other', ['check', 'pipe', '/^fifo\\./'], 'no case fits the filter'],
    ['everything taken away', ['check', 'pipe', '!pipe'], 'no case fits the filter'],
    ['another system', ['check', 'win-named-pipe-byte'], 'belongs to Windows, and no target does; --target wine'],
    ['an exempt case', ['check', 'x.name-collision@pipe'], 'x.name-collision@pipe does not apply: it has no name'],
    ['a list of it', ['list', '/^$/'], 'nothing to list'],
    ['a cell', ['bench', 'pipe', '!pipe'], 'nothing to measure'],
  ])('%s is exit code 4 and says so', async (_, words, sentence) => {
    const { code, stderr } = await place.run(words)
    expect(stderr).toContain(sentence)
    expect(code).toBe(4)
  })
})

describe('help', () => {
  test('names every verb', async () => {
    const { code, stdout } = await place.run(['--help'])
    expect(code).toBe(0)
    for (const verb of ['run', 'check', 'bench', 'explain', 'report', 'list', 'doctor', 'clean']) {
      expect(stdout).toMatch(new RegExp(`^  ${verb} `, 'm'))
    }
  })

  test.each(['run', 'check', 'bench', 'explain', 'report', 'list', 'doctor', 'clean'])(
    'of %s has examples, and every option of them exists',
    async (verb) => {
      const { code, stdout } = await place.run([verb, '--help'])
      expect(code).toBe(0)
      const [, examples = ''] = /Examples\n(.*?)\n\n/s.exec(stdout) ?? []
      expect(examples).toContain(`ipcmark ${verb}`)
      for (const [, option] of examples.matchAll(/ (--[a-z]+)/g)) expect(stdout).toContain(`\n  ${option}`)
    },
  )

  test.each(['run', 'check', 'bench', 'explain'])(
    'of %s speaks of --strict only where there is such an option',
    async (verb) => {
      const { stdout } = await place.run([verb, '--help'])
      expect(stdout.includes('under --strict')).toBe(stdout.includes('\n  --strict'))
      expect(stdout).toContain('129, 130, 143')
    },
  )

  test('is not coloured unless that is wanted', async () => {
    const colour = '\x1b['
    expect((await place.run(['--help'])).stdout).not.toContain(colour)
    expect((await place.run(['--help'], { FORCE_COLOR: '1' })).stdout).toContain(colour)
    expect((await place.run(['--help'], { FORCE_COLOR: '1', NO_COLOR: '1' })).stdout).not.toContain(colour)
    expect((await place.run(['--help', '--no-color'], { FORCE_COLOR: '1' })).stdout).not.toContain(colour)
  })

  test('and the version come without a verb', async () => {
    expect((await place.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
  })
})
