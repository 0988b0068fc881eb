import { test, expect } from 'vitest'
import { execSync } from 'node:child_process'
import { feed } from './feed.ts'
import { conversation, dice, mutate, ownPid } from './fuzz.ts'
import { makeRunId } from './residue.ts'
import { targetCommand } from './target.ts'
import { native } from '../native.ts'
test('x', async () => {
  const t = targetCommand('wine')
  const target = { ...t, env: { ...t.env, WINEPREFIX: '/tmp/addon-build/prefix' } }
  const end = Date.now() + 200000
  for (let seed = 1; Date.now() < end; seed++) {
    const roll = dice(seed)
    if (seed % 5 === 0) execSync('wineserver -k; true', { env: { ...process.env, WINEPREFIX: '/tmp/addon-build/prefix' } })
    for (let round = 0; round < 12; round++) {
      const run = makeRunId()
      const input = `${mutate(conversation('windows', run), roll).join('\n')}\n424242 a/producer ${ownPid.windows}\n`
      const e = await feed(target, run, input, { last: 424242, wait: 100 })
      const t0 = Date.now()
      while (native().residueOf(run).length && Date.now() - t0 < 3000) await new Promise((r) => setTimeout(r, 5))
      const left = native().residueOf(run)
      if (left.length || e.code !== 0 && e.code !== 2) {
        console.log('seed', seed, 'round', round, e.code, e.signal, Date.now() - t0, left, e.complaints)
        for (const l of left) console.log(execSync(`tr '\\0' ' ' </proc/${l.name}/cmdline; echo; grep -E 'State|PPid|Threads' /proc/${l.name}/status; cat /proc/${l.name}/wchan; true`, { encoding: 'utf8' }))
        console.log(execSync(`for p in /proc/[0-9]*; do grep -qz IPCMARK_RUN=${run} $p/environ 2>/dev/null && echo $p $(tr '\\0' ' ' <$p/cmdline); done; true`, { encoding: 'utf8' }))
        console.log(input.slice(0, 1500)); console.log(e.lines.map(l=>l.slice(0,200)).join('\n'))
        native().sweep(run)
      }
    }
    if (seed % 5 === 0) console.log('seed', seed)
  }
}, 500000)
