/** One line for each round of a check that is repeated: as expected, or what was not. */

import { isNews, sortedById } from '../../reports/view/tally.ts'
import type { Recorded } from './recording.ts'
import { paintFor, type Stream } from './screen.ts'

export function roundLine(
  round: number,
  rounds: number,
  { run, file }: Recorded,
  stream: Stream = process.stdout,
): string {
  const paint = paintFor(stream)
  const count = paint('bold', `round ${String(round).padStart(String(rounds).length)}/${rounds}`)
  if (run.end?.interrupted) return `${count}  ${paint('yellow', `interrupted after ${run.cases.length} cases`)}\n`
  const news = sortedById(run.cases.filter(isNews))
  if (news.length === 0) return `${count}  ${paint('green', `all ${run.cases.length} as expected`)}\n`
  const what = paint('red', `${news.length} of ${run.cases.length} not as expected`)
  const names = news.map((one) => `${one.id} ${one.standing === 'fixed' ? 'fixed' : one.verdict}`).join(', ')
  return `${count}  ${what}: ${names}\n${' '.repeat(2)}${paint('dim', `--seed ${run.header.seed}  ${file}`)}\n`
}
