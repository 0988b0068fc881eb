/**
 * The page's only script: it filters, sorts, opens what a link leads to, makes packed cases whole, and saves what is
 * packed as files. But for those the page says all it has to say without it. Its parts share one scope, and are in the
 * order in which they need each other.
 */

import { inflatedScript } from './deflated.ts'
import { piecesScript } from './pieces.ts'
import { casesScript } from './script-cases.ts'
import { filtersScript } from './script-filters.ts'
import { linksScript } from './script-links.ts'
import { tablesScript } from './script-tables.ts'

const common = `
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)]
`

export const script = [
  '\n(() => {',
  common,
  inflatedScript,
  piecesScript,
  casesScript,
  filtersScript,
  tablesScript,
  linksScript,
  '})()\n',
]
  .join('')
  .replace(/\n\s+/g, '\n')
