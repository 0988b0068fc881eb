import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { fixtureRun, manyTimes } from '../fixture/run.ts'
import { cutOffLinks, faintTexts, linesOfScores, openEverything } from './browser-probes.ts'
import { htmlReport } from './index.ts'

const installed = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
const executablePath = installed.find((file) => file !== undefined && fs.existsSync(file))
const name =
  executablePath === undefined
    ? 'the page in a browser (no Chromium is installed: set CHROMIUM)'
    : 'the page in a browser'

const args = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

describe.skipIf(executablePath === undefined)(name, () => {
  let browser: Browser
  let folder = ''
  const complaints: string[] = []
  const pages: Page[] = []

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-test-'))
    for (const [file, run] of [
      ['plain', fixtureRun()],
      ['hostile', fixtureRun({ hostile: true })],
      ['large', manyTimes(fixtureRun({ hostile: true }), 8)],
    ] as const) {
      fs.writeFileSync(path.join(folder, `${file}.html`), htmlReport([run])[0]?.contents ?? '')
    }
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args })
  })
  afterEach(async () => {
    expect(complaints.splice(0)).toEqual([])
    for (const page of pages.splice(0)) await page.context().close()
  })
  afterAll(async () => {
    await browser?.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  const open = async (options: BrowserContextOptions = {}, file = 'plain', fragment = ''): Promise<Page> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    pages.push(page)
    page.on('console', (message) => complaints.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
    page.on('request', (request) => {
      if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`)
    })
    await page.goto(pathToFileURL(path.join(folder, `${file}.html`)).href + fragment)
    return page
  }
  const summaryOf = (id: string) => `details:has(> [id="${id}"]) > summary`
  const shown = (page: Page, selector: string) => page.locator(`${selector}:visible`).count()

  it('opens without a complaint and without a request', async () => {
    const page = await open()
    expect(await page.title()).toBe('4 unexpected results, 4 failed launches and 1 stale excuse · ipcmark')
    expect(await shown(page, 'table.matrix')).toBe(2)
  })

  it('opens the cases of a cell of the matrix, and then the ladder of a case', async () => {
    const page = await open()
    await page.click('a[aria-label^="pipe, eof"]')
    expect(await shown(page, '[id="pipe/eof"] > .case')).toBe(3)
    await page.click(summaryOf('x.eof-on-orderly-close@pipe'))
    expect(await page.locator('[id="x.eof-on-orderly-close@pipe"] .l li:visible').count()).toBeGreaterThan(8)
  })

  it('filters by mechanism, verdict and text, and says how much is left', async () => {
    const page = await open()
    const output = page.locator('.filter output')
    expect(await output.textContent()).toBe('213 cases')
    await page.selectOption('select[name=verdict]', 'unsupported')
    expect(await output.textContent()).toBe('4 of 213 cases')
    expect(await shown(page, '.case')).toBe(4)
    await page.selectOption('select[name=mechanism]', 'pipe')
    expect(await output.textContent()).toBe('2 of 213 cases')
    await page.fill('input[name=text]', 'o_clofork GLIBC')
    expect(await shown(page, '.case')).toBe(1)
    await page.fill('input[name=text]', 'no such thing')
    expect(await shown(page, '.mechanism')).toBe(0)
  })

  it('opens what a deep link leads to, a generic case without its mechanism too', async () => {
    const page = await open({}, 'plain', '#npipe.client-pid')
    const isOpen = (id: string) =>
      page.locator(`details:has(> [id="${id}"])`).evaluate((node) => node.hasAttribute('open'))
    expect(await isOpen('npipe.client-pid')).toBe(true)
    expect(await page.locator('[id="npipe.client-pid"] .l').isVisible()).toBe(true)
    await page.evaluate("location.hash = '#x.order-fifo'")
    await page.locator('[id^="x.order-fifo@"] .l').first().waitFor({ state: 'visible' })
  })

  it('filters by family', async () => {
    const page = await open()
    await page.selectOption('select[name=family]', 'socket')
    expect(await shown(page, 'section.family')).toBe(1)
    expect(await shown(page, '[data-mechanism=unix-stream].mechanism')).toBe(1)
    expect(await shown(page, '[data-mechanism=pipe].mechanism')).toBe(0)
  })

  it('unpacks the ladders of a large run: to draw them, and to find what is in them', async () => {
    const page = await open({}, 'large', '#x.read-empty-blocks@pipe')
    await page.locator('[id="x.read-empty-blocks@pipe"] .l').waitFor({ state: 'visible' })
    await page.fill('input[name=text]', 'x.read-empty-blocks read(3, 64) "hello"')
    expect(await shown(page, '.case')).toBeGreaterThan(0)
    await page.evaluate(openEverything)
    await page.waitForFunction("document.querySelector('.case:not([hidden]) .later') === null")
    expect(await page.evaluate('window.pwned')).toBeUndefined()
    expect(await page.locator('img').count()).toBe(0)
  })

  it('takes a filter away that would hide what a link leads to', async () => {
    const page = await open()
    await page.fill('input[name=text]', 'no such thing')
    await page.evaluate("location.hash = '#npipe.client-pid'")
    await page.locator('[id="npipe.client-pid"] .l').waitFor({ state: 'visible' })
  })

  it('is readable without JavaScript', async () => {
    const page = await open({ javaScriptEnabled: false })
    expect(await shown(page, '.filter')).toBe(0)
    await page.click('a[aria-label^="fifo, block"]')
    await page.click(summaryOf('fifo.open-rdonly-blocks-until-writer'))
    expect(await page.locator('[id="fifo.open-rdonly-blocks-until-writer"] .l').isVisible()).toBe(true)
    expect(await shown(page, 'table.figures')).toBe(4)
  })

  it('runs nothing that came from outside', async () => {
    const page = await open({}, 'hostile')
    expect(await page.evaluate('window.pwned')).toBeUndefined()
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('h2:has-text("Machine")').count()).toBeGreaterThan(0)
  })

  it.each([360, 768, 1360, 2200])('fits a screen of %i pixels', async (width) => {
    const page = await open({ viewport: { width, height: 900 } })
    await page.evaluate(openEverything)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
  })

  it('shows all its sections and keeps each score on one line on a narrow screen', async () => {
    const page = await open({ viewport: { width: 360, height: 900 } })
    expect(await page.evaluate(cutOffLinks)).toEqual([])
    expect(await page.evaluate(linesOfScores)).toEqual([1, 1])
  })

  it.each(['light', 'dark'] as const)('keeps the contrast that WCAG AA asks for (%s)', async (colorScheme) => {
    const page = await open({ colorScheme })
    await page.evaluate(openEverything)
    expect(await page.evaluate(faintTexts)).toEqual([])
    // The probe itself is on trial.
    await page.evaluate("document.querySelector('.when').style.color = 'rgb(128 128 128 / 50%)'")
    expect(await page.evaluate<string[]>(faintTexts)).not.toEqual([])
  })
})
