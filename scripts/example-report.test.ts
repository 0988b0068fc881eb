import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { privateIn } from './example-report.mjs'
import { root } from './steps.mjs'

const docs = (name: string) => join(root, 'docs', name)

test('places of the machine are found, and what a run makes is none', () => {
  expect(privateIn(`ipcmark run --output ${join(root, 'results')}`)).toBeDefined()
  expect(privateIn('--output /tmp/somewhere/else')).toBe('/tmp/somewhere')
  expect(privateIn('mkfifo("/tmp/ipcmark-linux-a-b-c/fifo")')).toBeUndefined()
})

test('the published example names no place of the machine that it was made on', () => {
  const page = readFileSync(docs('example-report.html'), 'utf8')
  expect(/\/(?:home|root|work|Users)\/|\/tmp\/(?!ipcmark-)/.exec(page)?.[0]).toBeUndefined()
})

test('the README shows pictures that are there, and small', () => {
  const pictures = [...readFileSync(join(root, 'README.md'), 'utf8').matchAll(/!\[[^\]]+\]\(docs\/([^)]+)\)/g)]
  expect(pictures.length).toBeGreaterThanOrEqual(2)
  for (const [, name = ''] of pictures) {
    expect(existsSync(docs(name))).toBe(true)
    expect(statSync(docs(name)).size).toBeLessThan(200_000)
  }
})
