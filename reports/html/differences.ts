/** In what runs differ that stand side by side: the machines, the systems, the tools. Nothing of a single run. */

import { type Differences, differencesOf } from '../view/differences.ts'
import type { Book, Section } from './book.ts'
import { type Html, html } from './escape.ts'

export function differences({ runs }: Book): Section[] {
  const { named, differing } = differencesOf(runs)
  // The arms of a gate are of one run, and what differs in them is the gate's to say.
  if (new Set(named.map(({ run }) => run)).size === 1 && differing.length === 0) return []
  return [{ id: 'differences', title: 'Side by side', markup: section(differing) }]
}

const section = (differing: Differences['differing']): Html => html`
  <section id=differences>
    <h2>Side by side</h2>
    <p class=lead>Runs stand beside each other here, told apart by their letters, and no figure is of two of them. ${
      differing.length === 0
        ? 'They differ neither in machine nor in system.'
        : 'Where they differ in what figures depend on, a difference between two figures is not the doing of one thing alone.'
    }</p>
    ${
      differing.length === 0
        ? undefined
        : html`<div class=scroll tabindex=0 role=region aria-label="In what the runs differ"><table class=lines>
            <thead><tr><th scope=col>What<th scope=col>In which run<th scope=col>Figures depend on it</thead>
            <tbody>${differing.map(
              ({ what, matters, values }) =>
                html`<tr><th scope=row>${what}<td>${values.map(({ letters, value }, at) => html`${at === 0 ? '' : ' · '}<b>${letters}</b>: ${value}`)}<td>${matters ? 'yes' : 'no'}`,
            )}</tbody></table></div>`
    }
  </section>`
