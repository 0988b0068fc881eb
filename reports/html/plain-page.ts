/** A page without a script, in the style of the report: what it shows, what its own style adds, and a policy that lets in no more. */

import { createHash } from 'node:crypto'
import { type Html, html, trusted } from './escape.ts'
import { style } from './style.ts'

export function plainPage(title: string, ownStyle: string, body: Html): string {
  const all = style + ownStyle
  const hash = createHash('sha256').update(all).digest('base64')
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`
  const head = html`<head><meta charset=utf-8>
    <meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
    <meta name=viewport content="width=device-width, initial-scale=1">
    <title>${title} · ipcmark</title>
    <style>${trusted(all)}</style></head>`
  return `<!doctype html>\n<html lang=en>${head.markup}<body>${body.markup}</body></html>\n`
}
