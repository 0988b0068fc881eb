/** Who waits on a socket, for how long, and who does not. */

import { expectOutcome, expectValue } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { mustListenAt } from '../../../mechanisms/sockets.ts'
import { winsockStream } from '../../../mechanisms/winsock-tcp.ts'
import { ownAddress } from '../../../mechanisms/winsock-udp.ts'
import { setPatience, tcpSocket, udpSocket } from './parts.ts'

const patienceMs = 50
/** A wait ends with a tick of the system's clock, the first of which has begun already. */
const tickMs = 16

export const waiting: readonly SpecificCase[] = [
  {
    id: 'winsock.rcvtimeo-is-dword-ms',
    mechanism: 'winsock-udp',
    theme: 'block',
    says: 'SO_RCVTIMEO is a DWORD of milliseconds; a recv that finds nothing for so long fails with WSAETIMEDOUT.',
    cites: ['MS:setsockopt', 'MS "SOL_SOCKET Socket Options"', 'MS:recv'],
    async run({ start, names, note }) {
      const owner = await start('owner')
      const socket = await udpSocket(owner)
      await owner.must('bind', socket, ownAddress(names))
      await setPatience(owner, socket, patienceMs)
      const asked = await owner.call('getsockopt', socket, 'SOL_SOCKET', 'SO_RCVTIMEO')
      expectOutcome(asked, 'getsockopt').toGive('value', patienceMs)
      const waited = await owner.call('recv', socket, 64, 0)
      expectOutcome(waited, 'recv').toFail('WSAETIMEDOUT')
      const took = waited.ns / 1e6
      note('waitedMs', took)
      expectValue(took >= patienceMs - tickMs, 'that it waited for its time').toEqual(true)
    },
  },
  {
    id: 'winsock.accept-inherits-nonblocking',
    mechanism: 'winsock-tcp',
    theme: 'naming',
    says: 'What is accepted waits, or does not, as its listener did at the time.',
    cites: ['MS:accept', 'MS:ioctlsocket'],
    async run({ start, names }) {
      const owner = await start('owner')
      const address = names.address('inet')
      const listener = await mustListenAt(owner, winsockStream, address, 2)
      for (let client = 0; client < 2; client++) await owner.must('connect', await tcpSocket(owner), address)

      await owner.must('ioctlsocket-FIONBIO', listener, 1)
      const impatient = await owner.must('accept', listener)
      const refused = await owner.call('recv', impatient, 64, 0)
      expectOutcome(refused, 'recv on what a listener accepted that does not wait').toFail('WSAEWOULDBLOCK')
      await owner.must('ioctlsocket-FIONBIO', listener, 0)
      const patient = await owner.must('accept', listener)
      void owner.call('recv', patient, 64, 0)
      await owner.blocked()
    },
  },
]
