/**
 * XML 1.0 that no text can break: `element` escapes attributes and text, and what XML has no way to hold at all (control
 * characters, lone surrogates) is written out. An element is made as text, one at a time, so that a file of any length
 * can be written in pieces.
 */

import { visible } from './view/visible.ts'

export type Attributes = Readonly<Record<string, string | number | undefined>>

export const xmlHead = '<?xml version="1.0" encoding="UTF-8"?>\n'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Two characters are in Unicode and not in XML. */
export const xmlText = (text: string): string =>
  visible(text)
    .replace(/[\ufffe\uffff]/g, (found) => `\\u{${found.charCodeAt(0).toString(16)}}`)
    .replace(/[&<>"]/g, (sign) => entities[sign] ?? '')

/** A reader would take the end of a line in an attribute for a blank. */
const xmlAttribute = (text: string): string => xmlText(text).replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')

const attributesOf = (attributes: Attributes): string =>
  Object.entries(attributes)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${xmlAttribute(String(value))}"`]))
    .join('')

export const opening = (name: string, attributes: Attributes): string => `<${name}${attributesOf(attributes)}>`

/** `content` is XML already: text goes through `xmlText`. */
export const element = (name: string, attributes: Attributes, content = ''): string =>
  content === '' ? `<${name}${attributesOf(attributes)}/>` : `${opening(name, attributes)}${content}</${name}>`
