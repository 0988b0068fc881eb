/** Messages with descriptors along, and what recvmsg says beside the bytes. */

import type { Arg, Outcome } from '../../../../harness/model.ts'
import { numbersOut } from '../../../../harness/pair/wire.ts'

/** Control data that passes descriptors. */
export const rights = (...descriptors: readonly number[]): Arg => [['rights', ...descriptors]]

/** Room for the control data of so many descriptors and not one more: CMSG_LEN where a length has 64 bits. */
export const roomFor = (descriptors: number): number => 16 + 4 * descriptors

export const rightsOf = (received: Outcome): number[] => numbersOut(received, 'rights')

/** The flags that recvmsg set. */
export const flagsOf = (received: Outcome): string[] => String(received.out?.flags).split('|')
