/** docs/formats.md: every format with its files, who reads it and how it gets there. */

import { guides } from './guides.ts'
import type { Format } from './index.ts'

/** What a format says begins with the names of its files: `junit.xml: test results for CI systems`. */
export function partsOf({ says }: Pick<Format, 'says'>): {
  readonly files: readonly string[]
  readonly purpose: string
} {
  const colon = says.indexOf(':')
  const purpose = says.slice(colon + 1).replace(/\(only by its name\)/, '')
  return { files: says.slice(0, colon).match(/[\w-]+\.\w+/g) ?? [], purpose: purpose.trim() }
}

const opening = `# Report formats

Every report is made from a record, again at any time and on any machine: \`npx ipcmark report latest --format NAME\` writes
it beside the record, those of several runs into \`ipcmark-results/side-by-side-…\`, and any into the folder that \`--output\`
names, as \`reports\` in what follows. Several formats are asked for by several \`--format\`. Several runs stand side by side,
and each thing says which run and place it is of. Text from outside is escaped for each format; control
characters are written out, as \`\\x1b\`.
`

export const formatsPage = (formats: readonly Format[]): string =>
  [opening, table(formats), ...formats.map(section)].join('\n')

function table(formats: readonly Format[]): string {
  const rows = formats.map((format) => {
    const { files, purpose } = partsOf(format)
    const when = format.onRequest ? 'when asked for' : 'after each run'
    return `| [${format.id}](#${format.id}) | ${files.map((name) => `\`${name}\``).join(', ')} | ${purpose} | ${when} |`
  })
  return ['| format | files | what it is | made |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

function section(format: Format): string {
  const guide = guides[format.id]
  const { purpose } = partsOf(format)
  const told =
    guide === undefined
      ? []
      : [`Read by: ${guide.readBy}.`, '', `\`\`\`${guide.language}`, ...guide.use, '```', '', guide.notes, '']
  return [
    ...[`## ${format.id}`, '', `${purpose.charAt(0).toUpperCase()}${purpose.slice(1)}.`, ''],
    ...['```sh', `npx ipcmark report latest --format ${format.id} --output reports`, '```', ''],
    ...told,
  ].join('\n')
}
