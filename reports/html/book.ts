/** What the parts of the page are made from, and what each of them is. */

import type { Runs } from '../../harness/model.ts'
import { type Anchors, anchorsOf } from '../view/anchors.ts'
import { bySides } from '../view/sides.ts'
import { type Place, placesOf } from '../view/tally.ts'
import type { Html } from './escape.ts'

export interface Book {
  /** A gate is two of them, one for each arm. */
  readonly runs: Runs
  /** Every target of every run: what stands side by side. */
  readonly places: readonly Place[]
  readonly anchors: Anchors
}

/** A part of the page with a heading of its own, and its entry in the navigation. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly markup: Html
}

/** Answers no section where the runs have nothing for it. */
export type Part = (book: Book) => readonly Section[]

export function bookOf(records: Runs): Book {
  const runs = bySides(records)
  return { runs, places: placesOf(...runs), anchors: anchorsOf(...runs) }
}
