/** What a reader has to know of figures of a system that was imitated, before they read them. */

import { type Place, rowsAt } from '../view/tally.ts'
import { type Html, html, nothing } from './escape.ts'

export function imitated(places: readonly Place[]): Html {
  const emulators = new Set(places.flatMap((place) => (rowsAt(place).length === 0 ? [] : (place.info?.emulator ?? []))))
  if (emulators.size === 0) return nothing
  return html`<p class=note>What was measured under ${[...emulators].join(' and ')} says nothing about the speed of Windows.</p>`
}
