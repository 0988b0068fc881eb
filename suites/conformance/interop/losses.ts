/** How one system learns that the other side of a connection is no more, or never was. */

import { expectOutcome, expectValue } from '../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../harness/pair/stage.ts'
import { newSocket } from '../../mechanisms/sockets.ts'
import { noteLocks } from './shared-file.ts'
import { abort, bothSystems, bothWaysRound, connectionOf, type Side } from './sides.ts'

/** Waits for the end of a connect that did not wait, and takes what became of it. */
async function whatBecame({ os, call }: Side, socket: number) {
  if (os === 'linux') await call('poll', [[socket, 'POLLOUT']], 5000)
  else await call('select', [], [socket], [socket], 5000)
  return call('getsockopt', socket, 'SOL_SOCKET', 'SO_ERROR')
}

/** Connects without waiting for it; what became of that. */
async function connectInTime(side: Side, address: string) {
  const socket = await newSocket(side, side.words.stream)
  await side.must(...side.words.withoutWaiting(socket))
  const began = await side.call('connect', socket, address)
  expectOutcome(began, `connect that may not wait on ${side.os}`).toFail(side.words.underWay)
  return whatBecame(side, socket)
}

/** Connects without waiting to where the other side has an address: before that listens, and then. */
async function expectRefusedAndTaken(side: Side, other: Side, address: string): Promise<void> {
  const owner = await newSocket(other, other.words.stream)
  await other.must('bind', owner, address)
  const refused = await connectInTime(side, address)
  expectOutcome(refused, `SO_ERROR on ${side.os} where nobody listened`).toGive('error', side.words.refused)
  await other.must('listen', owner, 1)
  const taken = await connectInTime(side, address)
  expectOutcome(taken, `SO_ERROR on ${side.os} where somebody did`).toGive('value', 0)
}

/** Kills the process at the other end of a connection while this one waits to receive. */
async function expectLossTold(survivor: Side, victim: Side): Promise<void> {
  const receiving = survivor.recv(64)
  await survivor.blocked()
  const killed = performance.now()
  await victim.peer.kill()
  const told = await receiving
  expectOutcome(told, `recv on ${survivor.os}`).toBe({ anyOf: [{ ret: 0 }, { error: survivor.words.reset }] })
  expectValue(performance.now() - killed, 'the milliseconds from the kill to the news').toBeBetween(0, 1000)
}

export const losses: readonly SpecificCase[] = [
  {
    id: 'interop.reset-mapping',
    mechanism: 'tcp',
    with: 'windows',
    theme: 'err',
    says: 'A reset is ECONNRESET to Linux and WSAECONNRESET to Windows; a connect that does not wait is told of a refusal later.',
    cites: ['MS "Windows Sockets Error Codes"', 'XSH recv', 'XSH connect', 'MS:connect', 'RFC 9293 3.10.7'],
    async run(stage) {
      await bothWaysRound(stage, async (client, server) => {
        const receiving = client.recv(64)
        await client.blocked()
        await abort(server)
        expectOutcome(await receiving, `recv on ${client.os}`).toFail(client.words.reset)
        const late = await client.call('send', client.handle, 'x', client.words.quietly)
        stage.note(`send-after-it-on-${client.os}`, late.error ?? late.ret)
        await expectRefusedAndTaken(client, server, stage.names.address('inet'))
      })
    },
  },
  {
    id: 'interop.kill-peer',
    mechanism: 'tcp',
    with: 'windows',
    theme: 'crash',
    says: 'Of a process that is killed on one system the other one receives the end, or a reset, within a second.',
    cites: ['RFC 9293 3.6', 'XSH _exit', 'MS:TerminateProcess'],
    async run(stage) {
      const pair = await bothSystems(stage)
      const noteWhatIsLeft = await noteLocks(stage, pair)
      const first = await connectionOf(stage, pair, 'linux')
      await expectLossTold(first.client, first.server)
      await noteWhatIsLeft()
      const windows = await stage.start('another-winsock', 'windows')
      const second = await connectionOf(stage, { ...pair, windows }, 'windows')
      await expectLossTold(second.client, second.server)
    },
  },
]
