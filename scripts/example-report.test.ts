import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { runInThisContext } from 'node:vm'
import { expect, test } from 'vitest'
import { fixtureRun } from '../reports/fixture/run.ts'
import { inflatedScript } from '../reports/html/deflated.ts'
import { flawOf, privateIn } from './example-report.mjs'
import { root } from './steps.mjs'

const docs = (name: string) => join(root, 'docs', name)

test('places of the machine are found, and what a run makes is none', () => {
  expect(privateIn(`ipcmark run --output ${join(root, 'results')}`)).toBeDefined()
  expect(privateIn('--output /tmp/somewhere/else')).toBe('/tmp/somewhere')
  expect(privateIn('mkfifo("/tmp/ipcmark-linux-a-b-c/fifo")')).toBeUndefined()
})

test('the published example names no place of the machine that it was made on, packed or not', async () => {
  const page = readFileSync(docs('example-report.html'), 'utf8')
  const packed = await unpackedIn(page)
  expect(packed.length).toBeGreaterThan(100_000)
  for (const text of [page, packed])
    expect(/\/(?:home|root|work|Users)\/|\/tmp\/(?!ipcmark-)/.exec(text)?.[0]).toBeUndefined()
})

/** What the page's own script makes of what is packed in it. */
async function unpackedIn(page: string): Promise<string> {
  const templates = [...page.matchAll(/<template id=packed[^>]*>([^<]+)<\/template>/g)].map(([, letters]) => letters)
  const values = await Promise.all(
    templates.map((textContent) =>
      runInThisContext(`(() => {${inflatedScript}; return inflated })()`)({ content: { textContent } }),
    ),
  )
  expect(values.length).toBeGreaterThan(0)
  return JSON.stringify(values)
}

test('a run that is not whole, or has news, is no example', () => {
  const run = fixtureRun()
  const cases = run.cases.filter(({ standing }) => standing === 'expected' || standing === 'known')
  expect(flawOf({ ...run, cases })).toBeUndefined()
  expect(flawOf(run)).toMatch(/news/)
  expect(flawOf({ ...run, cases, partial: 'its last line is cut' })).toMatch(/cut/)
  const { end: _, ...cut } = run
  expect(flawOf({ ...cut, cases })).toMatch(/end/)
})

test('the README shows pictures that are there, and small', () => {
  const pictures = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/!\[[^\]]+\]\(docs\/([^)]+)\)/g)]
  expect(pictures.length).toBeGreaterThanOrEqual(2)
  for (const [, name = ''] of pictures) {
    expect(existsSync(docs(name))).toBe(true)
    expect(statSync(docs(name)).size).toBeLessThan(200_000)
  }
})
