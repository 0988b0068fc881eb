// How much memory the harness takes for a large record, and how long: that of a real run, with its launches again and
// again. Times are of the whole program, from its start to its end.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { bench, inFolder, ipcmark, timed } from './benching.mjs'

const records = 100_000
const mostMib = 150

/** Seconds that each may take. */
const formats = { csv: 2, html: 5, measurements: 5 }

/** Has a Node program say at its end how much memory it had at most, in KiB. */
const telling = 'data:text/javascript,process.on("exit",()=>console.log("\\nmaxRSS",process.resourceUsage().maxRSS))'

/** @returns {Promise<import('./benching.mjs').Figure[]>} */
export async function memoryFigures() {
  const { lines } = await bench(['pipe', 'unix-stream', 'posix-mq', '--quick', '--rounds', '1'])
  return inFolder(async (folder) => {
    const file = join(folder, 'results.jsonl')
    await writeLarge(file, lines)
    const figures = []
    for (const [format, most] of Object.entries(formats)) {
      const words = ['--import', telling, ipcmark(), 'report', file, '--format', format, '--output', folder]
      const { said, ms } = await timed(process.execPath, words)
      const mib = Number(/maxRSS (\d+)/.exec(said)?.[1]) / 1024
      figures.push({
        name: `memory of the harness, ${records} records as ${format}`,
        found: `${mib.toFixed(0)} MiB`,
        wanted: `under ${mostMib} MiB`,
        holds: mib < mostMib,
      })
      figures.push({
        name: `time, ${records} records as ${format}`,
        found: `${(ms / 1000).toFixed(1)} s`,
        wanted: `under ${most} s`,
        holds: ms < 1000 * most,
      })
    }
    return figures
  })
}

/** @param {string} file @param {readonly string[]} lines */
async function writeLarge(file, lines) {
  const out = createWriteStream(file)
  const parsed = lines.map((line) => JSON.parse(line))
  const launches = parsed.filter(({ type }) => type === 'launch')
  const put = async (/** @type {unknown} */ record) => {
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain')
  }
  for (const header of parsed.filter(({ type }) => type === 'run')) await put(header)
  for (let i = 0; i < records; i++) {
    await put({ ...launches[i % launches.length], round: Math.floor(i / launches.length) })
  }
  for (const end of parsed.filter(({ type }) => type === 'end')) await put({ ...end, launches: records })
  out.end()
  await finished(out)
}
