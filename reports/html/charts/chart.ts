/**
 * What a chart is on the page: a title, in which unit and which way it is better, what it shows in a sentence, its pictures
 * with the table of each block, and what was left out.
 */

import { type Scene, shownName, type Way } from '../../view/scenes.ts'
import type { Book } from '../book.ts'
import { type Html, html, nothing, withCode } from '../escape.ts'
import { key, slots } from './glyphs.ts'
import type { Line, Told } from './lines.ts'
import { type Twin, twinOf } from './twin.ts'

/** Pictures of one place under one condition. */
export interface Block {
  readonly title: string
  readonly findings: readonly string[]
  readonly pictures: readonly Html[]
  readonly twin?: Twin
}

export interface Chart {
  readonly id: string
  readonly title: string
  /** What is drawn, its unit and direction, and how to read it. */
  readonly says: string
  readonly blocks: readonly Block[]
  readonly notes: readonly string[]
  /** The blocks stand side by side. */
  readonly half?: boolean
}

/** Nothing where the runs have no data for it. */
export type ChartOf = (book: Book) => Chart | undefined

export const chartOf = ({ id, title, says, blocks, notes, half = false }: Chart): Html => html`
  <figure class=chart id="chart-${id}">
    <h3>${title}</h3>
    <figcaption class=lead>${says}</figcaption>
    <div class="blocks${half ? ' halves' : ''}">${blocks.map(blockOf)}</div>
    ${notes.map((note) => html`<p class=note>${note}</p>`)}
  </figure>`

const blockOf = ({ title, findings, pictures, twin }: Block): Html => html`
  <div class=block><h4>${title}</h4>
  ${findings.length === 0 ? nothing : html`<ul class=shows>${findings.map((one) => html`<li>${withCode(brief(one))}`)}</ul>`}
  ${pictures}
  ${twin === undefined ? nothing : twinOf(twin)}</div>`

/** What is found names its ways between backticks. */
const brief = (finding: string): string => finding.replace(/`([^`]+)`/g, (_, name: string) => `\`${shownName(name)}\``)

/** The same for the name of a picture, which has no code. */
export const spoken = (findings: readonly string[]): string => findings.map(brief).join(' ').replaceAll('`', '')

/** Several pictures of the same size, side by side as far as there is room. */
export const panels = (all: readonly Html[], broad?: 'broad'): Html => html`<div class="panels ${broad}">${all}</div>`

/** One of them: what it shows, the picture, and what its lines are. */
export const panel = (
  title: string,
  picture: Html,
  legend: readonly Told[],
  grey: readonly string[] = [],
): Html => html`
  <div class=panel><h5>${title}</h5>${picture}${legendOf(legend, grey)}</div>`

export const legendOf = (lines: readonly Told[], grey: readonly string[] = []): Html =>
  lines.length + grey.length === 0
    ? nothing
    : html`<ul class=keys>${lines.map(({ slot, name }) => key(slot, name))}${grey.length === 0 ? nothing : html`<li class=greys>grey: ${grey.join(', ')}`}</ul>`

/** A picture that is wider than a narrow screen scrolls. */
export const scrolling = (label: string, picture: Html): Html =>
  html`<div class=scroll tabindex=0 role=region aria-label="${label}">${picture}</div>`

/** Gives each name the same colour and shape wherever it is drawn, as far as no two of one picture would share them. */
export function painter(): (lines: readonly Line[]) => Told[] {
  const known = new Map<string, number>()
  return (lines) => {
    const kept = lines.map(({ name }) => known.get(name))
    const taken = new Set<number>()
    const own = kept.map((slot) => {
      if (slot === undefined || taken.has(slot)) return undefined
      taken.add(slot)
      return slot
    })
    return lines.map((one, at) => {
      const slot = own[at] ?? Array.from({ length: slots }, (_, free) => free).find((free) => !taken.has(free)) ?? 0
      taken.add(slot)
      if (!known.has(one.name)) known.set(one.name, slot)
      return { ...one, slot }
    })
  }
}

/** What was left out because it is no number above zero. */
export function leftOut(scenes: readonly Scene[]): string[] {
  const count = scenes.reduce((sum, { left }) => sum + left, 0)
  if (count === 0) return []
  const which = count === 1 ? 'one figure that is' : `${count} figures that are`
  return [`Left out: ${which} no number above zero, for which a logarithmic scale has no place.`]
}

export const namesOf = (ways: readonly Way[]): string[] => ways.map(({ name }) => shownName(name))
