/**
 * What every column of every CSV holds, as Markdown: a pure function of the tables of columns. docs/data-dictionary.md is
 * what it answers, and a test keeps it so.
 */

import { conformanceColumns } from './csv-conformance.ts'
import { resultColumns } from './csv-results.ts'
import { summaryColumns } from './csv-summary.ts'
import type { CsvColumn, CsvUnit } from './csv-text.ts'
import { markdownTable } from './markdown-text.ts'

type Described = Omit<CsvColumn<never>, 'of'>

const files: readonly (readonly [name: string, says: string, columns: readonly Described[]])[] = [
  [
    'results.csv',
    'One row for each case and each launch, in the order in which they were recorded, cases first. Traces, histograms and batches do not fit a cell: `results.jsonl` has them.',
    resultColumns,
  ],
  [
    'summary.csv',
    'One row for each cell of each target, and of a gate of each of its sides: the median of its launches, where the true one lies, and what a message costs. What was tried and gave no figure has a row as well, with the reason.',
    summaryColumns,
  ],
  [
    'conformance.csv',
    'One row for each case, by its id: what is claimed, what came out of it, and what that rests on.',
    conformanceColumns,
  ],
]

const units: Readonly<Record<CsvUnit, string>> = {
  text: 'text as it was recorded',
  list: 'text with ` | ` between its items',
  JSON: 'a value as JSON',
  time: 'ISO 8601, in UTC',
  'true or false': 'one of these words',
  count: 'a whole number',
  number: 'any number; the column says of what',
  ns: 'nanoseconds',
  µs: 'microseconds',
  bytes: 'bytes; KiB and MiB are nowhere',
  'per second': 'so many a second',
  share: 'a part of one: 0.05 is 5 %',
  times: 'a ratio: 2 is twice as long',
}

export function dataDictionary(): string {
  return [
    '# Data dictionary',
    '',
    'What each column of the CSV files holds. Made by `node scripts/data-dictionary.mjs` out of the tables of columns; a test',
    'keeps it true. `ipcmark report RUN --format csv` makes the files.',
    '',
    '- Names and order are stable. New columns come behind the others.',
    '- RFC 4180: UTF-8 without a byte order mark, commas, lines that end in a newline, quotes where a text needs them.',
    '- An empty field is a value that does not apply, or was not had; the last column of each table says when. No',
    '  number stands for one that is missing.',
    '- Control characters are written out (`\\x1b`), as are those that reverse the reading. Line ends within a text stay.',
    "- A text that begins with `=`, `+`, `-` or `@` has a `'` before it, so that no spreadsheet runs it. Numbers have none.",
    '- Of several runs every row says which one it is of (`run`, `kernel`, `cpu`, …). No figure is of two.',
    '',
    'Programs that guess types guess nearly all of them right. Read checksums as text (`12e45678` looks like a number), and',
    'tell R which columns are `true` or `false`:',
    '',
    '```python',
    'pandas.read_csv("results.csv", dtype={"producer_checksum": str, "consumer_checksum": str, "tool_version": str})',
    '```',
    '',
    '```r',
    'read.csv("results.csv", na.strings = "", colClasses = c(core = "logical", producer_checksum = "character"))',
    '```',
    '',
    '## Units',
    '',
    ...markdownTable(['unit', 'is'], Object.entries(units)),
    '',
    ...files.flatMap(([name, says, columns]) => [
      `## ${name}`,
      '',
      says,
      '',
      ...markdownTable(
        ['column', 'unit', 'holds', 'empty when'],
        columns.map((one) => [`\`${one.name}\``, one.unit, one.says, one.empty.trim()]),
      ),
      '',
    ]),
  ].join('\n')
}
