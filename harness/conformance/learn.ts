/**
 * An expectations file learnt from a run: one entry for each deviation that was seen, with what was observed, and an empty
 * place for the reason and the link, which only a person can give. Until they are given the file is refused, so that
 * nothing is excused without a word.
 */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import type { CaseRecord, Deviation, Expectations } from '../model.ts'
import { ExpectationsError } from './expectations.ts'

/** Reasons that an earlier file gives are kept for what still deviates in the same way. */
export function learnt(platform: string, records: readonly CaseRecord[], earlier?: Expectations): Expectations {
  const given = new Map((earlier?.deviations ?? []).map((one) => [`${one.case} ${one.verdict}`, one]))
  const deviations = records.filter(deviates).map((record): Deviation => {
    const { reason = '', link = '' } = given.get(`${record.id} ${record.verdict}`) ?? record.deviation ?? {}
    return { case: record.id, verdict: record.verdict, observed: observedIn(record), reason, link }
  })
  return { platform: earlier?.platform ?? platform, deviations: deviations.sort((a, b) => (a.case < b.case ? -1 : 1)) }
}

const deviates = ({ verdict }: CaseRecord): boolean => verdict === 'fail' || verdict === 'crash' || verdict === 'hang'

const observedIn = ({ observed, message, verdict }: CaseRecord): string => observed ?? message ?? verdict

/** Writes what was learnt; answers how many entries there are, and how many of them lack a reason. */
export function learnInto(file: string, platform: string, records: readonly CaseRecord[]): Learnt {
  const earlier = earlierIn(file)
  const expectations = learnt(platform, records, earlier)
  writeFileSync(file, `${JSON.stringify(expectations, undefined, 2)}\n`)
  const { deviations } = expectations
  return { entries: deviations.length, withoutReason: deviations.filter(({ reason }) => reason === '').length }
}

/** What an earlier file says, where there is one. It may lack reasons, and nothing else. */
export function earlierIn(file: string): Expectations | undefined {
  if (!existsSync(file)) return undefined
  try {
    const { platform, deviations } = JSON.parse(readFileSync(file, 'utf8')) as Expectations
    if (typeof platform === 'string' && Array.isArray(deviations)) return { platform, deviations }
  } catch (cause) {
    throw new ExpectationsError(`${file} cannot be read as expectations: ${(cause as Error).message}; name another.`, {
      cause,
    })
  }
  throw new ExpectationsError(`${file} is no file of expectations, and is left as it is; name another.`)
}

export interface Learnt {
  readonly entries: number
  readonly withoutReason: number
}
