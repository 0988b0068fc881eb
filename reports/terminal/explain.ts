/** One case for `ipcmark explain`: what it claims, what came out, and the ladder of the calls that played it. */

import type { CaseRecord } from '../../harness/model.ts'
import { visible } from '../view/visible.ts'
import { standingWords, verdictMeanings } from '../view/vocabulary.ts'
import { outWords } from '../view/words.ts'
import { type Ink, inkOf, span, verdictSpan } from './ink.ts'
import { ladderLines, type TerminalOptions } from './ladder.ts'
import { paragraph } from './layout.ts'

export function explanation(record: CaseRecord, options: TerminalOptions): string {
  const ink = inkOf(options.colour)
  const standing = standingWords[record.standing]
  const title = ink(
    span(visible(record.id), 'bold'),
    span('  '),
    verdictSpan(record.verdict),
    span(standing === '' ? '' : `, ${standing}`),
  )
  const claim = paragraph(ink, [span(visible(record.says))], options.columns)
  const lines = [title, ...claim, ...facts(ink, record, options.columns), '', ...ladderLines(record, options)]
  return `${lines.join('\n').trimEnd()}\n`
}

function facts(ink: Ink, record: CaseRecord, columns: number): string[] {
  const { verdict, deviation, findings = {} } = record
  const saidAlready = verdict === 'fail' && record.expected !== undefined
  const named: readonly (readonly [string, string | undefined])[] = [
    ['cited', record.cites.join(' · ')],
    ['with', record.with && `target ${record.with.target}`],
    ['expected', record.expected],
    ['observed', record.observed === record.message ? undefined : record.observed],
    ['message', saidAlready ? undefined : record.message],
    ['means', verdict === 'pass' ? undefined : verdictMeanings[verdict]],
    ['excused', deviation && `${deviation.reason} ${deviation.link}`],
    ...Object.entries(findings).map(([name, value]) => [name, outWords(value, true)] as const),
  ]
  const width = 2 + Math.max(...named.map(([name, value]) => (value ? name.length : 0)))
  return named.flatMap(([name, value]) => {
    if (value === undefined || value === '') return []
    const [first = '', ...rest] = paragraph(ink, [span(visible(value))], columns, width)
    return [ink(span(visible(name).padEnd(width), 'dim')) + first.slice(width), ...rest]
  })
}
