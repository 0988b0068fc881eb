/** What is claimed about the sockets of the Unix domain. */

import type { SpecificCase } from '../../../../harness/pair/stage.ts'
import { closedPeers } from './closed-peers.ts'
import { credentials } from './credentials.ts'
import { datagrams } from './datagrams.ts'
import { inFlight } from './in-flight.ts'
import { listeners } from './listeners.ts'
import { names } from './names.ts'
import { passing } from './passing.ts'
import { paths } from './paths.ts'
import { records } from './seqpacket.ts'
import { streams } from './stream.ts'

const meeting = [...paths, ...names, ...listeners]
const talking = [...streams, ...records, ...datagrams, ...closedPeers]
const given = [...credentials, ...passing, ...inFlight]

export const unixCases: readonly SpecificCase[] = [...meeting, ...talking, ...given]
