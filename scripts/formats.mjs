// Writes docs/formats.md: every report format with its files and its readers. By hand, after a format was added or its
// guide has changed; a test says when that was forgotten.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { built } from './built.mjs'
import { isMain, main, root } from './steps.mjs'

if (isMain(import.meta.url)) {
  await main(async () => {
    const { formatsPage } = await import(built('dist/reports/formats-page.js'))
    const { formats } = await import(built('dist/reports/index.js'))
    writeFileSync(join(root, 'docs', 'formats.md'), formatsPage(formats))
  })
}
