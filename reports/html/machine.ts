/** Where the run was made, and the command that makes it again. */

import type { Environment, Run } from '../../harness/model.ts'
import { bytes, grouped } from '../view/numbers.ts'
import { wholesOf } from '../view/sides.ts'
import { letterOf, type Place } from '../view/tally.ts'
import { countOf } from '../view/words.ts'
import type { Book, Section } from './book.ts'
import { type Html, html, nothing } from './escape.ts'

export function machine({ runs, places }: Book): Section[] {
  const wholes = wholesOf(runs)
  const markup = html`
    <section id=machine>
      <h2>Machine and command</h2>
      <p class=lead>${wholes.length === 1 ? 'This command makes the run again' : 'These commands make the runs again'}, with the same cases in the same order.</p>
      ${wholes.map(({ run, sides }) =>
        oneMachine(
          run,
          places.filter((place) => sides.some((side) => side.run === place.run)),
          wholes.length === 1 ? undefined : sides.map(({ at }) => letterOf(at, runs)).join(' and '),
        ),
      )}
    </section>`
  return [{ id: 'machine', title: 'Machine', markup }]
}

const oneMachine = ({ header }: Run, places: readonly Place[], letter: string | undefined): Html => html`
    ${letter === undefined ? nothing : html`<h3>Run ${letter}: <code>${header.run}</code></h3>`}
    <pre class=command><code>${header.command}</code></pre>
    <dl class=facts>
      ${fact('Seed', String(header.seed))}
      ${fact('ipcmark', [header.tool.version, header.tool.commit].filter(Boolean).join(', commit '))}
      ${places.map(({ title, info }) => fact(title, targetFacts(info)))}
      ${environmentFacts(header.environment)}
    </dl>`

const fact = (name: string, value: string): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`

const targetFacts = (info: Place['info']): string =>
  info === undefined
    ? 'not described by the record'
    : [info.system, info.emulator, `agent ${info.agentVersion}`].filter(Boolean).join(', ')

function environmentFacts(environment: Environment): Html[] {
  const packages = new Set(environment.topology.map((one) => one.package)).size
  const cores = new Set(environment.topology.map((one) => `${one.package}/${one.core}`)).size
  const threads = environment.topology.length || environment.cores
  const active = Object.entries(environment.mitigations).filter(([, state]) => !/^not affected/i.test(state))
  return [
    fact('Processor', environment.cpu),
    fact(
      'Topology',
      `${countOf(threads, 'logical processor')} on ${countOf(cores || environment.cores, 'core')}, ${countOf(packages || 1, 'package')}`,
    ),
    fact('Memory', bytes(environment.memoryMib * 1024 * 1024)),
    fact('Kernel', environment.kernel),
    fact('Distribution', environment.distribution),
    fact('Virtualisation', environment.virtualisation),
    fact('Frequency governor', environment.governor),
    fact('cgroup processor limit', environment.cgroupCpuLimit),
    fact('Load at the start', environment.load.map((one) => one.toFixed(2)).join(', ')),
    fact('Node.js', environment.node),
    fact('User', `uid ${grouped(environment.user.uid)}, capabilities ${environment.user.capabilities}`),
    fact('Mitigations', active.length === 0 ? 'none' : active.map(([name, state]) => `${name}: ${state}`).join('; ')),
  ]
}
