/**
 * The whole page in one file: no network, nothing from outside that could run, readable without its script. The policy
 * in its head lets in this style and this script, known by their hashes, and nothing else.
 */

import { createHash } from 'node:crypto'
import type { Run } from '../../harness/model.ts'
import { anchorsOf } from '../view/anchors.ts'
import { headlineOf } from '../view/headline.ts'
import { cases } from './cases.ts'
import { type Html, html, nothing, trusted } from './escape.ts'
import { filterForm } from './filter.ts'
import { machine } from './machine.ts'
import { shapeLibrary } from './marks.ts'
import { matrices } from './matrix.ts'
import { footer, prose } from './prose.ts'
import { script } from './script.ts'
import { strip } from './strip.ts'
import { style } from './style.ts'
import { figures } from './tables.ts'

export function page(run: Run): string {
  const anchors = anchorsOf(run)
  const measured = figures(run)
  const sections = [
    link('top', 'ipcmark'),
    run.cases.length > 0 ? link('conformance', 'Conformance') : nothing,
    ...measured.map(({ id, title }) => link(id, title)),
    link('machine', 'Machine'),
    link('method', 'Method'),
    link('glossary', 'Glossary'),
  ]
  const body = html`
    ${shapeLibrary}
    <nav aria-label="Sections"><ul>${sections}</ul></nav>
    <main>
      ${strip(run, anchors)}
      ${run.cases.length === 0 ? nothing : conformance(run, anchors)}
      ${measured.map(({ markup }) => markup)}
      ${machine(run)}
      ${prose()}
      ${footer}
    </main>`
  return `<!doctype html>\n<html lang=en>${head(run).markup}<body>${body.markup}<script>${script}</script></body></html>\n`
}

const link = (id: string, title: string): Html => html`<li><a href="#${id}">${title}</a>`

function conformance(run: Run, anchors: ReturnType<typeof anchorsOf>): Html {
  return html`
    <section id=conformance>
      <h2>Conformance</h2>
      <p class=lead>Each cell is a mechanism and a theme. It shows the gravest of its verdicts and how many claims hold, and leads to its cases, each with the calls that played it. <code>ipcmark explain CASE</code> plays one again.</p>
      ${matrices(run, anchors)}
      ${filterForm(run)}
      ${cases(run, anchors)}
    </section>`
}

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

function head(run: Run): Html {
  const { mood, says } = headlineOf(run)
  const policy = `default-src 'none'; style-src ${hashOf(style)}; script-src ${hashOf(script)}; img-src data:; base-uri 'none'; form-action 'none'`
  return html`
    <head>
      <meta charset=utf-8>
      <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
      <meta name=viewport content="width=device-width, initial-scale=1">
      <meta name=referrer content=no-referrer>
      <meta name=generator content="ipcmark ${run.header.tool.version}">
      <title>${says} · ipcmark</title>
      <link rel=icon href="${trusted(icon(mood))}">
      <style>${trusted(style)}</style>
    </head>`
}

/** The browser's tab shows how the run came out. */
function icon(mood: string): string {
  const colour = { good: '%2317693e', bad: '%23b3261e' }[mood] ?? '%235a6066'
  const sign = mood === 'bad' ? 'M4.5 4.5l7 7m0-7l-7 7' : 'M4 8.5l3 3 5.5-6.5'
  return `data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16'><circle cx='8' cy='8' r='8' fill='${colour}'/><path d='${sign}' fill='none' stroke='white' stroke-width='2'/></svg>`
}
