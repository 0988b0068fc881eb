/** From WSAStartup to closesocket. */

import { expectOutcome } from '../../../../harness/conformance/expect.ts'
import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { startWords } from '../../../mechanisms/winsock.ts'
import { tcpSocket } from './parts.ts'

const newTcpSocket = ['socket', 'AF_INET', 'SOCK_STREAM', 0] as const

export const lifetime: readonly SpecificCase[] = [
  {
    id: 'winsock.startup-required',
    mechanism: 'winsock-tcp',
    theme: 'err',
    core: true,
    says: 'Before WSAStartup, and after as many WSACleanups, a socket cannot be made: WSANOTINITIALISED.',
    cites: ['MS:WSAStartup', 'MS:WSACleanup', 'MS:WSAGetLastError'],
    async run({ start }) {
      const owner = await start('owner')
      expectOutcome(await owner.call(...newTcpSocket), 'socket at first').toFail('WSANOTINITIALISED')
      for (const time of ['first', 'second']) {
        const started = await owner.call(...startWords)
        expectOutcome(started, `the ${time} WSAStartup`).toReturn(0)
        expectOutcome(started, `the ${time} WSAStartup`).toGive('version', '2.2')
      }
      expectOutcome(await owner.call(...newTcpSocket), 'socket after it').toSucceed()
      expectOutcome(await owner.call('WSACleanup'), 'the first WSACleanup').toReturn(0)
      expectOutcome(await owner.call(...newTcpSocket), 'socket when one start is left').toSucceed()
      expectOutcome(await owner.call('WSACleanup'), 'the second WSACleanup').toReturn(0)
      expectOutcome(await owner.call(...newTcpSocket), 'socket in the end').toFail('WSANOTINITIALISED')
      expectOutcome(await owner.call('WSACleanup'), 'one WSACleanup too many').toFail('WSANOTINITIALISED')
    },
  },
  {
    id: 'winsock.closesocket-not-closehandle',
    mechanism: 'winsock-tcp',
    theme: 'cleanup',
    says: 'closesocket closes a socket: it is a handle no more, and every call on it fails with WSAENOTSOCK.',
    cites: ['MS:closesocket', 'MS "Windows Sockets Error Codes"'],
    async run({ start }) {
      const owner = await start('owner')
      const socket = await tcpSocket(owner)
      const alive = await owner.call('getsockopt', socket, 'SOL_SOCKET', 'SO_TYPE')
      expectOutcome(alive, 'getsockopt of the socket').toGive('value', 1)
      expectOutcome(await owner.call('closesocket', socket), 'closesocket').toReturn(0)
      expectOutcome(await owner.call('GetHandleInformation', socket), 'its handle').toFail('ERROR_INVALID_HANDLE')
      for (const [call, ...args] of [
        ['send', 'hello', 0],
        ['recv', 64, 0],
        ['listen', 1],
        ['shutdown', 'SD_BOTH'],
        ['getsockopt', 'SOL_SOCKET', 'SO_TYPE'],
        ['closesocket'],
      ] as const) {
        expectOutcome(await owner.call(call, socket, ...args), `${call} after it`).toFail('WSAENOTSOCK')
      }
    },
  },
]
