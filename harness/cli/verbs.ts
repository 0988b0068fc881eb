/** The table of contents of the command line. A verb is loaded when it is asked for and not before. */

import { selectors, type Takes, type Verb } from './verb.ts'

export interface Entry extends Takes {
  readonly says: string
  load(): Promise<Verb>
}

export const verbs: Readonly<Record<string, Entry>> = {
  run: {
    takes: selectors,
    says: 'the main job: check every claim, measure, and write all reports',
    load: async () => (await import('./run.ts')).run,
  },
  check: {
    takes: selectors,
    says: 'check what the mechanisms promise',
    load: async () => (await import('./check.ts')).check,
  },
  bench: {
    takes: selectors,
    says: 'measure what the mechanisms cost',
    load: async () => (await import('./bench.ts')).bench,
  },
  compare: {
    takes: { name: 'runs', shown: 'A B…', needed: true, many: true },
    says: 'what differs between two records, or more',
    load: async () => (await import('./compare.ts')).compare,
  },
  gate: {
    takes: selectors,
    says: 'measure two arms against each other, and fail where one got slower or broke',
    load: async () => (await import('./gate.ts')).gate,
  },
  history: {
    takes: { name: 'places', shown: '[FOLDER…]', needed: false, many: true },
    says: 'how figures went over stored runs, and where they changed',
    load: async () => (await import('./history.ts')).history,
  },
  explain: {
    takes: { name: 'case', shown: 'CASE', needed: true, many: false },
    says: 'run one case and show what both processes did',
    load: async () => (await import('./explain.ts')).explain,
  },
  report: {
    takes: { name: 'runs', shown: '[RUN…]', needed: false, many: true },
    says: 'make the reports of a recorded run again, or of several side by side',
    load: async () => (await import('./report.ts')).report,
  },
  merge: {
    takes: { name: 'shards', shown: 'SHARD…', needed: true, many: true },
    says: 'make one run of its shards, which may come from several machines',
    load: async () => (await import('./merge.ts')).merge,
  },
  list: {
    takes: selectors,
    says: 'show what there is: mechanisms, cases, exemptions, faults',
    load: async () => (await import('./list.ts')).list,
  },
  doctor: {
    says: 'show what this machine can and cannot run, and how to mend it',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  clean: {
    says: 'remove what dead runs left behind',
    load: async () => (await import('./clean.ts')).clean,
  },
}
