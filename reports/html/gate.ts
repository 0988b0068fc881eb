/**
 * What a gate found: the verdict, whatever is red in three lines each, why it cannot tell, every cell as a forest plot and
 * as a table, and the command that decides once more.
 */

import type { Breakage, CellDecision, GateRecord, GateVerdict, Verdict } from '../../harness/model.ts'
import { headlineOf, injectedWords, notesOf, probability, redLines } from '../gate/words.ts'
import { percent, significant } from '../view/numbers.ts'
import { wholesOf } from '../view/sides.ts'
import { letterOf } from '../view/tally.ts'
import { shorten } from '../view/visible.ts'
import { countOf } from '../view/words.ts'
import type { Book, Section } from './book.ts'
import { type Html, html, nothing, withCode } from './escape.ts'
import { forest } from './forest.ts'
import { marked } from './marks.ts'

interface Gated {
  readonly one: GateRecord
  readonly id: string
  readonly title: string
  /** What its arms are called in the rest of the page, where that is not A and B. */
  readonly elsewhere?: string
}

function gatesIn({ runs }: Book): Gated[] {
  const wholes = wholesOf(runs).filter(({ run }) => run.gate !== undefined)
  return wholes.flatMap(({ run, sides }, at): Gated[] => {
    if (run.gate === undefined) return []
    const number = wholes.length === 1 ? '' : String(at + 1)
    const own = { one: run.gate, id: ['gate', number].filter(Boolean).join('-'), title: `Gate ${number}`.trim() }
    const letters = sides.map((side) => letterOf(side.at, runs) ?? '').join(' and ')
    return [sides.length === 1 || letters === 'A and B' ? own : { ...own, elsewhere: letters }]
  })
}

export const gate = (book: Book): Section[] =>
  gatesIn(book).map((gated) => ({ id: gated.id, title: gated.title, markup: sectionOf(gated, linksIn(book)) }))

/** Where a claim of B can be read, call by call. */
const linksIn =
  ({ runs, anchors }: Book): Links =>
  (claim, gated) => {
    const found = runs.flatMap((run) => (run.gate === gated ? run.cases : [])).filter(({ id }) => id === claim)
    const ofB = found.find(({ arm }) => arm === 'b')
    return ofB && `#${anchors.ofCase(ofB)}`
  }
type Links = (claim: string, gated: GateRecord) => string | undefined

/** The verdict of each gate among the cards of the page's top: what is red, in three lines. */
export const gateCards = (book: Book): Html => html`${gatesIn(book).map(card)}`

const verdictShapes: Readonly<Record<GateVerdict, Verdict>> = { pass: 'pass', fail: 'fail', inconclusive: 'broken' }

const mark = (verdict: GateVerdict): Html => marked(verdictShapes[verdict], verdict)

/** So much is told on top; the section has all of it. */
const foremost = 2

function card({ one, id, title }: Gated): Html {
  const red = redLines(one)
  const doubts = one.reasons.map((reason) => [reason])
  const told = one.verdict === 'fail' ? red : [...doubts, ...red]
  const more = told.length - foremost
  return html`
    <section class="card gate ${verdictShapes[one.verdict]}">
      <h2><a href="#${id}">${title}</a></h2>
      <p class=system>${one.b} against ${one.a}</p>
      <p class=score><strong>${mark(one.verdict)}</strong></p>
      ${told.slice(0, foremost).map((lines) => finding(lines))}
      ${told.length === 0 ? html`<p>${headlineOf(one)}</p>` : nothing}
      ${more > 0 ? html`<p><a href="#${id}">and ${more} more</a></p>` : nothing}
    </section>`
}

const longestLine = 300

/** What, how much and how surely. */
const finding = ([what = '', ...rest]: readonly string[], address?: string): Html =>
  html`<div class=finding><p>${address === undefined ? html`<b>${shorten(what, longestLine)}</b>` : html`<a href="${address}"><b>${shorten(what, longestLine)}</b></a>`}</p>${rest.map((line) => html`<p>${withCode(shorten(line, longestLine))}</p>`)}</div>`

function sectionOf({ one, id, title, elsewhere }: Gated, linkOf: Links): Html {
  const red = redLines(one)
  return html`
    <section id="${id}">
      <h2>${title}</h2>
      <p class=lead>${mark(one.verdict)} ${headlineOf(one)}.</p>
      <dl class="facts arms"><div><dt>A</dt><dd>${one.a}</dd></div><div><dt>B</dt><dd>${one.b}</dd></div></dl>
      ${elsewhere === undefined ? nothing : html`<p class=note>In the rest of the page its arms are ${elsewhere}.</p>`}
      ${one.verdict === 'fail' ? nothing : listed('Why it cannot tell', one.reasons)}
      ${red.length === 0 ? nothing : html`<h3>${redTitles[one.verdict]}</h3><div class="findings ${verdictShapes[one.verdict]}">${red.map((lines) => finding(lines, linkOf(lines[0] ?? '', one)))}</div>`}
      ${one.verdict === 'fail' ? listed('What it cannot tell', one.reasons) : nothing}
      ${listed('Slowed down on purpose', injectedWords(one))}
      ${cells(one.cells, title)}
      ${breakages('Not measured', one.unmeasured)}
      ${listed('What else there is to know', notesOf(one))}
      <h3>Once more</h3>
      <p class=lead>This command decides again, by fresh measurements in the same order.</p>
      <pre class=command><code>${one.again}</code></pre>
    </section>`
}

/** A gate that cannot tell may have seen something all the same. */
const redTitles: Readonly<Record<GateVerdict, string>> = {
  fail: 'What is red',
  inconclusive: 'What would be red on a calmer machine',
  pass: 'What is red',
}

const listed = (title: string, sentences: readonly string[]): Html =>
  sentences.length === 0
    ? nothing
    : html`<h3>${title}</h3><ul class=reasons>${sentences.map((sentence) => html`<li>${withCode(sentence)}`)}</ul>`

const breakages = (title: string, all: readonly Breakage[]): Html =>
  listed(
    title,
    all.map(({ what, verdict, message = '' }) => [what, verdict, message].filter((part) => part !== '').join(': ')),
  )

function cells(decisions: readonly CellDecision[], title: string): Html {
  if (decisions.length === 0) return html`<p class=note>No cell was measured.</p>`
  const rows = decisions.map(({ cell, verdict, ratio, atLeast, threshold }) => ({
    ...{ name: cell, kind: verdictShapes[verdict], ratio, threshold },
    ...(atLeast === undefined ? {} : { low: atLeast }),
  }))
  const reasoned = decisions.some(({ reason }) => reason !== undefined)
  return html`
    <h3>${countOf(decisions.length, 'cell')}</h3>
    <p class=lead>How many times as much B costs. The upright line is where red begins.${decisions.some(({ p }) => p !== undefined) ? decided : ''}</p>
    ${forest(rows, `${title}, plot of its cells`)}
    <div class=scroll tabindex=0 role=region aria-label="${title}, table of its cells">
      <table class="figures decisions">
        <thead><tr>${(reasoned ? [...heads, whyHead] : heads).map(([head, says]) => html`<th scope=col>${head}<span>${says}</span></th>`)}</tr></thead>
        <tbody>${decisions.map((one) => row(one, reasoned))}</tbody>
      </table>
    </div>`
}

const decided =
  ' Where a cell seemed slower, fresh blocks of launches in turns decided, by an exact rank test over all such cells and by the size of the effect: there a line reaches down to what B costs at least.'

const heads: readonly (readonly [head: string, says: string])[] = [
  ['Cell', 'mechanism, workload, size, placement, cores'],
  ['Verdict', ''],
  ['B against A', 'times the cost'],
  ['At least', 'times the cost'],
  ['Red from', 'times the cost'],
  ['p', 'for all cells together'],
  ['Could have seen', 'the least change'],
]
const whyHead = ['Why it cannot tell', ''] as const

const row = (one: CellDecision, reasoned: boolean): Html => html`
  <tr><th scope=row>${one.cell}<td>${mark(one.verdict)}<td>${times(one.ratio)}<td>${one.atLeast === undefined ? '–' : times(one.atLeast)}<td>${times(one.threshold)}<td>${one.p === undefined ? '–' : probability(one.p)}<td>${one.mde === undefined ? '–' : `≥ ${percent(one.mde)}`}${reasoned ? html`<td class=text>${one.reason ?? '–'}` : nothing}`

const times = (ratio: number): string => `${Math.abs(ratio) < 100 ? ratio.toFixed(3) : significant(ratio)}×`
