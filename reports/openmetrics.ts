/**
 * `metrics.prom`: OpenMetrics text, in base units, with the unit in each name. All are gauges, since each run says how
 * things are and adds nothing up; so a textfile collector, which knows the older format only, reads it too. A series is
 * named by what was measured and not by the run, and goes on from run to run: the run has a sample of its own.
 */

import type { Reporter, Runs } from '../harness/model.ts'
import { families, type Labels } from './openmetrics-families.ts'
import { visible } from './view/visible.ts'

export const openmetricsReport = ((runs) => [{ name: 'metrics.prom', contents: exposition(runs) }]) satisfies Reporter

function* exposition(runs: Runs): Generator<string> {
  for (const { name, unit, says, samples } of families) {
    const lines = samples(runs).flatMap(([labels, value]) =>
      value === undefined || !Number.isFinite(value) ? [] : `${name}${labelsOf(labels)} ${value}\n`,
    )
    if (lines.length === 0) continue
    yield `# TYPE ${name} gauge\n${unit === undefined ? '' : `# UNIT ${name} ${unit}\n`}# HELP ${name} ${says}\n`
    yield lines.join('')
  }
  yield '# EOF\n'
}

/** An empty label is none. */
function labelsOf(labels: Labels): string {
  const pairs = Object.entries(labels).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : `${name}="${escaped(String(value))}"`,
  )
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const signs: Readonly<Record<string, string>> = { '\\': '\\\\', '"': '\\"', '\n': '\\n' }
const escaped = (text: string): string => visible(text).replace(/[\\"\n]/g, (sign) => signs[sign] ?? '')
