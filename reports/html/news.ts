/** What a reader must act on: claims that came out otherwise than expected, and launches that went wrong. */

import type { CaseRecord } from '../../harness/model.ts'
import type { Anchors } from '../view/anchors.ts'
import { mechanismsIn } from '../view/lost.ts'
import { isMishap, type Lost, launchesOf, measuredOf } from '../view/measured.ts'
import { compareText, groupBy, isNews, letterOf } from '../view/tally.ts'
import { countOf } from '../view/words.ts'
import type { Book } from './book.ts'
import { type Html, html, nothing } from './escape.ts'
import { mark, marked, standingTag } from './marks.ts'

/** The same of several runs is said once, with each that it is true of. */
export function news({ runs, anchors }: Book): Html {
  const told = runs.flatMap((run, at) => run.cases.filter(isNews).map((one) => ({ one, letter: letterOf(at, runs) })))
  const cases = groupBy(
    told.sort((a, b) => compareText(a.one.id, b.one.id)),
    ({ one: { id, verdict, standing, message } }) => JSON.stringify([id, verdict, standing, message]),
  )
  const lost = runs.flatMap((run, at) =>
    measuredOf(run)
      .lost.filter(isMishap)
      .map((one) => ({ one, letter: letterOf(at, runs) })),
  )
  const failed = groupBy(lost, ({ one: { verdict, message, cells } }) => JSON.stringify([verdict, message, cells]))
  if (cases.size + failed.size === 0) return nothing
  return html`
    <section class=news aria-labelledby=act>
      <h2 id=act>What to look at</h2>
      <ul>
        ${[...cases.values()].map((own) => html`<li>${claim(own, anchors)}`)}
        ${[...failed.values()].map((own) => html`<li>${launch(own)}`)}
      </ul>
    </section>`
}

/** Something of a run, and the run's letter where there are several. */
interface Told<T> {
  readonly one: T
  readonly letter: string | undefined
}

function claim(own: readonly Told<CaseRecord>[], anchors: Anchors): Html {
  const [first] = own
  if (first === undefined) return nothing
  const { one, letter } = first
  const letters = own.map((other) => html` <a href="#${anchors.ofCase(other.one)}">${other.letter}</a>`)
  return html`${mark(one.verdict)} <a href="#${anchors.ofCase(one)}">${one.id}</a> ${standingTag(one.standing)}${letter === undefined ? nothing : html` in${letters}`}<span class=why>${one.message ?? one.says}</span>`
}

function launch(own: readonly Told<Lost>[]): Html {
  const [first] = own
  if (first === undefined) return nothing
  const { one, letter } = first
  const letters = letter === undefined ? '' : ` in ${own.map((other) => other.letter).join(' ')}`
  return html`${marked('fail', mishap(one))} ${cellsOf(one)}${letters}<span class=why>${one.message}</span>`
}

/** `hang launch`, `3 crash launches` */
const mishap = (one: Lost): string =>
  launchesOf(one) === 1 ? `${one.verdict} launch` : `${launchesOf(one)} ${one.verdict} launches`

/** One cell in full, of several their mechanisms. */
function cellsOf({ cells }: Lost): Html {
  const [first, ...others] = cells
  if (first === undefined) return nothing
  const { cell } = first
  if (others.length > 0) return html`<code>${mechanismsIn(cells)}</code>`
  return html`<code>${cell.mechanism}</code> ${cell.workload}, ${countOf(cell.size, 'byte')}`
}
