/**
 * The whole page in one file: no network, nothing from outside that could run, readable without its script. The policy
 * in its head lets in this style and this script, known by their hashes, and nothing else.
 */

import { createHash } from 'node:crypto'
import type { Runs } from '../../harness/model.ts'
import { headlineOf } from '../view/headline.ts'
import { advice } from './advice.ts'
import { bookOf, type Part } from './book.ts'
import { charts } from './charts/index.ts'
import { conformance } from './conformance.ts'
import { differences } from './differences.ts'
import { type Html, html, trusted } from './escape.ts'
import { gate } from './gate.ts'
import { machine } from './machine.ts'
import { footer, prose } from './prose.ts'
import { raw } from './raw.ts'
import { script } from './script.ts'
import { strip } from './strip.ts'
import { style } from './style.ts'
import { summary } from './summary.ts'
import { figures } from './tables.ts'
import { traits } from './traits.ts'

/** In the order in which they are read. */
const parts: readonly Part[] = [
  differences,
  machine,
  gate,
  conformance,
  traits,
  summary,
  charts,
  advice,
  figures,
  prose,
  raw,
]

export function page(runs: Runs): string {
  const book = bookOf(runs)
  const sections = parts.flatMap((part) => part(book))
  const body = html`
    <a class=skip href="#main">Skip to the findings</a>
    <nav aria-label="Sections"><ul>${link('top', 'ipcmark')}${sections.map(({ id, title }) => link(id, title))}</ul></nav>
    <main id=main tabindex=-1>
      ${strip(book)}
      ${sections.map(({ markup }) => markup)}
      ${footer}
    </main>`
  return `<!doctype html>\n<html lang=en>${head(runs).markup}<body>${body.markup}<script>${script}</script></body></html>\n`
}

const link = (id: string, title: string): Html => html`<li><a href="#${id}">${title}</a>`

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function head(runs: Runs): Html {
  const { mood, says } = headlineOf(...runs)
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`
  return html`
    <head>
      <meta charset=utf-8>
      <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
      <meta name=viewport content="width=device-width, initial-scale=1">
      <meta name=referrer content=no-referrer>
      <meta name=generator content="ipcmark ${runs[0].header.tool.version}">
      <title>${says} · ipcmark</title>
      <link rel=icon href="${trusted(icon(mood))}">
      <style>${trusted(style)}</style>
    </head>`
}

/** The browser's tab shows how the run came out. */
function icon(mood: string): string {
  const colour = { good: '%2317693e', bad: '%23b3261e', unsure: '%23855000' }[mood] ?? '%235a6066'
  const sign = { bad: 'M4.5 4.5l7 7m0-7l-7 7', unsure: 'M8 4v5m0 2v2', none: 'M4.5 8h7' }[mood] ?? 'M4 8.5l3 3 5.5-6.5'
  return `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='8' fill='${colour}'/><path d='${sign}' fill='none' stroke='white' stroke-width='2'/></svg>`
}
