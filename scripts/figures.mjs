// Prints what the harness itself costs on this machine: how soon a peer is ready, how long one verb takes there and back.
// By hand, after a build:
//
//   node scripts/figures.mjs [native | wine | exec:PREFIX]
import { isMain, main } from './steps.mjs'

/** What the build made of a source. @param {string} path */
const built = (path) => import(new URL(`../dist/${path}`, import.meta.url).href)

/** @param {number[]} times in milliseconds */
function spread(times) {
  const sorted = [...times].sort((a, b) => a - b)
  const at = (/** @type {number} */ share) =>
    `${((sorted[Math.floor(share * (sorted.length - 1))] ?? 0) * 1000).toFixed(0)} µs`
  return `median ${at(0.5)}, of ten nine within ${at(0.9)} (${times.length} times)`
}

/** @param {number} times @param {(index: number) => Promise<unknown>} body */
async function timed(times, body) {
  const taken = []
  for (let i = 0; i < times; i++) {
    const began = performance.now()
    await body(i)
    taken.push(performance.now() - began)
  }
  return taken
}

if (isMain(import.meta.url)) {
  await main(async () => {
    const target = process.argv[2] ?? 'native'
    const { startAgent } = /** @type {typeof import('../harness/pair/agent.ts')} */ (
      await built('harness/pair/agent.js')
    )
    const { newTroupe } = /** @type {typeof import('../harness/pair/peer.ts')} */ (await built('harness/pair/peer.js'))
    const { newTrace } = /** @type {typeof import('../harness/pair/trace.ts')} */ (await built('harness/pair/trace.js'))
    const { makeRunId } = /** @type {typeof import('../harness/pair/residue.ts')} */ (
      await built('harness/pair/residue.js')
    )
    const agent = await startAgent(/** @type {'native'} */ (target), makeRunId())
    console.log(`${target}: ${agent.info.system}${agent.info.emulator ? `, ${agent.info.emulator}` : ''}`)
    const many = agent.info.emulator ? 30 : 200
    const crowd = newTroupe(agent, 'crowd', newTrace())
    const parent = await crowd.start('producer')
    console.log(`a peer ready, from start: ${spread(await timed(many, (i) => crowd.start(`fresh-${i}`)))}`)
    console.log(`a peer ready, from fork:  ${spread(await timed(many, (i) => parent.fork(`forked-${i}`)))}`)
    await crowd.end()
    const pair = newTroupe(agent, 'pair', newTrace())
    const peer = await pair.start('producer')
    const call = agent.info.os === 'windows' ? 'GetCurrentProcessId' : 'getpid'
    await timed(200, () => peer.call(call)) // to warm both sides up
    console.log(`one verb there and back:  ${spread(await timed(2000, () => peer.call(call)))}`)
    await pair.end()
    await agent.close()
  })
}
