/** The form that the script brings to life; without it the form is not shown. */

import { type CaseRecord, verdicts } from '../../harness/model.ts'
import { byFamily } from '../view/families.ts'
import { compareText } from '../view/tally.ts'
import { type Html, html } from './escape.ts'

export function filterForm(cases: readonly CaseRecord[]): Html {
  const mechanisms = [...new Set(cases.map(({ mechanism }) => mechanism))].sort(compareText)
  const families = byFamily(mechanisms, (id) => id).map(([family]) => family)
  const found = verdicts.filter((verdict) => cases.some((one) => one.verdict === verdict))
  return html`
    <form class=filter role=search aria-label="Filter the cases" hidden>
      <label>Family<select name=family><option value="">all</option>${families.map((id) => html`<option>${id}</option>`)}</select></label>
      <label>Mechanism<select name=mechanism><option value="">all</option>${mechanisms.map((id) => html`<option>${id}</option>`)}</select></label>
      <label>Verdict<select name=verdict><option value="">all</option>${found.map((id) => html`<option>${id}</option>`)}</select></label>
      <label>Text<input name=text type=search placeholder="EPIPE, blocked, x.order…" autocomplete=off spellcheck=false></label>
      <output aria-live=polite></output>
    </form>`
}
