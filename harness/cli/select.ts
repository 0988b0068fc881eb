/**
 * How a command line chooses among things. A selector is a name, a pattern with `*`, or an expression between slashes;
 * `KIND:NAME` says which kind is meant, and `!` before it takes away. Selectors of one kind add up, kinds narrow each
 * other. A name that nothing has is refused with the nearest that something has; a pattern may match nothing.
 */

import { suggestion } from '../nearest.ts'
import { usage } from './failures.ts'

/** One way to speak of things: by mechanism, by theme, … */
export interface Kind<Item> {
  readonly id: string
  /** Kinds of one axis add up, as a family does to mechanisms. */
  readonly axis: string
  /** Every name that exists. */
  readonly known: ReadonlySet<string>
  /** The names that one thing has. */
  names(item: Item): readonly string[]
  /** The name that a person means who writes it otherwise. */
  meant?(word: string): string
}

export interface Catalogue<Item> {
  /** A bare name is of the first kind that knows it. */
  readonly kinds: readonly Kind<Item>[]
  /** What an expression is tried on. */
  texts(item: Item): readonly string[]
  /** Where a person finds the names. */
  readonly listed: string
}

/** A selector as it was written, and the kind that an option implies. */
export interface Asked {
  readonly text: string
  readonly kind?: string
}

export type Selection<Item> = (item: Item) => boolean

interface Term<Item> {
  readonly axis: string
  readonly excludes: boolean
  readonly matches: Selection<Item>
}

export function selectionOf<Item>(asked: readonly Asked[], catalogue: Catalogue<Item>): Selection<Item> {
  const terms = asked.map((one) => termOf(one, catalogue))
  const unwanted = terms.filter((term) => term.excludes)
  const axes = new Map<string, Term<Item>[]>()
  for (const term of terms) {
    if (!term.excludes) axes.set(term.axis, [...(axes.get(term.axis) ?? []), term])
  }
  return (item) =>
    [...axes.values()].every((axis) => axis.some((term) => term.matches(item))) &&
    !unwanted.some((term) => term.matches(item))
}

function termOf<Item>(asked: Asked, catalogue: Catalogue<Item>): Term<Item> {
  const excludes = asked.text.startsWith('!')
  const bare = excludes ? asked.text.slice(1) : asked.text
  const prefix = asked.kind === undefined ? /^([a-z-]+):/.exec(bare)?.[1] : undefined
  const prefixed = catalogue.kinds.find((kind) => kind.id === prefix)
  const word = prefixed === undefined ? bare : bare.slice(prefixed.id.length + 1)
  const kind = prefixed ?? catalogue.kinds.find(({ id }) => id === asked.kind)
  if (word === '') throw usage(`'${asked.text}' names nothing; write a name, a pattern with *, or /an expression/.`)
  if (word.length > 1 && word.startsWith('/') && word.endsWith('/')) {
    return { ...byExpression(expression(word.slice(1, -1), asked.text), catalogue, kind), excludes }
  }
  return { ...(/[*?]/.test(word) ? byPattern(glob(word), catalogue, kind) : byName(word, catalogue, kind)), excludes }
}

type Found<Item> = Omit<Term<Item>, 'excludes'>

function byName<Item>(word: string, { kinds, listed }: Catalogue<Item>, only: Kind<Item> | undefined): Found<Item> {
  const candidates = only === undefined ? kinds : [only]
  for (const { axis, known, names, meant = (same: string) => same } of candidates) {
    const name = meant(word)
    if (known.has(name)) return { axis, matches: (item) => names(item).includes(name) }
  }
  const names = candidates.flatMap(({ known }) => [...known])
  const what = candidates.length > fewKinds ? 'nothing' : `no ${either(candidates.map(({ id }) => id))}`
  throw usage(`${what} is named '${word}'${suggestion(word, names) || `; ${listed}`}`)
}

/** More kinds than these are not listed to somebody who has mistyped a name. */
const fewKinds = 5

/** A pattern is of the first kind in which it fits something. */
function byPattern<Item>(pattern: RegExp, { kinds }: Catalogue<Item>, only: Kind<Item> | undefined): Found<Item> {
  const kind = only ?? kinds.find(({ known }) => [...known].some((name) => pattern.test(name)))
  if (kind === undefined) return { axis: 'nothing', matches: () => false }
  return { axis: kind.axis, matches: (item) => kind.names(item).some((name) => pattern.test(name)) }
}

function byExpression<Item>(pattern: RegExp, { texts }: Catalogue<Item>, only: Kind<Item> | undefined): Found<Item> {
  if (only !== undefined) return byPattern(pattern, { kinds: [only], texts, listed: '' }, only)
  return { axis: 'expression', matches: (item) => texts(item).some((text) => pattern.test(text)) }
}

function expression(source: string, typed: string): RegExp {
  try {
    return new RegExp(source, 'u')
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.replace(/^Invalid regular expression: .*\/u: /s, '') : cause
    throw usage(`'${typed}' is no regular expression: ${reason}.`)
  }
}

const glob = (word: string): RegExp =>
  new RegExp(
    `^${word
      .replace(/[.+^${}()|[\]\\/]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'u',
  )

const either = (words: readonly string[]): string =>
  words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
