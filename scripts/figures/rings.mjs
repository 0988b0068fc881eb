// Rings in shared memory against what the machine can do at best: cache lines to and fro, a ring written by hand, and the
// copying of what another core has written. Both sides spin, each on a core of its own.
import { built, builtHarness } from '../built.mjs'
import { ratiosInBlocks, timed, withLaunches } from './benching.mjs'

/** @typedef {import('../../harness/model.ts').Cell} Cell */

/** @param {Partial<Cell>} more @returns {Cell} */
const crossCore = (more) => ({
  ...{ mechanism: 'posix-shm', workload: 'stream', size: 64 },
  ...{ placement: 'cross-core', cores: 'awake', runtime: 'native', ...more },
})
/** @param {Partial<Cell>} more */
const ring = (more) => crossCore({ wait: 'spin', ...more })
/** @param {string} mechanism @param {number} size */
const baseline = (mechanism, size) => crossCore({ mechanism, workload: 'baseline', size })

/** Messages a second of the ring by hand. @param {readonly [number, number]} cpus @param {number} size */
async function byHand(cpus, size) {
  const messages = 10_000_000
  const words = ['stream', size, ...cpus, messages / 10, messages].map(String)
  const { said } = await timed(built('build/linux/ipcmark-reference-ring'), words)
  return 1e9 / JSON.parse(said).medianNs
}

/** @param {{ blocks: number }} options @returns {Promise<import('./benching.mjs').Figure[]>} */
export async function ringFigures({ blocks }) {
  const { median, medianInterval } = await builtHarness()
  return withLaunches(async ({ launch, cpus }) => {
    /** @param {string} name @param {'at least' | 'at most'} bound @param {number} limit
     * @param {() => Promise<number>} a @param {() => Promise<number>} b */
    const figure = async (name, bound, limit, a, b) => {
      const ratios = await ratiosInBlocks(blocks, a, b)
      const [ratio, { low, high }] = [median(ratios), medianInterval(ratios)]
      return {
        name,
        found: `${ratio.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})`,
        wanted: `${bound} ${limit}`,
        holds: bound === 'at least' ? ratio >= limit : ratio <= limit,
      }
    }
    /** @param {number} size */
    const roundTrip = (size) =>
      figure(
        `ring, round trip of ${size} B, × cache lines to and fro`,
        'at most',
        1.15,
        () => launch(ring({ workload: 'pingpong', size })),
        () => launch(baseline('cache-line', size)),
      )
    return [
      await roundTrip(8),
      await roundTrip(64),
      await figure(
        'ring, rate at 64 B, × ring by hand',
        'at least',
        1,
        () => launch(ring({ size: 64 })),
        () => byHand(cpus, 64),
      ),
      await figure(
        'ring, rate at 8 B in batches, × ring by hand',
        'at least',
        1.5,
        () => launch(ring({ size: 8, method: 'batch' })),
        () => byHand(cpus, 8),
      ),
      // Both read every byte where another core wrote it; a receiver that copies first reads each twice.
      await figure(
        'ring, rate at 64 KiB read where it lies, × copying between cores',
        'at least',
        0.9,
        () => launch(ring({ size: 65_536, transfer: 'loan' })),
        () => launch(baseline('memcpy-across', 65_536)),
      ),
      await figure(
        'ring, rate at 64 KiB copied out and then read, × copying between cores',
        'at least',
        0.9,
        () => launch(ring({ size: 65_536 })),
        () => launch(baseline('memcpy-across', 65_536)),
      ),
    ]
  })
}
