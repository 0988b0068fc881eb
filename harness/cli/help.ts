/** What `--help` prints: of the program, and of each verb, with its options and examples. */

import { columns } from './columns.ts'
import type { Paint } from './screen.ts'
import type { Option, Verb } from './verb.ts'
import type { Entry } from './verbs.ts'

const width = 100

export function programHelp(verbs: Readonly<Record<string, Entry>>, paint: Paint): string {
  const rows = Object.entries(verbs).map(([name, { takes, says }]) => [
    `${paint('bold', name)}${takes === undefined ? '' : ` ${paint('dim', takes.shown)}`}`,
    says,
  ])
  return `${paint('bold', 'ipcmark')}: does inter-process communication keep its promises here, and what does it cost?

${paint('bold', 'Usage')}
  ipcmark VERB …

${paint('bold', 'Verbs')}
${columns(rows)}

${paint('bold', 'Options')}
${columns([
  ['-h, --help', "this text; 'ipcmark VERB --help' has the options of a verb, and examples"],
  ['-v, --version', 'the version'],
  ['--no-color', 'no colours, as NO_COLOR=1 says it for every program'],
])}
`
}

export function verbHelp(name: string, entry: Entry, verb: Verb, paint: Paint): string {
  const takes = entry.takes === undefined ? '' : ` ${entry.takes.shown}`
  const options = Object.entries(verb.options).map(([option, about]) => optionRow(option, about, paint))
  const parts = [
    `${paint('bold', `ipcmark ${name}`)}: ${entry.says}`,
    `${paint('bold', 'Usage')}\n  ipcmark ${name}${takes}${options.length > 0 ? ' [OPTION…]' : ''}`,
    ...(verb.about ?? []).map((text) => wrapped(text)),
    ...(options.length > 0 ? [`${paint('bold', 'Options')}\n${columns(options, 2, width)}`] : []),
    `${paint('bold', 'Examples')}\n${columns(
      verb.examples.map(([command, says]) => [command, paint('dim', says)]),
      2,
      width,
    )}`,
    `${paint('bold', 'Exit codes')}\n${columns(verb.exits)}`,
  ]
  return `${parts.join('\n\n')}\n`
}

const optionRow = (name: string, { value, says, many }: Option, paint: Paint): string[] => {
  const shown = value === undefined ? '' : ` ${paint('dim', value)}`
  return [`${paint('bold', `--${name}`)}${shown}`, many === true ? `${says} ${paint('dim', '(repeatable)')}` : says]
}

function wrapped(text: string): string {
  const lines = ['']
  for (const word of text.split(/\s+/)) {
    const line = `${lines.at(-1)} ${word}`.trimStart()
    if (line.length > width) lines.push(word)
    else lines[lines.length - 1] = line
  }
  return lines.join('\n')
}
