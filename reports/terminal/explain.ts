/** One case for `ipcmark explain`: what it claims, what came out, and the ladder of the calls that played it. */

import type { CaseRecord } from '../../harness/model.ts'
import { visibleLine } from '../view/visible.ts'
import { standingWords, verdictMeanings } from '../view/vocabulary.ts'
import { outWords } from '../view/words.ts'
import { type Ink, inkOf, span, verdictSpan } from './ink.ts'
import { ladderLines, type TerminalOptions } from './ladder.ts'
import { paragraph } from './layout.ts'
import { fitted, padded, widthOf } from './width.ts'

export function explanation(record: CaseRecord, options: TerminalOptions): string {
  const ink = inkOf(options.colour)
  const standing = standingWords[record.standing]
  const verdict = verdictSpan(record.verdict)
  const behind = standing === '' ? '' : `, ${standing}`
  const room = options.columns - 2 - widthOf(verdict.text) - widthOf(behind)
  const title = ink(span(fitted(visibleLine(record.id), room), 'bold'), span('  '), verdict, span(behind))
  const claim = paragraph(ink, [span(visibleLine(record.says))], options.columns)
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
  const told = named.filter((one): one is readonly [string, string] => one[1] !== undefined && one[1] !== '')
  const width = 2 + Math.min(longestName, Math.max(0, ...told.map(([name]) => widthOf(visibleLine(name)))))
  return told.flatMap(([name, value]) => {
    const lines = value.split('\n').flatMap((text) => paragraph(ink, [span(visibleLine(text))], columns, width))
    const [first = '', ...rest] = lines
    const shown = padded(fitted(visibleLine(name), width - 2), width)
    return [ink(span(shown, 'dim')) + first.slice(width), ...rest]
  })
}

const longestName = 24
