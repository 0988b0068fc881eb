// Writes the example that the README shows, from the record of a real run: docs/example-report.html, and two pictures of
// it. Needs a build and Chromium. Refuses a record that names places of the machine it was made on, is not whole or has news.
//
//   node scripts/example-report.mjs RECORD
import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { homedir, hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { built } from './built.mjs'
import { chromiumHere, inBrowser } from './chromium.mjs'
import { Failure, isMain, main, root } from './steps.mjs'

/** What each picture shows: the first of these that the page has, from its top as far as the height goes. */
const pictures = [
  { name: 'report-matrix.png', of: ['#conformance .matrices'], height: 746 },
  {
    name: 'report-figures.png',
    of: ['#chart-latency .plot-area.wide', '#summary table', '#latency table'],
    height: 640,
  },
]

const mostBytes = 200_000

/** What is nobody's business but this machine's. Objects of a run are below /tmp by their own name.
 * @param {string} text @returns {string | undefined} */
export function privateIn(text) {
  const places = [homedir(), root, process.cwd(), hostname()].filter((place) => place.length > 3)
  return places.find((place) => text.includes(place)) ?? /\/tmp\/(?!ipcmark-)[\w.-]+/.exec(text)?.[0]
}

/** Why nobody should take a run for an example; nothing where it is whole and as it should be.
 * @param {import('../harness/model.ts').Run} run @returns {string | undefined} */
export function flawOf({ end, partial, cases }) {
  if (partial !== undefined) return partial
  if (end === undefined || end.interrupted) return 'the run did not come to its end'
  const news = cases.filter(({ standing }) => standing === 'regression' || standing === 'fixed')
  return news.length === 0 ? undefined : `news in ${news.length} of its cases, the first is ${news[0]?.id}`
}

/** @param {string} browser @param {string} page @param {string} folder */
const pictured = (browser, page, folder) =>
  inBrowser(browser, async (chromium) => {
    const tab = await chromium.newPage({ viewport: { width: 1360, height: 1000 }, colorScheme: 'light' })
    await tab.goto(pathToFileURL(page).href)
    await tab.evaluate(laidOut)
    for (const { name, of, height } of pictures) {
      const shown = tab.locator((await firstOf(tab, of)) ?? of.join()).first()
      const found = await shown.boundingBox({ timeout: 1000 }).catch(() => null)
      if (found === null) throw new Failure(`the page has none of ${of.join(', ')}: the record lacks what is shown`)
      const path = join(folder, name)
      const clip = {
        x: found.x - margin,
        y: found.y - margin,
        width: found.width + 2 * margin,
        height: Math.min(height, found.height) + 2 * margin,
      }
      await tab.screenshot({ path, fullPage: true, clip, style: 'nav{display:none!important}' })
      const { size } = statSync(path)
      if (size > mostBytes) throw new Failure(`${name} has ${size} bytes, more than ${mostBytes}`)
    }
  })

const margin = 12

/** The page leaves what is far from the screen until it comes near. */
const laidOut =
  "for (const one of document.querySelectorAll('section, figure')) one.style.contentVisibility = 'visible'"

/** @param {import('playwright-core').Page} tab @param {readonly string[]} selectors */
async function firstOf(tab, selectors) {
  for (const one of selectors) if ((await tab.locator(one).count()) > 0) return one
  return undefined
}

/** The page and its pictures together, or none of them: what fails leaves those that are there.
 * @param {string} browser @param {string} text */
async function published(browser, text) {
  const folder = mkdtempSync(join(tmpdir(), 'ipcmark-example-'))
  try {
    const page = join(folder, 'example-report.html')
    writeFileSync(page, text)
    await pictured(browser, page, folder)
    for (const name of [...pictures.map((one) => one.name), 'example-report.html'])
      copyFileSync(join(folder, name), join(root, 'docs', name))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const [record] = process.argv.slice(2)
    if (record === undefined || !existsSync(record) || !statSync(record).isFile())
      throw new Failure('usage: node scripts/example-report.mjs RECORD, a file results.jsonl')
    const browser = chromiumHere()
    if (browser === undefined) throw new Failure('no Chromium is installed: set CHROMIUM')
    const { readRun } = await import(built('dist/harness/record/reader.js'))
    const { htmlReport } = await import(built('dist/reports/html/index.js'))
    const run = readRun(record)
    const flaw = flawOf(run)
    if (flaw !== undefined) throw new Failure(`no example: ${flaw}`)
    const text = htmlReport([run])[0].contents
    const found = privateIn(text) ?? privateIn(readFileSync(record, 'utf8'))
    if (found !== undefined) throw new Failure(`the record names '${found}': run it with relative paths, elsewhere`)
    await published(browser, text)
  })
}
