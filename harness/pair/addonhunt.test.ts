import { test } from 'vitest'
import { execSync } from 'node:child_process'
import { setTimeout as pause } from 'node:timers/promises'
import { answerTo, endOf, start } from './feed.ts'
import { makeRunId } from './residue.ts'
import { targetCommand } from './target.ts'
import { native } from '../native.ts'
test('x', async () => {
  const t = targetCommand('wine', { agent: '/tmp/addon-build/agent.exe' })
  const target = { ...t, env: { ...t.env, WINEPREFIX: '/tmp/addon-build/prefix' } }
  let bad = 0
  for (let round = 0; round < 150; round++) {
    const run = makeRunId()
    const child = start(target, run); const whole = endOf(child); const answered = answerTo(child, 2)
    let said = ''; child.stdout.on('data', (x) => said += x)
    child.stdin.write('1 agent hello 1\n2 agent start a/p\n'); await Promise.race([answered, whole])
    child.stdin.write('3 a/p fork a/q\n'); await pause(round % 15)
    child.stdin.end(); const e = await whole
    const t0 = Date.now()
    while (native().residueOf(run).length && Date.now() - t0 < 2000) await pause(5)
    const left = native().residueOf(run)
    if (left.length) { bad++; if (bad < 4) for (const l of left) console.log(round, round % 15, execSync(`tr '\\0' ' ' </proc/${l.name}/cmdline; echo; grep -E 'State|PPid|Threads' /proc/${l.name}/status; cat /proc/${l.name}/wchan /proc/${l.name}/syscall; ls -l /proc/${l.name}/fd; true`, { encoding: 'utf8' }), said.split('\n').slice(-4)); native().sweep(run); if (native().residueOf(run).length) console.log('UNSWEPT') }
  }
  console.log('bad', bad)
}, 500000)
