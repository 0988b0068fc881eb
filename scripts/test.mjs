// Sets up, runs every test, and ends with the line that sums them up: `tests: N passed, N failed, N skipped`. Arguments go
// to vitest: `npm test -- harness/pair`.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { hostPreset } from './build.mjs'
import { setup } from './setup.mjs'
import { main, root, show } from './steps.mjs'

await main(async () => {
  await setup()
  const totals = { passed: 0, failed: 0, skipped: 0 }
  const add = (/** @type {typeof totals} */ more) => {
    totals.passed += more.passed
    totals.failed += more.failed
    totals.skipped += more.skipped
  }
  const chosen = process.argv.slice(2)
  // Arguments choose among the tests in TypeScript: whoever gives some does not ask for the native ones.
  if (chosen.length === 0) add(nativeTests())
  add(typescriptTests(chosen))
  console.log(`tests: ${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
  return totals.failed === 0 && totals.passed > 0 ? 0 : 1
})

function nativeTests() {
  const none = { passed: 0, failed: 0, skipped: 0 }
  const folder = join(root, 'build', hostPreset())
  if (!existsSync(join(folder, 'CTestTestfile.cmake'))) return none
  const report = join(root, 'build', 'ctest.xml')
  rmSync(report, { force: true })
  const code = show('ctest', [
    ...['--test-dir', folder, '-C', 'Release', '--output-on-failure', '--no-tests=ignore', '--output-junit', report],
  ])
  if (!existsSync(report)) return { ...none, failed: code === 0 ? 0 : 1 }
  const head = /<testsuite[^>]*>/.exec(readFileSync(report, 'utf8'))?.[0] ?? ''
  const count = (/** @type {string} */ name) => Number(new RegExp(`\\b${name}="(\\d+)"`).exec(head)?.[1] ?? 0)
  const failed = count('failures')
  const skipped = count('skipped') + count('disabled')
  return { passed: count('tests') - failed - skipped, failed: code !== 0 && failed === 0 ? 1 : failed, skipped }
}

/** @param {string[]} args */
function typescriptTests(args) {
  const report = join(root, 'build', 'vitest.json')
  rmSync(report, { force: true })
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  const code = show(process.execPath, [vitest, 'run', ...reporters, ...args])
  if (!existsSync(report)) return { passed: 0, failed: 1, skipped: 0 }
  const result = JSON.parse(readFileSync(report, 'utf8'))
  // A file that does not even load has no tests to count: it is one failure itself.
  const broken = result.testResults.filter(
    (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
      file.status === 'failed' && file.assertionResults.length === 0,
  ).length
  const failed = result.numFailedTests + broken
  return {
    passed: result.numPassedTests,
    // vitest also fails for an error outside any test, which its report does not count.
    failed: code !== 0 && failed === 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  }
}
