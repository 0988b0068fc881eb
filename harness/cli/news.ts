/** One line for what went otherwise than expected; nothing for what did not. */

import { type Format, verdictColours, verdictShapes } from '../../reports/terminal/ink.ts'
import { shorten, visibleLine } from '../../reports/view/visible.ts'
import { cellName } from '../measure/schedule.ts'
import type { CaseRecord, LaunchRecord, TargetId } from '../model.ts'
import type { Paint } from './screen.ts'

export interface News {
  /** What became of it, and how that is coloured. */
  readonly word: string
  readonly format: Format
  readonly name: string
  readonly message: string
}

export function newsOfCase({ id, verdict, standing, target, message = '' }: CaseRecord): News | undefined {
  const name = `${id}${placeOf(target)}`
  if (standing === 'fixed')
    return { word: '! fixed', format: 'yellow', name, message: 'it passes; take its excuse away' }
  if (standing !== 'regression') return undefined
  return { word: `${verdictShapes[verdict]} ${verdict}`, format: verdictColours[verdict], name, message }
}

export function newsOfLaunch({ cell, verdict, target, message = '' }: LaunchRecord): News | undefined {
  if (verdict === 'ok' || verdict === 'unsupported') return undefined
  const name = `${cellName(cell)}${placeOf(target)}`
  return { word: `${verdictShapes.fail} ${verdict}`, format: 'red', name, message }
}

const placeOf = (target: TargetId): string => (target === 'native' ? '' : ` (${target})`)

/** At most so many characters: the summary and the record have the rest. */
export function newsLine({ word, format, name, message }: News, paint: Paint, columns: number): string {
  const room = columns - word.length - name.length - 3
  const rest = message === '' || room < 8 ? '' : `: ${shorten(visibleLine(message), room)}`
  return `${paint(format, word)} ${paint('bold', visibleLine(name))}${rest}`
}
