import { test, expect } from 'vitest'
import { answerTo, endOf, start, leftBehind } from './feed.ts'
import { makeRunId } from './residue.ts'
import { targetCommand } from './target.ts'
test('x', async () => {
  const target = targetCommand('wine')
  for (let i = 0; i < 60; i++) {
    const run = makeRunId()
    const child = start(target, run); const whole = endOf(child)
    let said=''; child.stdout.on('data', (t) => said += t)
    const answered = answerTo(child, 3)
    const t0=performance.now()
    for (const byte of Buffer.from('1 agent hello 1\n2 agent start a/p\n3 a/p GetCurrentProcessId\n')) { child.stdin.write(Buffer.from([byte])); await new Promise(r => setImmediate(r)) }
    const late = setTimeout(async () => { console.log('HUNG', i, said, (await import('node:child_process')).execSync('ps aux | grep agent.exe | grep -v grep; true', {encoding:'utf8'})) }, 8000)
    await Promise.race([answered, whole]); const t1=performance.now()
    child.stdin.end(); const e = await whole; clearTimeout(late)
    if (i%10===0) console.log(i, t1-t0, performance.now()-t1, e.code, e.signal)
    expect(await leftBehind(run)).toEqual([])
  }
}, 500000)
