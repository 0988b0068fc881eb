/**
 * The page's only script: it filters, sorts, opens what a link leads to, makes packed cases whole, and saves what is
 * packed as files. But for those the page says all it has to say without it. Its parts share one scope, and are in the
 * order in which they need each other.
 */

import { casesScript } from './script-cases.ts'
import { filtersScript } from './script-filters.ts'
import { linksScript } from './script-links.ts'
import { tablesScript } from './script-tables.ts'

const common = `
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)]
const inflated = async (template) => {
  const bytes = Uint8Array.from(atob(template.content.textContent), (byte) => byte.charCodeAt(0))
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).json()
}
`

export const script = ['\n(() => {', common, casesScript, filtersScript, tablesScript, linksScript, '})()\n']
  .join('')
  .replace(/\n\s+/g, '\n')
