/** One line for what went otherwise than expected; nothing for what did not. */

import { verdictColours, verdictShapes } from '../../reports/terminal/ink.ts'
import { visibleLine } from '../../reports/view/visible.ts'
import { cellName } from '../measure/schedule.ts'
import type { CaseRecord, LaunchRecord, TargetId } from '../model.ts'
import type { Paint } from './screen.ts'

export function newsOfCase({ id, verdict, standing, target, message }: CaseRecord, paint: Paint): string | undefined {
  if (standing === 'regression') {
    const word = paint(verdictColours[verdict], `${verdictShapes[verdict]} ${verdict}`)
    return `${word} ${paint('bold', id)}${placeOf(target)}${messageOf(message)}`
  }
  if (standing !== 'fixed') return undefined
  return `${paint('yellow', '! fixed')} ${paint('bold', id)}${placeOf(target)}: it passes; take its excuse away`
}

export function newsOfLaunch({ cell, verdict, target, message }: LaunchRecord, paint: Paint): string | undefined {
  if (verdict === 'ok' || verdict === 'unsupported') return undefined
  const word = paint('red', `${verdictShapes.fail} ${verdict}`)
  return `${word} ${paint('bold', cellName(cell))}${placeOf(target)}${messageOf(message)}`
}

const placeOf = (target: TargetId): string => (target === 'native' ? '' : ` (${target})`)
const messageOf = (message: string | undefined): string => (message === undefined ? '' : `: ${visibleLine(message)}`)
