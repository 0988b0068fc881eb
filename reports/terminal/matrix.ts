/**
 * The conformance matrix in text: mechanisms down, themes across, and in each cell the gravest verdict by its shape and how
 * many cases came out so. Of many mechanisms there is a line for each family, and one for each mechanism with which
 * something is wrong. Places stand beside each other where there is room, and below each other where there is none.
 */

import { max } from 'd3-array'
import { type CaseRecord, type Theme, type Verdict, verdicts } from '../../harness/model.ts'
import { byFamily, type Kinship } from '../view/families.ts'
import {
  casesAt,
  gravest,
  groupBy,
  isNews,
  type MatrixRow,
  matrixOf,
  type Place,
  tallyOf,
  themesOf,
} from '../view/tally.ts'
import { visibleLine } from '../view/visible.ts'
import { type Format, type Ink, type Span, span, verdictColours, verdictShapes } from './ink.ts'
import { line, paragraph, wrap } from './layout.ts'
import { fitted, widthOf } from './width.ts'

/** The blocks of all places: several lines, or several beside each other. */
export function matrices(ink: Ink, places: readonly Place[], columns: number): string[][] {
  const drawn = places.flatMap((place) => {
    const cases = casesAt(place)
    return cases.length === 0 ? [] : [blockOf(place, cases, columns)]
  })
  if (drawn.length === 0) return []
  const widths = drawn.map((rows) => max(rows, lengthOf) ?? 0)
  const together = widths.reduce((sum, width) => sum + between + width, -between)
  const legend = paragraph(ink, legendOf(places), columns)
  if (drawn.length > 1 && together <= columns) return [beside(ink, drawn, widths), legend]
  return [...drawn.map((rows) => rows.map((row) => line(ink, row))), legend]
}

type Lines = readonly (readonly Span[])[]

/** What a place comes to, and its matrix below, no wider than it has to be. */
function blockOf(place: Place, cases: readonly CaseRecord[], columns: number): Lines {
  const rows = drawing(cases, columns)
  const title = titleOf(place, cases)
  const room = Math.min(columns, Math.max(readable, lengthOf(title), max(rows, lengthOf) ?? 0))
  const others = othersOf(cases)
  return [...wrap(title, room), ...(others.length === 0 ? [] : wrap([span('  '), ...others], room)), ...rows]
}

/** A narrower column of text than that is hard to read. */
const readable = 40

/** Empty columns between two matrices. */
const between = 4

function beside(ink: Ink, blocks: readonly Lines[], widths: readonly number[]): string[] {
  const height = Math.max(...blocks.map(({ length }) => length))
  return Array.from({ length: height }, (_, row) =>
    line(
      ink,
      blocks.flatMap((block, at) => {
        const spans = block[row] ?? []
        return [...spans, span(' '.repeat((widths[at] ?? 0) - lengthOf(spans) + between))]
      }),
    ),
  )
}

const lengthOf = (spans: readonly Span[]): number => spans.reduce((sum, { text }) => sum + widthOf(text), 0)

/** `Linux  115 of 118 claims hold` */
function titleOf({ title }: Place, cases: readonly CaseRecord[]): Span[] {
  const { held, judged } = tallyOf(cases)
  return [span(visibleLine(title), 'bold'), span(`  ${held} of ${judged} claims hold`)]
}

/** `1 fail · 3 unsupported`: a count stays with its word. */
function othersOf(cases: readonly CaseRecord[]): Span[] {
  const { verdicts: counts } = tallyOf(cases)
  return verdicts
    .filter((verdict) => verdict !== 'pass' && counts[verdict] > 0)
    .flatMap((verdict, at) => [
      span(at === 0 ? '' : ' · ', 'dim'),
      span(`${counts[verdict]}\u00a0${verdict}`, verdictColours[verdict]),
    ])
}

/** So many mechanisms have a line each on a narrow screen. */
const fewMechanisms = 16
/** From here on there is room for all of them. */
const wide = 140
const longestName = 24

interface Row {
  readonly name: Span
  readonly cases: ReadonlyMap<Theme, readonly CaseRecord[]>
}

function drawing(cases: readonly CaseRecord[], columns: number): Span[][] {
  const found = matrixOf(cases)
  const rows =
    found.length > fewMechanisms && columns < wide
      ? byFamily(found, ({ mechanism }) => mechanism).flatMap(([family, own]) => familyRows(family, own))
      : byFamily(found, ({ mechanism }) => mechanism).flatMap(([, own]) => own.map((row) => mechanismRow(row)))
  const names = Math.min(longestName, max(rows, ({ name }) => widthOf(name.text)) ?? 0)
  const blocks = chunked(rows, themesOf(cases), columns - indent - names)
  return blocks.flatMap((themes) => chunkOf(rows, names, themes, columns))
}

const mechanismRow = ({ mechanism, byTheme }: MatrixRow, before = ''): Row => ({
  name: span(`${before}${visibleLine(mechanism)}`, before === '' ? undefined : 'dim'),
  cases: byTheme,
})

function familyRows(family: Kinship, rows: readonly MatrixRow[]): Row[] {
  const [only, ...others] = rows
  if (only !== undefined && others.length === 0) return [mechanismRow(only)]
  const whole = {
    name: span(`${family}, ${rows.length}`),
    cases: groupBy(
      rows.flatMap(({ cases }) => cases),
      ({ theme }) => theme,
    ),
  }
  return [whole, ...rows.filter(({ cases }) => cases.some(isWrong)).map((row) => mechanismRow(row, '  '))]
}

const isWrong = (one: CaseRecord): boolean =>
  isNews(one) || !(['pass', 'observed', 'unsupported'] as readonly Verdict[]).includes(one.verdict)

const indent = 2

/** A column is as wide as its widest cell. */
const widthIn = (rows: readonly Row[], theme: Theme): number =>
  max(rows, ({ cases }) => widthOf(cellOf(cases.get(theme) ?? []).text)) ?? 0

/** The themes, in as many blocks as it takes to have room. */
function chunked(rows: readonly Row[], themes: readonly Theme[], room: number): Theme[][] {
  const blocks: Theme[][] = [[]]
  let used = 0
  for (const theme of themes) {
    const width = widthIn(rows, theme)
    if (used > 0 && used + 1 + width > room) {
      blocks.push([])
      used = 0
    }
    blocks.at(-1)?.push(theme)
    used += 1 + width
  }
  return blocks
}

function chunkOf(rows: readonly Row[], names: number, themes: readonly Theme[], columns: number): Span[][] {
  const widths = themes.map((theme) => widthIn(rows, theme))
  const body = rows.map(({ name, cases }) => [
    span(' '.repeat(indent)),
    { ...name, text: fitted(name.text, names) },
    span(' '.repeat(names - widthOf(fitted(name.text, names)))),
    ...themes.flatMap((theme, at) => {
      const cell = cellOf(cases.get(theme) ?? [])
      return [span(' '), cell, span(' '.repeat((widths[at] ?? 0) - widthOf(cell.text)))]
    }),
  ])
  return [...heads(themes, widths, indent + names, columns), ...body]
}

/**
 * Themes have longer names than their columns are wide: each stands where its column begins, in one of several lines, so
 * that none runs into the next, nor over the edge.
 */
function heads(themes: readonly Theme[], widths: readonly number[], from: number, columns: number): Span[][] {
  const lines: string[] = []
  let at = from
  for (const [column, theme] of themes.entries()) {
    const start = Math.min(at + 1, columns - theme.length)
    const free = lines.findIndex((text) => text.length < start)
    const taken = free < 0 ? lines.length : free
    lines[taken] = (lines[taken] ?? '').padEnd(start) + theme
    at += 1 + (widths[column] ?? 0)
  }
  return lines.map((text) => [span(text, 'dim')])
}

/** `✓12`, `✗1`: of what comes out in several ways the gravest. */
function cellOf(cases: readonly CaseRecord[]): Span {
  const worst = gravest(cases)
  if (worst === undefined) return span('·', 'dim')
  const alike = cases.filter(({ verdict, standing }) => verdict === worst.verdict && standing === worst.standing)
  const colour = verdictColours[worst.verdict]
  const format: Format = isNews(worst) ? ['bold', 'inverse', colour] : worst.standing === 'known' ? 'yellow' : colour
  return span(`${verdictShapes[worst.verdict]}${alike.length}`, format)
}

function legendOf(places: readonly Place[]): Span[] {
  const cases = places.flatMap(casesAt)
  const shown = verdicts.filter((verdict) => cases.some((one) => one.verdict === verdict))
  return [
    ...shown.flatMap((verdict, at) => [
      span(at === 0 ? '' : '  '),
      span(verdictShapes[verdict], verdictColours[verdict]),
      span(` ${verdict}`, 'dim'),
    ]),
    span('  the gravest of a cell, and how many', 'dim'),
  ]
}
