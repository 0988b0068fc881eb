/** The table beside each chart: the same numbers, with their units, for who reads rather than looks. */

import { shownName } from '../../view/scenes.ts'
import { type Html, html } from '../escape.ts'

export interface Twin {
  /** What the figures are, and of which place and condition. */
  readonly caption: string
  readonly heads: readonly string[]
  readonly rows: readonly TwinRow[]
}

export interface TwinRow {
  readonly name: string
  /** As many as there are heads; nothing where the row has none. */
  readonly cells: readonly (string | undefined)[]
}

export const twinOf = ({ caption, heads, rows }: Twin): Html => html`
  <details class=twin>
    <summary>The numbers of this chart</summary>
    <div class=scroll tabindex=0 role=region aria-label="${`Numbers: ${caption}`}">
      <table>
        <caption>${caption}</caption>
        <thead><tr><th scope=col>Way${heads.map((head) => html`<th scope=col>${head}`)}</thead>
        <tbody>${rows.map(({ name, cells }) => html`<tr><th scope=row>${shownName(name)}${cells.map((cell) => html`<td>${cell ?? '–'}`)}`)}</tbody>
      </table>
    </div>
  </details>`
