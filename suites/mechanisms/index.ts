/** The table of contents of mechanisms: one file each. */

import type { Mechanism } from '../../harness/pair/stage.ts'
import { fifo } from './fifo.ts'
import { pipe } from './pipe.ts'
import { pipePacket } from './pipe-packet.ts'

export const mechanisms: readonly Mechanism[] = [pipe, pipePacket, fifo]
