/** `ipcmark gate --self-test`: the gate on trial, and how often it is wrong on this machine. */

import { inkOf, span } from '../../reports/terminal/ink.ts'
import { table } from '../../reports/terminal/layout.ts'
import { GateError } from '../gate/conduct.ts'
import { type SelfTest, selfTest } from '../gate/self-test.ts'
import { figureOf } from '../measure/summary.ts'
import { type Cell, exitCodes } from '../model.ts'
import { Ending, usage } from './failures.ts'
import { cellsOf } from './gate-cells.ts'
import { launchingOf } from './gate-launches.ts'
import type { Asked } from './gate-verdict.ts'
import { headerOf } from './header.ts'
import { recordWhile } from './recording.ts'
import { terminalOf } from './screen.ts'
import type { Session } from './session.ts'

/** So many gates are simulated from the noise that was measured. */
const simulatedGates = 2000

export async function testIn(session: Session, { words, arms, rules, policy, seed }: Asked): Promise<number> {
  const [a] = session.agents
  if (a === undefined) throw new Error('a self-test has an agent')
  const cells = cellsOf(words, policy, a.info.os)
  let result: SelfTest | undefined
  await recordWhile(headerOf(session, seed), words, session.signal, async (recording) => {
    const launching = launchingOf(session, arms, recording)
    const held = (a_: number, b_: number) => ({ a: { ...arms.a, injectNs: a_ }, b: { ...arms.b, injectNs: b_ } })
    try {
      result = await selfTest({
        cells,
        rules,
        seed,
        signal: recording.signal,
        gates: simulatedGates,
        launching: (inject) => launching.in(held(inject.a, inject.b)).launch,
        costOf: (cell) => costIn(cell, launching.in(arms).launch),
      })
    } catch (error) {
      if (error instanceof GateError) throw usage(`${error.message}.`)
      throw error
    } finally {
      await launching.close()
    }
  })
  if (result === undefined || session.signal.aborted) return exitCodes.interrupted
  process.stdout.write(words.flag('json') ? `${JSON.stringify(result)}\n` : selfTestText(result))
  return result.trials.every(({ good }) => good) ? exitCodes.pass : exitCodes.failure
}

/** What a message takes in a cell, in nanoseconds. */
async function costIn(cell: Cell, launch: ReturnType<ReturnType<typeof launchingOf>['in']>['launch']): Promise<number> {
  const { measures, message } = await launch('a', cell, 0)
  const figure = measures === undefined ? undefined : figureOf(measures)
  if (figure === undefined) {
    throw new Ending(`the first cell cannot be measured: ${message ?? 'it has no figure'}.`, exitCodes.harnessBroke)
  }
  return measures?.latency === undefined ? 1e9 / figure : figure
}

function selfTestText({ trials, falseFailures: { gates, red, atMost }, power }: SelfTest): string {
  const { columns, colour } = terminalOf(process.stdout)
  const ink = inkOf(colour)
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`
  const rows = trials.map(({ what, good, says }) => [
    span(`${good ? '✓' : '✗'} ${what}`, good ? 'green' : 'red'),
    span(says),
  ])
  const curve = power.map((one) => [
    span(`one cell ${percent(one.effect)} slower`),
    span(`red ${percent(one.red)}`),
    span(`cannot tell ${percent(one.inconclusive)}`, 'dim'),
  ])
  return [
    '',
    ...table(ink, rows, columns),
    '',
    ink(span('from the noise of these launches', 'bold')),
    `  identical arms: ${red} of ${gates} gates red, so at most ${percent(atMost)} (95 %)`,
    ...table(ink, curve, columns),
    '',
  ].join('\n')
}
