/** What a reader of the page needs to know beyond the figures: how they were made, and what the words mean. */

import { verdicts } from '../../harness/model.ts'
import { verdictMeanings } from '../view/vocabulary.ts'
import type { Section } from './book.ts'
import { type Html, html, trusted } from './escape.ts'
import { mark } from './marks.ts'

const method: readonly (readonly [string, string])[] = [
  [
    'Cases',
    'A case is one claim about a mechanism. It is played by two or more real processes that make plain system calls, in fresh processes each time, and judged by what the calls returned. Nothing is retried, and no case sleeps to synchronise: whether a process waits is asked of the operating system.',
  ],
  [
    'Ladders',
    'Each column is one process, time runs down. A thick line is a process inside a call that did not return at once. “Woken by” names what another process did last before a waiting call returned; times are the harness’s own, in microseconds since the case began, and include its way to the process and back.',
  ],
  [
    'Replication',
    'The unit is one launch: a fresh pair of processes that measures one cell once and gives one number. Samples inside a process are never treated as independent. Launches of all cells are interleaved in a seeded random order.',
  ],
  [
    'Latency',
    'A closed loop: the producer sends, the consumer answers, and the round trip is timed. Half a round trip is never shown as one-way. At a rate, a message is timed from when it was meant to leave, so that one that waits for another is not forgotten. Percentiles are never averaged, and one is shown only if at least ten samples lie above it.',
  ],
  [
    'Throughput',
    'Counted at the consumer in batches of 5 ms or more; a launch’s number is the median of its batch rates. Both ends count and checksum what they carried, and a launch whose ends disagree is void.',
  ],
  [
    'Placement and cores',
    'Processes are pinned to the same core or to two. On a virtual machine most of an idle cross-core figure is the wake-up of a halted processor; “cores awake” keeps them from falling asleep, so that the mechanism is measured, and “cores idle” is what a lightly loaded machine feels.',
  ],
  [
    'Ways of using a mechanism',
    'A side that has to wait blocks, unless its row says that it spins, yields, asks epoll, or tries for a while and blocks then. Rows also say what wakes it (wake=), that a message is read where it lies (loan), and how messages cross into the kernel where it is not one at a call (batch, io-uring, zerocopy). Behind a figure, * says that messages were lost, † that the rate was not kept, ~ that launches differ by more than a tenth.',
  ],
  [
    'Baselines',
    'What the machine does at its least: an empty system call, a switch between processes, a cache line that goes to and fro, a copy. “Of the baseline” is how many times as long a row takes.',
  ],
  [
    'Traits',
    'What a mechanism promises is what the suite has from its manual. A finding counts the cases that were put to the test, general ones and those of the mechanism alone, and names the first that does not hold. Figures in it were noted by cases and judged by none.',
  ],
  [
    'What each is good for',
    'Rows are ranked within one workload, size, placement and state of the cores: those that most rows have. Where the system carries each message, where a ring in shared memory does, where sides spin, and where several go at a call, there are rankings of their own. Whose interval overlaps that of the best is as good; of processor time and of tails, which have no interval, who is within a tenth of it. Bad is three times the best or more.',
  ],
  [
    'Cost',
    'CPU time per message is user and system time of one side divided by its messages. A switch is a context switch, voluntary or not, per message, of both sides.',
  ],
]

const words: readonly (readonly [string, string])[] = [
  ['mechanism', 'A way for two processes to communicate.'],
  ['target', 'Where the processes run: native, wine, or a command that starts them elsewhere.'],
  ['peer', 'One process of a pair: producer, consumer, or another name.'],
  ['call', 'One system call, made once: its raw return value, its error’s name, its bytes.'],
  ['link', 'An open connection between two peers over a mechanism.'],
  ['case', 'One conformance claim: a sentence, a citation, and the calls that put it to the test.'],
  ['theme', 'What a case is about: data, order, boundaries, limits, blocking, end of file, errors, crashes, …'],
  [
    'standing',
    'A verdict against the expectations file: expected, a regression (unexpected), a known deviation, or fixed (its excuse is stale).',
  ],
  [
    'workload',
    'What is timed: round trips (pingpong), messages at a rate (openloop), as fast as it goes (stream), waking alone (handoff), whole lives (lifecycle), more than two processes (fan).',
  ],
  ['cell', 'Mechanism × workload × size × placement × cores × how it is used: one row of a benchmark.'],
  ['launch', 'One fresh pair of processes that measures one cell once.'],
  ['record', 'What was observed, as JSON Lines. It is the only truth; this page is a function of it.'],
]

export function prose(): Section[] {
  const methods = html`
    <section id=method>
      <h2>Method</h2>
      <dl class=prose>${method.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}</dl>
    </section>`
  const glossary = html`
    <section id=glossary>
      <h2>Glossary</h2>
      <dl class=prose>
        ${verdicts.map((verdict) => html`<div><dt>${mark(verdict)}</dt><dd>${verdictMeanings[verdict]}</dd></div>`)}
        ${words.map(([name, text]) => html`<div><dt>${name}</dt><dd>${text}</dd></div>`)}
      </dl>
    </section>`
  return [
    { id: 'method', title: 'Method', markup: methods },
    { id: 'glossary', title: 'Glossary', markup: glossary },
  ]
}

export const footer: Html = trusted(
  '<footer><p class=printed>Printed is what was open: what was folded is on the page.<p>Made by ipcmark from <code>results.jsonl</code>; the exact values are there and in <code>results.csv</code>.</footer>',
)
