// How large the HTML report is, and how soon a browser has it: of a quick run, and of all that there is, with figures to
// decide by. A browser has a page when its load event is over; the best of a few times, because whatever else the machine
// does only makes it later.
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromiumHere, inBrowser } from '../chromium.mjs'
import { inFolder, ipcmark, timed } from './benching.mjs'

/** @typedef {import('./benching.mjs').Figure} Figure */

const runs = [
  { name: 'a quick run', words: ['core'], most: 1_000_000 },
  { name: 'all claims and the default benchmark', words: ['--budget', 'default'], most: 2_000_000 },
]
const mostMs = 1000
const times = 5

/** @returns {Promise<Figure[]>} */
export const pageFigures = () =>
  inFolder(async (folder) => {
    /** @type {Figure[]} */
    const figures = []
    for (const [at, { name, words, most }] of runs.entries()) {
      const output = join(folder, String(at))
      await timed(process.execPath, [ipcmark(), 'run', ...words, '--output', output])
      const run = readdirSync(output).find((one) => one.startsWith('ipcmark-')) ?? ''
      const page = join(output, run, 'report.html')
      const { size } = statSync(page)
      figures.push({
        name: `report.html of ${name}`,
        found: `${(size / 1e6).toFixed(2)} MB`,
        wanted: `under ${most / 1e6} MB`,
        holds: size < most,
      })
      figures.push(...(await loaded(name, page)))
    }
    return figures
  })

/** Nothing where there is no Chromium. @param {string} name @param {string} page @returns {Promise<Figure[]>} */
async function loaded(name, page) {
  const browser = chromiumHere()
  if (browser === undefined) return []
  const ms = await inBrowser(browser, async (chromium) => {
    const found = []
    for (let time = 0; time < times; time++) {
      const tab = await chromium.newPage()
      await tab.goto(pathToFileURL(page).href)
      found.push(Number(await tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")))
      await tab.close()
    }
    return Math.min(...found)
  })
  return [
    {
      name: `load event of ${name}, the best of ${times}`,
      found: `${ms.toFixed(0)} ms`,
      wanted: `under ${mostMs} ms`,
      holds: ms < mostMs,
    },
  ]
}
