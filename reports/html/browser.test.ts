import fs from 'node:fs'
import { createRequire } from 'node:module'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Run } from '../../harness/model.ts'
import { chromiumHere, chromiumWords } from '../../scripts/chromium.mjs'
import { fixtureRun, manyTimes } from '../fixture/run.ts'
import {
  asAtFirst,
  axeFinds,
  columnOf,
  cutOffLinks,
  faintTexts,
  linesOfScores,
  openEverything,
} from './browser-probes.ts'
import { htmlReport } from './index.ts'

const executablePath = chromiumHere()
const name =
  executablePath === undefined
    ? 'the page in a browser (no Chromium is installed: set CHROMIUM)'
    : 'the page in a browser'

/** Of everything a little: axe-core looks at each element again and again. */
function brief(): Run {
  const run = fixtureRun()
  const few = ['pipe', 'unix-stream', 'win-anonymous-pipe']
  return {
    ...run,
    cases: run.cases.filter(
      ({ standing, verdict }, at) => standing !== 'expected' || verdict !== 'pass' || at % 12 === 0,
    ),
    launches: [...run.launches].filter(({ cell, verdict }) => verdict !== 'ok' || few.includes(cell.mechanism)),
  }
}

/** Texts of ten thousand characters without a place to break, wherever a text comes from outside. */
function longWinded(): Run {
  const run = brief()
  const long = (letter: string) => letter.repeat(10_000)
  const [first, ...others] = run.cases
  const launch = [...run.launches][0]
  if (first === undefined || launch === undefined) return run
  const { header } = run
  const worst = {
    id: `x.${long('i')}`,
    mechanism: long('m'),
    message: long('s'),
    observed: long('o'),
    cites: [long('c')],
  }
  return {
    ...run,
    header: { ...header, command: long('w'), environment: { ...header.environment, cpu: long('p') } },
    cases: [{ ...first, ...worst, verdict: 'fail', standing: 'regression' }, ...others],
    launches: [...run.launches, { ...launch, cell: { ...launch.cell, mechanism: long('n') } }],
    partial: long('d'),
  }
}

/** As it is where no script runs: axe-core is a script itself. */
const withoutScript = (page: string): string => page.replace(/<script>[\s\S]*<\/script>/, '')

describe.skipIf(executablePath === undefined)(name, () => {
  let browser: Browser
  let shared: Page
  let folder = ''
  const complaints: string[] = []
  const others: Page[] = []

  beforeAll(async () => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'report-test-'))
    const pageOf = (...runs: [Run, ...Run[]]) => String(htmlReport(runs)[0]?.contents)
    const pages = {
      plain: pageOf(fixtureRun()),
      hostile: pageOf(fixtureRun({ hostile: true })),
      large: pageOf(manyTimes(fixtureRun({ hostile: true }), 6)),
      long: pageOf(longWinded()),
      brief: pageOf(brief()),
      unscripted: withoutScript(pageOf(brief())),
      several: pageOf(brief(), { ...brief(), header: { ...brief().header, run: 'ipcmark-fixture-1-3-later' } }),
    }
    for (const [file, page] of Object.entries(pages)) fs.writeFileSync(path.join(folder, `${file}.html`), page)
    browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumWords })
    shared = await open()
    others.pop()
  })
  afterEach(async () => {
    expect(complaints.splice(0)).toEqual([])
    for (const page of others.splice(0)) await page.context().close()
    await shared.evaluate(asAtFirst)
  })
  afterAll(async () => {
    await browser?.close()
    fs.rmSync(folder, { recursive: true, force: true })
  })

  const addressOf = (file: string, fragment = '') => pathToFileURL(path.join(folder, `${file}.html`)).href + fragment

  const open = async (options: BrowserContextOptions = {}, file = 'plain', fragment = ''): Promise<Page> => {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    others.push(page)
    page.on('console', (message) => complaints.push(`console: ${message.text()}`))
    page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
    page.on('request', (request) => {
      if (!/^(file|data|blob):/.test(request.url())) complaints.push(`request: ${request.url()}`)
    })
    await page.goto(addressOf(file, fragment))
    return page
  }
  const summaryOf = (id: string) => `details:has(> [id="${id}"]) > summary`
  const shown = (page: Page, selector: string) => page.locator(`${selector}:visible`).count()
  const countIn = (form: string) => shared.locator(`form[name=${form}] output`).textContent()

  it('opens without a complaint and without a request', async () => {
    expect(await shared.title()).toBe('4 unexpected results, 4 failed launches and 1 stale excuse · ipcmark')
    expect(await shown(shared, 'table.matrix')).toBe(2)
  })

  it('leads past the navigation from the first stop of the keyboard', async () => {
    await shared.keyboard.press('Tab')
    expect(await shared.evaluate('document.activeElement.textContent')).toBe('Skip to the findings')
    await shared.keyboard.press('Enter')
    expect(await shared.evaluate('location.hash')).toBe('#main')
  })

  it('opens the cases of a cell of the matrix, and then the ladder of a case', async () => {
    await shared.click('.matrix a[href="#pipe/eof"]')
    expect(await shown(shared, '[id="pipe/eof"] > .case')).toBe(3)
    await shared.click(summaryOf('x.eof-on-orderly-close@pipe'))
    const body = shared.locator('[id="x.eof-on-orderly-close@pipe"]')
    expect(await body.locator('.l li:visible').count()).toBeGreaterThan(8)
    expect(await body.locator('a.to').getAttribute('href')).toBe('#x.eof-on-orderly-close@pipe')
  })

  it('filters cases by family, mechanism, verdict and text, and says how much is left', async () => {
    expect(await countIn('cases')).toBe('213 cases')
    const form = shared.locator('form[name=cases]')
    await form.locator('[name=verdict]').selectOption('unsupported')
    expect(await countIn('cases')).toBe('4 of 213 cases')
    expect(await shown(shared, '.case')).toBe(4)
    await form.locator('[name=mechanism]').selectOption('pipe')
    expect(await countIn('cases')).toBe('2 of 213 cases')
    await form.locator('[name=text]').fill('o_clofork GLIBC')
    expect(await shown(shared, '.case')).toBe(1)
    await form.locator('[name=text]').fill('no such thing')
    expect(await shown(shared, '.mechanism')).toBe(0)
    await shared.evaluate(asAtFirst)
    await form.locator('[name=family]').selectOption('socket')
    expect(await shown(shared, 'section.family')).toBe(1)
    expect(await shown(shared, '[data-mechanism=unix-stream].mechanism')).toBe(1)
  })

  it('keeps what was filtered in its address, which filters again', async () => {
    await shared.locator('form[name=cases] [name=verdict]').selectOption('unsupported')
    await shared.locator('form[name=cases] [name=text]').fill('clofork')
    const fragment = await shared.evaluate<string>('location.hash')
    expect(fragment).toBe('#conformance?verdict=unsupported&text=clofork')
    await shared.evaluate(asAtFirst)
    expect(await countIn('cases')).toBe('213 cases')
    await shared.evaluate(`location.hash = '${fragment}'`)
    await shared.waitForFunction("document.querySelector('form[name=cases] output').textContent.includes(' of ')")
    expect(await countIn('cases')).toBe('1 of 213 cases')
  })

  it('filters figures by mechanism, placement, size and how they were used', async () => {
    const whole = Number.parseInt((await countIn('figures')) ?? '', 10)
    const form = shared.locator('form[name=figures]')
    await form.locator('[name=mechanism]').selectOption('pipe')
    expect(await shown(shared, '#latency tbody tr[id]')).toBe(6)
    await form.locator('[name=placement]').selectOption('cross-core')
    await form.locator('[name=size]').selectOption('4096')
    expect(await countIn('figures')).toBe(`2 of ${whole} rows`)
    expect(await shown(shared, '#figures tr[id]')).toBe(2)
    await form.locator('[name=text]').fill('no such way')
    expect(await shown(shared, '#figures table')).toBe(0)
  })

  it('sorts tables within their groups by the keyboard: the better first, the other way round, as at first', async () => {
    const latencies = async () => await shared.evaluate<string[][]>(columnOf('latency', 2))
    const numbers = (groups: string[][]) => groups.map((group) => group.map((text) => Number.parseFloat(text)))
    const head = shared.locator('#latency thead th:nth-child(3)').first()
    const before = await latencies()
    const descending = numbers(before).map((group) => group.toSorted((a, b) => b - a))
    expect(before[0]?.length).toBeGreaterThan(2)
    await head.locator('button').focus()
    await shared.keyboard.press('Enter')
    expect(await head.getAttribute('aria-sort')).toBe('ascending')
    await shared.keyboard.press('Space')
    expect(await head.getAttribute('aria-sort')).toBe('descending')
    expect(numbers(await latencies())).toEqual(descending)
    expect(await shared.locator('[role=status]').textContent()).toBe('Sorted by Round trip, p50, descending')
    await shared.keyboard.press('Enter')
    expect(await head.getAttribute('aria-sort')).toBe(null)
    expect(await latencies()).toEqual(before)
  })

  it('opens what a deep link leads to: a case, a general claim, a row of figures', async () => {
    const isOpen = (id: string) =>
      shared.locator(`details:has(> [id="${id}"])`).evaluate((node) => node.hasAttribute('open'))
    await shared.evaluate("location.hash = '#npipe.client-pid'")
    await shared.locator('[id="npipe.client-pid"] .l').waitFor({ state: 'visible' })
    expect(await isOpen('npipe.client-pid')).toBe(true)
    await shared.evaluate("location.hash = '#x.order-fifo'")
    await shared.locator('[id="x.order-fifo"] dd').waitFor({ state: 'visible' })
    const row = 'cell-pipe-pingpong-64-same-core-awake'
    expect(await shared.locator(`[id="${row}"] th a`).getAttribute('href')).toBe(`#${row}`)
    await shared.evaluate(`location.hash = '#${row}'`)
    await shared.waitForFunction("scrollY > 1000 && document.querySelector('tr:target')")
  })

  it('takes a filter away that would hide what a link leads to', async () => {
    await shared.locator('form[name=cases] [name=text]').fill('no such thing')
    await shared.evaluate("location.hash = '#npipe.client-pid'")
    await shared.locator('[id="npipe.client-pid"] .l').waitFor({ state: 'visible' })
  })

  it('saves the rows behind the figures', async () => {
    const saved = shared.waitForEvent('download')
    await shared.click('button[data-save]')
    const download = await saved
    expect(download.suggestedFilename()).toBe('summary.csv')
    const text = fs.readFileSync(await download.path(), 'utf8')
    expect(text.startsWith('run,target,')).toBe(true)
    const told = /of (\d+) rows/.exec((await shared.locator('#raw summary').textContent()) ?? '')?.[1]
    expect(text.trimEnd().split('\n').length - 1).toBe(Number(told))
  })

  it('unpacks the cases of a large run: to show them, and to find what is in them', async () => {
    const page = await open({}, 'large', '#x.read-empty-blocks@pipe')
    await page.locator('[id="x.read-empty-blocks@pipe"] .l').waitFor({ state: 'visible' })
    expect(await page.locator('[id="x.read-empty-blocks@pipe"] .l i').allTextContents()).toContain('226')
    await page.fill('form[name=cases] [name=text]', 'x.read-empty-blocks read(3, 64) "hello"')
    await page.waitForFunction("document.querySelector('form[name=cases] output').textContent.includes(' of ')")
    expect(await shown(page, '.case')).toBeGreaterThan(0)
    await page.evaluate(openEverything)
    await page.waitForFunction(
      "document.querySelector('.groups>details:not([hidden]) :is(p[id], [data-part]):not([hidden])') === null",
    )
    expect(await page.evaluate('window.pwned')).toBeUndefined()
    expect(await page.locator('img').count()).toBe(0)
  })

  it('is readable without JavaScript', async () => {
    const page = await open({ javaScriptEnabled: false })
    expect(await shown(page, '.filter')).toBe(0)
    await page.click('.matrix a[href="#fifo/block"]')
    await page.click(summaryOf('fifo.open-rdonly-blocks-until-writer'))
    expect(await page.locator('[id="fifo.open-rdonly-blocks-until-writer"] .l').isVisible()).toBe(true)
    expect(await shown(page, '#figures table.figures')).toBe(4)
    await page.click('#raw summary')
    expect(await page.locator('#raw pre').textContent()).toContain('pingpong,64,same-core,awake')
    await page.goto(addressOf('large', '#fifo/block'))
    expect(await shown(page, '[id="fifo/block"] > :is(.case, p)')).toBeGreaterThan(3)
    expect(await page.locator('noscript').count()).toBe(1)
  })

  it('runs nothing that came from outside, and keeps its layout', async () => {
    const page = await open({ viewport: { width: 360, height: 900 } }, 'hostile')
    await page.evaluate(openEverything)
    expect(await page.evaluate('window.pwned')).toBeUndefined()
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('h2:has-text("Machine")').count()).toBeGreaterThan(0)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
    await page.goto(addressOf('long'))
    await page.evaluate(openEverything)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  })

  it('has nothing that axe-core finds wrong, and fits every width, in the light, in the dark and printed', async () => {
    const page = await open({ viewport: { width: 1360, height: 900 } }, 'brief')
    const axe = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
    const look = async (rules: 'all' | 'all but contrast') => {
      expect(await page.evaluate(axeFinds(rules))).toEqual([])
      expect(await page.evaluate(faintTexts)).toEqual([])
    }
    await page.evaluate(`${openEverything}\n${axe}`)
    await look('all')
    // The probes themselves are on trial.
    await page.evaluate("document.querySelector('.when').style.color = 'rgb(128 128 128 / 50%)'")
    expect(await page.evaluate<string[]>(faintTexts)).not.toEqual([])
    await page.evaluate("document.querySelector('.when').removeAttribute('style')")
    await page.emulateMedia({ colorScheme: 'dark' })
    expect(await page.evaluate(faintTexts)).toEqual([])
    await page.emulateMedia({ colorScheme: 'light', media: 'print' })
    expect(await page.evaluate(faintTexts)).toEqual([])
    expect(await shown(page, 'main section > h2')).toBe(await page.locator('main section > h2').count())
    expect(await shown(page, ':is(nav, .filter, .skip)')).toBe(0)
    await page.emulateMedia({ media: 'screen' })
    for (const width of [2200, 768, 360]) {
      await page.setViewportSize({ width, height: 900 })
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width)
    }
    await look('all but contrast')
    expect(await page.evaluate(cutOffLinks)).toEqual([])
    expect(await page.evaluate(linesOfScores)).toEqual([1, 1])
    await page.goto(addressOf('unscripted'))
    await page.evaluate(`${openEverything}\n${axe}`)
    await look('all but contrast')
  })

  it('shows several runs side by side, each by its letter', async () => {
    const page = await open({ viewport: { width: 360, height: 900 } }, 'several')
    expect(await page.locator('.matrix caption').allTextContents()).toEqual([
      'A: Linux',
      'A: Windows (Wine 8.0)',
      'B: Linux',
      'B: Windows (Wine 8.0)',
    ])
    expect(await page.locator('.when').count()).toBe(2)
    await page.evaluate(openEverything)
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  })
})
