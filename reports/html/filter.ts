/** The forms that the script brings to life; without it they are not shown. */

import { type CaseRecord, placements, verdicts } from '../../harness/model.ts'
import { byFamily } from '../view/families.ts'
import type { FigureTable } from '../view/figures.ts'
import { bytes } from '../view/numbers.ts'
import { compareText } from '../view/tally.ts'
import { type Html, html, nothing } from './escape.ts'

export function casesFilter(cases: readonly CaseRecord[]): Html {
  const mechanisms = cases.map(({ mechanism }) => mechanism)
  const found = verdicts.filter((verdict) => cases.some((one) => one.verdict === verdict))
  return html`
    <form class=filter name=cases role=search aria-label="Filter the cases" hidden>
      ${familyField(mechanisms)}${mechanismField(mechanisms)}${field('Verdict', 'verdict', options(found))}
      ${textField('EPIPE, blocked, x.order…')}
    </form>`
}

export function figuresFilter(tables: readonly FigureTable[]): Html {
  const groups = tables.flatMap((table) => table.groups)
  const cells = groups.flatMap(({ rows }) => rows.map(({ cell }) => cell))
  if (cells.length === 0) return nothing
  const mechanisms = cells.map(({ mechanism }) => mechanism)
  const where = new Set(cells.map(({ placement }) => placement))
  const sizes = [...new Set(groups.map(({ size }) => size))].sort((a, b) => a - b)
  return html`
    <form class=filter name=figures role=search aria-label="Filter the figures" hidden>
      ${familyField(mechanisms)}${mechanismField(mechanisms)}
      ${field('Placement', 'placement', options(placements.filter((one) => where.has(one))))}
      ${field(
        'Size',
        'size',
        sizes.map((size) => html`<option value=${size}>${size === 0 ? 'none' : bytes(size)}</option>`),
      )}
      ${textField('spin, node, wake=futex…')}
    </form>`
}

const families = (mechanisms: readonly string[]) =>
  byFamily([...new Set(mechanisms)].sort(compareText), (mechanism) => mechanism)

const familyField = (mechanisms: readonly string[]): Html =>
  field('Family', 'family', options(families(mechanisms).map(([family]) => family)))

const mechanismField = (mechanisms: readonly string[]): Html =>
  field(
    'Mechanism',
    'mechanism',
    families(mechanisms).map(([family, own]) => html`<optgroup label="${family}">${options(own)}</optgroup>`),
  )

const options = (values: readonly string[]): Html[] =>
  values.map((value) => html`<option value="${value}">${value}</option>`)

const field = (label: string, name: string, choices: readonly Html[]): Html =>
  html`<label>${label}<select name="${name}"><option value="">all</option>${choices}</select></label>`

const textField = (example: string): Html => html`
  <label>Text<input name=text type=search placeholder="${example}" autocomplete=off spellcheck=false></label>
  <output aria-live=polite></output>`
