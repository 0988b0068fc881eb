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
  explain: {
    takes: { name: 'case', shown: 'CASE', needed: true, many: false },
    says: 'run one case and show what both processes did',
    load: async () => (await import('./explain.ts')).explain,
  },
  report: {
    takes: { name: 'run', shown: '[RUN]', needed: false, many: false },
    says: 'make the reports of a recorded run again',
    load: async () => (await import('./report.ts')).report,
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
