// How much memory the harness takes for a large record: that of a real run, with its launches again and again.
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { bench, inFolder, ipcmark, timed } from './benching.mjs'

const records = 100_000
const mostMib = 150

/** Has a Node program say at its end how much memory it had at most, in KiB. */
const telling = 'data:text/javascript,process.on("exit",()=>console.log("\\nmaxRSS",process.resourceUsage().maxRSS))'

/** @returns {Promise<import('./benching.mjs').Figure[]>} */
export async function memoryFigures() {
  const { lines } = await bench(['pipe', 'unix-stream', 'posix-mq', '--quick', '--rounds', '1'])
  return inFolder(async (folder) => {
    const file = join(folder, 'results.jsonl')
    await writeLarge(file, lines)
    const figures = []
    for (const format of ['csv', 'html', 'measurements']) {
      const words = ['--import', telling, ipcmark(), 'report', file, '--format', format, '--output', folder]
      const { said } = await timed(process.execPath, words)
      const mib = Number(/maxRSS (\d+)/.exec(said)?.[1]) / 1024
      figures.push({
        name: `memory of the harness, ${records} records as ${format}`,
        found: `${mib.toFixed(0)} MiB`,
        wanted: `under ${mostMib} MiB`,
        holds: mib < mostMib,
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
