// What a launch takes beside its measuring, and a quick run over everything.
import { builtHarness } from '../built.mjs'
import { bench } from './benching.mjs'

const longestBesidesMs = 60
const longestQuickS = 60

/** @returns {Promise<import('./benching.mjs').Figure[]>} */
export async function launchFigures() {
  const { median, timeFor, budgets } = await builtHarness()
  const { ms, launches } = await bench(['--quick', '--runtime', 'native'])
  /** @type {Map<string, number[]>} */
  const besides = new Map()
  for (const { cell, verdict, ms: took } of launches) {
    if (verdict !== 'ok') continue
    const { warmupMs, measureMs } = timeFor(cell.workload, budgets.quick)
    const of = besides.get(cell.mechanism) ?? []
    besides.set(cell.mechanism, [...of, took - warmupMs - measureMs])
  }
  const medians = [...besides].map(([mechanism, all]) => ({ mechanism, ms: median(all) })).sort((a, b) => b.ms - a.ms)
  const slow = medians.filter((one) => one.ms >= longestBesidesMs)
  const worst = medians[0]
  const others = slow.length > 1 ? `, and ${slow.length - 1} more above` : ''
  const wrong = launches.filter(({ verdict }) => verdict !== 'ok' && verdict !== 'unsupported').length
  return [
    {
      name: `a launch beside its measuring, median of each of ${medians.length} mechanisms`,
      found: `${median(medians.map((one) => one.ms)).toFixed(0)} ms; most ${worst?.ms.toFixed(0)} ms, ${worst?.mechanism}${others}`,
      wanted: `under ${longestBesidesMs} ms`,
      holds: medians.length > 0 && slow.length === 0,
    },
    {
      name: `bench --quick over all native mechanisms, ${launches.length} launches, ${wrong} went wrong`,
      found: `${(ms / 1000).toFixed(1)} s`,
      wanted: `under ${longestQuickS} s`,
      holds: ms < 1000 * longestQuickS && launches.length > 0 && wrong === 0,
    },
  ]
}
