/**
 * Markup that cannot be broken by what is put into it: the template tag `html` escapes every value unless it is markup
 * already. Values may stand in text and in quoted attributes, never in scripts, styles or names. Indentation of the
 * templates is left out of what they make.
 */

import { visible } from '../view/visible.ts'

export interface Html {
  readonly markup: string
}
export type Fragment = string | number | Html | readonly Html[] | undefined

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text, safe in an element and in a quoted attribute; what is invisible or reverses the reading is written out. */
export const escaped = (text: string): string =>
  /^[\w ,.:;()[\]{}=/|@#+*-]*$/.test(text)
    ? text
    : visible(text).replace(/[&<>"']/g, (character) => entities[character] ?? '')

/** Markup made by this folder. Never pass it anything from outside. */
export const trusted = (markup: string): Html => ({ markup })

export const nothing = trusted('')

const compact = new WeakMap<TemplateStringsArray, readonly string[]>()

export function html(parts: TemplateStringsArray, ...values: readonly Fragment[]): Html {
  let texts = compact.get(parts)
  if (texts === undefined) {
    texts = parts.map((part) => part.replace(/\n\s*/g, ''))
    compact.set(parts, texts)
  }
  let markup = texts[0] ?? ''
  for (let i = 0; i < values.length; i++) markup += markupOf(values[i]) + (texts[i + 1] ?? '')
  return { markup }
}

function markupOf(value: Fragment): string {
  if (value === undefined) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number') return String(value)
  return isList(value) ? value.map((one) => one.markup).join('') : value.markup
}

const isList = (value: Html | readonly Html[]): value is readonly Html[] => Array.isArray(value)

/** Prose in which a program stands between backticks, as the harness writes it. */
export const withCode = (text: string): Html =>
  trusted(
    text
      .split(/`([^`]+)`/)
      .map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>`.markup : escaped(part)))
      .join(''),
  )

/** A link where it leads somewhere on the web; anything else is shown and not followed. */
export const link = (address: string): Html =>
  /^https?:\/\/[^\s"'<>]+$/.test(address)
    ? html`<a href="${address}" rel="noreferrer">${address}</a>`
    : html`<code>${address}</code>`
