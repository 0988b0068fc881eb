// Writes docs/coverage.md: every row of the catalogue with its case, its mechanism and its source. By hand, after cases or
// mechanisms have changed; a test says when that was forgotten.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isMain, main, root } from './steps.mjs'

/** What the build made of a source. @param {string} path */
const built = (path) => import(new URL(`../dist/suites/${path}`, import.meta.url).href)

if (isMain(import.meta.url)) {
  await main(async () => {
    const { coverageOf } = await built('coverage.js')
    const { catalogue } = await built('conformance/catalogue.js')
    const { suite } = await built('index.js')
    writeFileSync(join(root, 'docs', 'coverage.md'), coverageOf(catalogue, suite))
  })
}
