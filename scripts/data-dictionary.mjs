// Writes docs/data-dictionary.md: what each column of the CSV files holds. By hand, after columns have changed; a test says
// when that was forgotten.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { built } from './built.mjs'
import { isMain, main, root } from './steps.mjs'

if (isMain(import.meta.url)) {
  await main(async () => {
    const { dataDictionary } = await import(built('dist/reports/csv-dictionary.js'))
    writeFileSync(join(root, 'docs', 'data-dictionary.md'), dataDictionary())
  })
}
