/** The columns of conformance.csv: one row for each case, with what came out of it and what that rests on. */

import type { CaseRecord, Runs } from '../harness/model.ts'
import { column, type Origin, originColumns } from './csv-shared.ts'
import type { CsvColumn, CsvUnit, CsvValue } from './csv-text.ts'
import { familyOf } from './view/families.ts'
import { sortedById } from './view/tally.ts'

export interface ConformanceRow extends Origin {
  readonly one: CaseRecord
}

/** By case within each run: it plays them in a random order. */
export function* conformanceRows(runs: Runs): Generator<ConformanceRow> {
  for (const { header: run, cases } of runs) {
    for (const one of sortedById(cases)) yield { run, info: run.targets.find(({ id }) => id === one.target), one }
  }
}

const own = (name: string, unit: CsvUnit, says: string, of: (one: CaseRecord) => CsvValue, empty = '') =>
  column<ConformanceRow>(name, unit, says, ({ one }) => of(one), empty)

const notExcused = 'No deviation is excused.'

export const conformanceColumns: readonly CsvColumn<ConformanceRow>[] = [
  column('run', 'text', 'the run’s id', ({ run }) => run.run),
  own('target', 'text', 'where the processes ran', ({ target }) => target),
  own('os', 'text', 'linux or windows', ({ os }) => os),
  own('family', 'text', 'the family of the mechanism; other where the suite does not know it', ({ mechanism }) =>
    familyOf(mechanism),
  ),
  own('mechanism', 'text', 'the mechanism’s id', ({ mechanism }) => mechanism),
  own('theme', 'text', 'what the case is about', ({ theme }) => theme),
  own('case', 'text', 'the case’s id', ({ id }) => id),
  own('core', 'true or false', 'whether it is part of the quick selection', ({ core }) => core),
  own('verdict', 'text', 'pass, fail, unsupported, broken, crash, hang or observed', ({ verdict }) => verdict),
  own(
    'standing',
    'text',
    'the verdict against the expectations file: expected, regression, known or fixed',
    ({ standing }) => standing,
  ),
  own('says', 'text', 'the claim, one sentence', ({ says }) => says),
  own('expected', 'text', 'what was expected', ({ expected }) => expected, 'It came.'),
  own('observed', 'text', 'what was seen instead', ({ observed }) => observed, 'What was expected came.'),
  own(
    'message',
    'text',
    'one sentence: what was wrong, missing or observed',
    ({ message }) => message,
    'There is nothing to say.',
  ),
  own('cites', 'list', 'what the claim rests on', ({ cites }) => cites.join(' | ')),
  own('reason', 'text', 'why a deviation is excused', ({ deviation }) => deviation?.reason, notExcused),
  own('link', 'text', 'where that deviation is described', ({ deviation }) => deviation?.link, notExcused),
  own('with_target', 'text', 'the other target', (one) => one.with?.target, 'The case has peers on one.'),
  own('arm', 'text', 'the side of a gate', ({ arm }) => arm, 'The run is no gate.'),
  own('shard', 'count', 'of which part of a merged run it is', ({ shard }) => shard, 'The run was not merged.'),
  own('duration_ns', 'ns', 'how long the case took', ({ ms }) => Math.round(ms * 1e6)),
  ...originColumns<ConformanceRow>((row) => row),
]
