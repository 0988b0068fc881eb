/** Who reads each format, and how it gets there: the text of docs/formats.md, which `node scripts/formats.mjs` writes. */

export interface Guide {
  readonly readBy: string
  /** What is done with the files, as lines of a shell or of a configuration. */
  readonly use: readonly string[]
  /** In which language those are. */
  readonly language: 'sh' | 'yaml' | 'py'
  /** What a reader could take for something else. */
  readonly notes: string
}

export const guides: Readonly<Record<string, Guide>> = {
  csv: {
    readBy: 'pandas, R, any spreadsheet',
    language: 'py',
    use: ["launches = pandas.read_csv('reports/results.csv').query('record == \"launch\"')"],
    notes: 'It is made after each run, without being asked for.',
  },
  measurements: {
    readBy: 'people, and whatever shows Markdown',
    language: 'sh',
    use: ['npx ipcmark report latest --format measurements --output docs'],
    notes: 'Of a run that measured nothing it has no tables.',
  },
  markdown: {
    readBy: 'people, as plain text too, and whatever shows Markdown',
    language: 'sh',
    use: ['npx ipcmark report latest --format markdown --splice README.md'],
    notes: 'With `--splice` it goes between two marks of a file, which is otherwise left as it is.',
  },
  html: {
    readBy: 'any browser, without a network and without JavaScript',
    language: 'sh',
    use: ['xdg-open reports/report.html'],
    notes: 'It is made after each run, without being asked for.',
  },
  junit: {
    readBy: 'Jenkins, GitLab, Azure Pipelines, Buildkite, CircleCI and most others',
    language: 'yaml',
    use: ['artifacts:', '  when: always', '  reports:', '    junit: reports/junit.xml'],
    notes:
      'A suite for each place and kind of thing; the class is the mechanism and the theme (`pipe.eof`), before them the ' +
      'letter of one of several runs and the target that is not native. A regression is a failure with the ladder as its ' +
      'text, and what could not be played is an error. An excused deviation passes with a note, and so does an excuse that ' +
      'has gone stale, where the run was made without `--strict`. All launches of a cell are one test case: an error ' +
      'where one of them was void, crashed, hung or broke, skipped where it cannot be measured here. A gate has a suite ' +
      'with its verdict, each cell, claim and exceeded limit; what it cannot tell is skipped. A record that is cut short ' +
      'or empty, or in which nothing could be tried, is an error, so that it is never taken for a pass.',
  },
  ctrf: {
    readBy: 'the tools of ctrf.io, and whoever wants test results as JSON',
    language: 'sh',
    use: ['jq -r \'.results.tests[] | select(.status == "failed") | .name\' reports/ctrf-report.json'],
    notes:
      'The same tests as in JUnit XML. The format has no errors: they have failed, and `rawStatus` has their own word.',
  },
  tap: {
    readBy: 'node-tap and whatever else knows version 14, and people; `prove` stops at version 13',
    language: 'sh',
    use: ['npx tap-parser --tap < reports/results.tap'],
    notes:
      'Version 14: a subtest for each suite of JUnit XML. A known deviation is `not ok` with TODO, a stale excuse `ok` with ' +
      'TODO, and what is not here is SKIP. A block of YAML has the message and the ladder.',
  },
  github: {
    readBy: 'GitHub Actions',
    language: 'yaml',
    use: [
      '- if: always()',
      '  run: |',
      '    cat reports/annotations.txt',
      '    cat reports/step-summary.md >> "$GITHUB_STEP_SUMMARY"',
    ],
    notes:
      'GitHub shows ten errors and ten warnings of a step: the gravest come first, a gate before anything else, and the ' +
      'tenth says how many are left. The summary stays below the mebibyte that a step may have.',
  },
  openmetrics: {
    readBy: 'Prometheus, by way of the textfile collector of node_exporter or a push gateway',
    language: 'sh',
    use: ['cp reports/metrics.prom "$TEXTFILE_DIRECTORY/ipcmark.prom"'],
    notes:
      'Base units: seconds, bytes, ratios. All are gauges: each run says how things are, and adds nothing up. The series of ' +
      'a cell has the same labels in each run, `ipcmark_run_info` says which run it is from; `run` is the letter of one of ' +
      'several runs, and `arm` the side of a gate.',
  },
  bencher: {
    readBy: 'Bencher (bencher.dev)',
    language: 'sh',
    use: ['bencher run --project ipcmark --adapter json --file reports/bencher.json'],
    notes:
      'A benchmark is a cell. `latency` (ns) and `throughput` (messages/s) are the measures that Bencher has by itself, with ' +
      'the interval of the median; what a message costs are measures of their own.',
  },
  'github-action-benchmark': {
    readBy: 'benchmark-action/github-action-benchmark',
    language: 'yaml',
    use: [
      '- uses: benchmark-action/github-action-benchmark@v1',
      '  with:',
      '    name: Latency',
      '    tool: customSmallerIsBetter',
      '    output-file-path: reports/benchmark-smaller-is-better.json',
      '- uses: benchmark-action/github-action-benchmark@v1',
      '  with:',
      '    name: Throughput',
      '    tool: customBiggerIsBetter',
      '    output-file-path: reports/benchmark-bigger-is-better.json',
    ],
    notes:
      'Both files are always made; the action refuses one with nothing in it. It compares with a fixed ratio: what decides ' +
      'whether something got slower is `ipcmark gate`.',
  },
  hdr: {
    readBy: 'HistogramLogProcessor, the plotter of hdrhistogram.org, and HdrHistogram in any language',
    language: 'sh',
    use: [
      'java -cp HdrHistogram.jar org.HdrHistogram.HistogramLogProcessor \\',
      '  -i reports/latency.hlog -tag pipe/pingpong/64/same-core/awake -outputValueUnitRatio 1',
    ],
    notes:
      'Version 1.3 with V2 histograms, in nanoseconds, three significant digits, with the buckets of the record. An interval ' +
      'is a launch, its tag the cell. The record has no times of launches: intervals follow each other from the start of ' +
      'the run. Of several runs each has a file: `latency-a.hlog`, `latency-b.hlog`.',
  },
}
