/**
 * What gates a change elsewhere: the action, the workflows and the template are read by a YAML parser and held against what
 * they may say, every command and option in them exists, and the recipe that all of them come down to is run.
 */

import { execFileSync, type SpawnSyncReturns, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument } from 'yaml'
import { buildProgram, follow, until } from '../harness/cli/fixture/program.ts'
import { packageRoot as root } from '../harness/environment/host.ts'
import { formats } from '../reports/index.ts'

const fileOf = (...names: string[]) => readFileSync(join(root, ...names), 'utf8')
type Mapping = { readonly [key: string]: unknown }
const mapping = (value: unknown): Mapping => {
  if (typeof value !== 'object' || value === null) throw new Error(`${JSON.stringify(value)} is no mapping`)
  return value as Mapping
}
const listOf = (value: unknown): Mapping[] => (Array.isArray(value) ? value.map(mapping) : [])
const sorted = (names: Iterable<string>) => [...new Set(names)].sort()
const found = (text: string, look: RegExp) => [...text.matchAll(look)].map(([, name = '']) => name)

function yamlOf(...names: string[]): Mapping {
  const document = parseDocument(fileOf(...names), { strict: true, uniqueKeys: true })
  expect([...document.errors, ...document.warnings].map(({ message }) => message)).toEqual([])
  return mapping(document.toJS())
}
const unknownIn = (value: unknown, known: string) =>
  Object.keys(mapping(value)).filter((key) => !known.split(' ').includes(key))

const stepKeys = 'name id if uses with run shell env working-directory continue-on-error timeout-minutes'
const action = yamlOf('action.yml')
const steps = listOf(mapping(action.runs).steps)
const inputs = mapping(action.inputs)
const workflows = readdirSync(join(root, '.github', 'workflows'))
const recipe = fileOf('ci', 'gate.sh')
const wrapper = fileOf('ci', 'from-variables.sh')

/** The commands of all that run. */
const processes = () =>
  readdirSync('/proc').flatMap((id) => {
    try {
      return /^\d+$/.test(id) ? readFileSync(`/proc/${id}/cmdline`, 'utf8') : []
    } catch {
      // It has ended meanwhile.
      return []
    }
  })

/** Every `uses` names a major version, or what is here. */
const unpinned = (all: readonly Mapping[]) =>
  all.flatMap(({ uses }) => uses ?? []).filter((uses) => !/^(\.\/|[\w-]+\/[\w-]+@v\d+$)/.test(String(uses)))

describe('the action', () => {
  it('says nothing that actions do not know', () => {
    expect(unknownIn(action, 'name description author branding inputs outputs runs')).toEqual([])
    expect(unknownIn(action.runs, 'using steps')).toEqual([])
    for (const input of Object.values(inputs)) {
      expect(unknownIn(input, 'description required default deprecationMessage')).toEqual([])
      expect(typeof mapping(input).default).toBe('string')
    }
    for (const output of Object.values(mapping(action.outputs)))
      expect(unknownIn(output, 'description value')).toEqual([])
    for (const step of steps) {
      expect(unknownIn(step, stepKeys)).toEqual([])
      expect('run' in step).toBe('shell' in step)
    }
    expect(unpinned(steps)).toEqual([])
  })

  it('uses every input, and none that it has not; and never within a script', () => {
    expect(sorted(found(JSON.stringify(action.runs), /\binputs\.([\w-]+)/g))).toEqual(sorted(Object.keys(inputs)))
    for (const { run = '' } of steps) expect(String(run)).not.toContain('${{')
  })

  it('hands over the variables that are read, and has the outputs that are written', () => {
    const [own] = steps.filter(({ id }) => id === 'gate')
    expect(sorted(Object.keys(mapping(own?.env)))).toEqual(sorted(found(wrapper, /\b(IPCMARK_[A-Z_]+)/g)))
    const outputs = found(JSON.stringify(action.outputs), /steps\.gate\.outputs\.(\w+)/g)
    for (const name of outputs) expect(recipe).toContain(`${name}=%s`)
  })
})

describe('the workflows', () => {
  it.each(workflows)('%s says nothing that workflows do not know', (name) => {
    const workflow = yamlOf('.github', 'workflows', name)
    expect(unknownIn(workflow, 'name run-name on permissions env defaults concurrency jobs')).toEqual([])
    expect(workflow.permissions).toEqual({ contents: 'read' })
    for (const job of Object.values(mapping(workflow.jobs)).map(mapping)) {
      const known = 'name runs-on needs if permissions environment concurrency outputs env defaults steps'
      expect(unknownIn(job, `${known} timeout-minutes strategy continue-on-error container services`)).toEqual([])
      expect(job['timeout-minutes']).toBeTypeOf('number')
      const own = listOf(job.steps)
      for (const step of own) expect(unknownIn(step, stepKeys)).toEqual([])
      expect(unpinned(own)).toEqual([])
      const asked = own.filter(({ uses }) => uses === './').flatMap((step) => Object.keys(mapping(step.with)))
      expect(asked.filter((input) => !(input in inputs))).toEqual([])
    }
  })

  it('have one that uses the action on itself', () => {
    expect(workflows.some((name) => fileOf('.github', 'workflows', name).includes('uses: ./'))).toBe(true)
  })
})

describe('the template for GitLab', () => {
  const [[name = '', job] = []] = Object.entries(yamlOf('ci', 'gitlab-gate.yml'))
  const own = mapping(job)

  it('is one hidden job, and says nothing that jobs do not know', () => {
    expect(name).toBe('.ipcmark-gate')
    const known = 'stage image timeout interruptible rules variables script allow_failure artifacts'
    expect(unknownIn(own, known)).toEqual([])
    expect(unknownIn(own.artifacts, 'when name paths reports expire_in')).toEqual([])
  })

  it('sets variables that are read, and keeps what the recipe writes', () => {
    const places = ['IPCMARK_HOME', 'IPCMARK_REPOSITORY', 'IPCMARK_REF', 'GIT_DEPTH']
    const names = Object.keys(mapping(own.variables)).filter((variable) => !places.includes(variable))
    expect(names.filter((variable) => !wrapper.includes(variable))).toEqual([])
    expect(mapping(mapping(own.artifacts).reports).junit).toBe('$IPCMARK_OUTPUT/junit.xml')
    expect(formats.some(({ id }) => id === 'junit')).toBe(true)
  })
})

describe.skipIf(process.platform === 'win32')('the recipe', () => {
  let place = ''
  const shell = (words: readonly string[], env: NodeJS.ProcessEnv = {}, cwd = place): SpawnSyncReturns<string> =>
    spawnSync('bash', [...words], { cwd, env: { ...process.env, GITHUB_ACTIONS: '', ...env }, encoding: 'utf8' })
  const gate = join(root, 'ci', 'gate.sh')
  const git = (...words: string[]) =>
    execFileSync('git', ['-C', place, '-c', 'user.name=t', '-c', 'user.email=t@example.org', ...words], {
      encoding: 'utf8',
    })
  const verdict = (folder: string) => readFileSync(join(place, folder, 'verdict'), 'utf8').trim()
  const onePipe = ['pipe', 'pingpong', 'size:64', 'same-core']

  /** A project whose agent is ipcmark's own, started by a script. */
  beforeAll(() => {
    buildProgram()
    place = mkdtempSync(join(tmpdir(), 'ci test '))
    git('init', '--quiet')
    const agent = join(root, 'build', 'linux', 'ipcmark-agent')
    writeFileSync(join(place, 'agent'), `#!/bin/sh\nexec '${agent}' "$@"\n`)
    chmodSync(join(place, 'agent'), 0o755)
    git('add', 'agent')
    git('commit', '--quiet', '--message', 'an agent')
    git('commit', '--quiet', '--message', 'a change', '--allow-empty')
  })
  afterAll(() => rmSync(place, { recursive: true, force: true }))

  const help = (...words: string[]) =>
    execFileSync(process.execPath, [join(root, 'dist', 'harness', 'cli', 'main.js'), ...words, '--help'], {
      encoding: 'utf8',
    })
  const optionsIn = (text: string) => found(text, /^ {2}(--[a-z-]+)/gm)

  it('is a script that a shell understands, as is what calls it', () => {
    for (const name of ['gate.sh', 'from-variables.sh']) expect(shell(['-n', join(root, 'ci', name)]).stderr).toBe('')
  })

  it('and all that is written of it name options, verbs and formats that there are', () => {
    const own = optionsIn(shell([gate, '--help']).stdout)
    const known = [...own, ...optionsIn(help('gate'))]
    expect(
      sorted(found(wrapper, /^(?:option|word|switch) \w+ (--[a-z-]+)$/gm)).filter((one) => !known.includes(one)),
    ).toEqual([])
    const commands = fileOf('docs', 'ci.md').match(/^(?:bash )?(?:\S*ci\/gate\.sh|npx ipcmark) .*$/gm) ?? []
    expect(commands.length).toBeGreaterThan(5)
    for (const command of commands) {
      const [, verb] = /npx ipcmark (\w+)/.exec(command) ?? []
      const there = verb === undefined ? known : optionsIn(help(verb))
      expect(
        found((command.split(' #')[0] ?? '').replace(/'[^']*'/g, ''), /\s(--[a-z][a-z-]*)/g).filter(
          (one) => !there.includes(one),
        ),
      ).toEqual([])
    }
    const made = found(recipe, /--format ([a-z-]+)/g)
    expect(made.filter((id) => !formats.some((format) => format.id === id))).toEqual([])
    expect(
      sorted(found(fileOf('docs', 'ci.md'), /`(IPCMARK_[A-Z_]+)`/g)).filter(
        (one) => !/HOME|REPOSITORY|REF/.test(one) && !wrapper.includes(one),
      ),
    ).toEqual([])
  })

  it('ends with 1 where a claim broke, and a red gate has all of its reports', () => {
    const summary = join(place, 'summary.md')
    const env = { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: summary, GITHUB_OUTPUT: join(place, 'outputs') }
    const asked = ['--built', '--output', 'red', '--', ...onePipe, '--b-fault', 'broken-pipe-renamed']
    const { status, stdout } = shell([gate, ...asked], env)
    expect([status, verdict('red')]).toEqual([1, 'fail'])
    const names = ['report.html', 'junit.xml', 'results.csv', 'gate.md']
    expect(names.filter((name) => !existsSync(join(place, 'red', name)))).toEqual([])
    expect(stdout).toMatch(/^::error title=/m)
    expect(readFileSync(summary, 'utf8')).toContain('broke that A gets right')
    expect(readFileSync(env.GITHUB_OUTPUT, 'utf8')).toBe('verdict=fail\nreports=red\n')
  })

  it('ends with 3 where nothing can be told, and with what was asked for instead', () => {
    const blind = ['--', ...onePipe, '--cases', 'none', '--max-mde', '1%']
    const { status } = shell([gate, '--built', '--output', 'blind', ...blind])
    expect([status, verdict('blind')]).toEqual([3, 'inconclusive'])
  })

  it('builds two commits and gates them, by the variables of a service, and leaves no work tree', () => {
    const env = {
      IPCMARK_BASE: 'HEAD^',
      IPCMARK_BUILD: `pwd >>'${join(place, 'built')}'`,
      IPCMARK_AGENT: 'agent',
      IPCMARK_OUTPUT: 'two',
      IPCMARK_INCONCLUSIVE: 'warn',
      IPCMARK_CELLS: onePipe.join('\n '),
      IPCMARK_CASES: 'none',
      // What is the same is not red, however the machine trembles.
      IPCMARK_ARGUMENTS: '--min-effect\n500%\n\n',
    }
    // What is built already is the one thing that no variable says.
    const copy = join(place, 'from-variables.sh')
    copyFileSync(join(root, 'ci', 'from-variables.sh'), copy)
    writeFileSync(join(place, 'gate.sh'), `#!/bin/sh\nexec bash '${gate}' --built "$@"\n`)
    chmodSync(join(place, 'gate.sh'), 0o755)
    const { status, stderr } = shell([copy], env)
    expect([status, stderr]).toEqual([0, expect.stringContaining('building the base')])
    expect(['pass', 'inconclusive']).toContain(verdict('two'))
    // Its arm A is gone with the work tree, so that what decides once more is the script.
    expect(readFileSync(join(place, 'two', 'gate.md'), 'utf8')).toMatch(
      /^\S*gate\.sh --built --base 'HEAD\^'|^\S*gate\.sh --built --base HEAD\\\^/m,
    )
    const [base = '', own = ''] = readFileSync(join(place, 'built'), 'utf8').trim().split('\n')
    expect([base.endsWith('/base'), own === place, existsSync(base)]).toEqual([true, true, false])
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1)
  })

  it('fetches a base that is not here, and cuts the history of no whole clone', () => {
    const clone = join(place, 'clone')
    git('clone', '--quiet', '--single-branch', `file://${encodeURI(place)}`, clone)
    git('checkout', '--quiet', '-b', 'elsewhere')
    git('commit', '--quiet', '--message', 'another', '--allow-empty')
    const { status, stderr } = shell(
      [gate, '--built', '--base', 'elsewhere', '--build', 'false', '--output', 'cloned'],
      {},
      clone,
    )
    expect([status, stderr]).toEqual([5, expect.stringContaining('building the base')])
    const inClone = (...words: string[]) => execFileSync('git', ['-C', clone, ...words], { encoding: 'utf8' }).trim()
    expect([inClone('rev-parse', '--is-shallow-repository'), inClone('rev-list', '--count', 'HEAD')]).toEqual([
      'false',
      '2',
    ])
    git('checkout', '--quiet', '-')
  })

  it('leaves no work tree and no process when it is ended', async () => {
    const words = ['--built', '--base', 'HEAD', '--build', 'exec sleep 600', '--output', 'ended']
    const { child, written, ended } = follow(spawn('bash', [gate, ...words], { cwd: place }))
    await until(() => written.stderr.includes('building the base'), 'it builds')
    await until(() => git('worktree', 'list').includes('/base'), 'there is a work tree')
    child.kill('SIGTERM')
    expect((await ended).code).toBe(143)
    expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1)
    expect(processes().filter((command) => command.includes(`ipcmark-gate-${child.pid}`))).toEqual([])
  })

  it.each([
    [['--base'], '--base needs a value'],
    [['--frobnicate'], "there is no option '--frobnicate'"],
    [['--inconclusive', 'maybe'], 'takes pass, warn or fail'],
    [['--base', 'nowhere-at-all', '--build', 'true'], "there is no commit 'nowhere-at-all'"],
    [['--base', 'HEAD'], '--base needs --build'],
    [['--', '--warn-only'], '--warn-only has its place before --'],
    [['--', '--inject-nz', '3'], "did you mean '--inject-ns'"],
  ])('refuses %j with 2', (words, why) => {
    const { status, stderr } = shell([gate, '--built', '--output', 'refused', ...words])
    expect([status, stderr]).toEqual([2, expect.stringContaining(why)])
  })

  it('escapes what it tells GitHub, and has a verdict where it stops', () => {
    const outputs = join(place, 'outputs of a mistake')
    const { stdout } = shell([gate, '--a%\nb'], { GITHUB_ACTIONS: 'true', GITHUB_OUTPUT: outputs })
    expect(readFileSync(outputs, 'utf8')).toBe('verdict=error\nreports=ipcmark-gate\n')
    expect(stdout).toContain("::error title=ipcmark gate::there is no option '--a%25%0Ab'")
  })
})
