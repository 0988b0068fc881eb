// Writes docs/formats.md: every report format with its files and its readers. By hand, after a format was added or its
// guide has changed; a test says when that was forgotten.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMain, main, root } from './steps.mjs'

/** What the build made of a source. @param {string} name */
const built = (name) => import(new URL(`../dist/reports/${name}`, import.meta.url).href)

if (isMain(import.meta.url)) {
  await main(async () => {
    const { formatsPage } = await built('formats-page.js')
    const { formats } = await built('index.js')
    writeFileSync(join(root, 'docs', 'formats.md'), formatsPage(formats))
  })
}
