/** `ipcmark gate --self-test`: the gate on trial, and how often it is wrong on this machine. */

import { inkOf, span } from '../../reports/terminal/ink.ts'
import { table } from '../../reports/terminal/layout.ts'
import { GateError } from '../gate/conduct.ts'
import { type SelfTest, selfTest } from '../gate/self-test.ts'
import { exitCodes, type Injection } from '../model.ts'
import type { ArmSpec } from './arms.ts'
import { usage } from './failures.ts'
import { cellsOf } from './gate-cells.ts'
import { endingOf } from './gate-injection.ts'
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
    const held = (spec: ArmSpec, injection?: Injection): ArmSpec =>
      injection === undefined ? spec : { ...spec, heldUp: new Map([[injection.cell, injection.ns]]) }
    try {
      result = await selfTest({
        cells,
        rules,
        seed,
        signal: recording.signal,
        gates: simulatedGates,
        launching: ({ a, b }) => launching.in({ a: held(arms.a, a), b: held(arms.b, b) }).launch,
        cost: launching.calibrating.cost,
      })
    } catch (error) {
      throw error instanceof GateError ? usage(`${error.message}.`) : endingOf(error)
    } finally {
      await launching.close()
    }
  })
  if (result === undefined || session.signal.aborted) return exitCodes.interrupted
  process.stdout.write(words.flag('json') ? `${JSON.stringify(result)}\n` : selfTestText(result))
  return result.trials.every(({ good }) => good) ? exitCodes.pass : exitCodes.failure
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
