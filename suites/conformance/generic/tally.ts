/** What many calls in one have said: equal outcomes are counted. */

import type { Outcome } from '../../../harness/model.ts'
import { listOut } from '../../../harness/pair/wire.ts'

/** Equal outcomes of a repeated call: bytes are told apart by checksum. */
export interface TallyRow {
  /** The length of what was moved, or what the call returned. */
  readonly ret: number
  readonly crc?: number
  readonly error?: string
  readonly count: number
}

export const tallyOf = (outcome: Outcome): readonly TallyRow[] =>
  listOut(outcome, 'tally') as unknown as readonly TallyRow[]

/** The rows of transfers that moved something. */
export const transfersOf = (outcome: Outcome): readonly TallyRow[] =>
  tallyOf(outcome).filter((row) => row.error === undefined && row.ret > 0)

export const bytesIn = (rows: readonly TallyRow[]): number => rows.reduce((sum, row) => sum + row.ret * row.count, 0)

/** A row in words, for comparisons. */
export const describeRow = ({ ret, crc, count }: TallyRow): string => `${count} × ${ret} bytes, checksum ${crc}`
