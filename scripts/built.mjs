// What scripts use of the built harness. Sources are TypeScript: what runs is what the build made of them.
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { Failure, root } from './steps.mjs'

const sources = [
  'harness/conformance/plan',
  'harness/measure/budget',
  'harness/measure/placement',
  'harness/measure/run',
  'harness/measure/schedule',
  'harness/measure/statistics',
  'harness/measure/summary',
  'harness/pair/agent',
  'harness/pair/peer',
  'harness/pair/residue',
  'harness/pair/scope',
  'harness/pair/trace',
  'suites/benchmarks/gate',
  'suites/benchmarks/index',
  'suites/index',
]

/**
 * @returns {Promise<
 *   & typeof import('../harness/conformance/plan.ts')
 *   & typeof import('../harness/measure/budget.ts')
 *   & typeof import('../harness/measure/placement.ts')
 *   & typeof import('../harness/measure/run.ts')
 *   & typeof import('../harness/measure/schedule.ts')
 *   & typeof import('../harness/measure/statistics.ts')
 *   & typeof import('../harness/measure/summary.ts')
 *   & typeof import('../harness/pair/agent.ts')
 *   & typeof import('../harness/pair/peer.ts')
 *   & typeof import('../harness/pair/residue.ts')
 *   & typeof import('../harness/pair/scope.ts')
 *   & typeof import('../harness/pair/trace.ts')
 *   & typeof import('../suites/benchmarks/gate.ts')
 *   & typeof import('../suites/benchmarks/index.ts')
 *   & typeof import('../suites/index.ts')
 * >}
 */
export async function builtHarness() {
  const files = sources.map((source) => built(`dist/${source}.js`))
  return Object.assign({}, ...(await Promise.all(files.map((file) => import(file)))))
}

/** Where the build put a file; refuses, with what to do, when it did not. @param {string} path */
export function built(path) {
  const file = join(root, path)
  if (!existsSync(file)) throw new Failure(`there is no ${path}: run 'npm run build'`)
  return file
}
