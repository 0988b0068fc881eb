/** `ipcmark history`: how figures went over stored runs, and where their level changed. */

import { writeFileSync } from 'node:fs'
import { historyHtml } from '../../reports/history/html.ts'
import { historyText } from '../../reports/history/terminal.ts'
import { suite } from '../../suites/index.ts'
import { trendsOf } from '../gate/history.ts'
import { exitCodes } from '../model.ts'
import { diskError } from '../record/error.ts'
import { resultsFolder } from '../record/folder.ts'
import { nothingRan } from './failures.ts'
import { terminalOf } from './screen.ts'
import { cellFilters, cellFiltersHelp, cellSelection } from './select-cells.ts'
import { storedRuns } from './stored-runs.ts'
import type { Verb } from './verb.ts'

export const history: Verb = {
  options: {
    ...cellFilters,
    html: { says: 'write a page with a line for each cell', value: 'FILE' },
    json: { says: 'print the trends as JSON' },
  },
  examples: [
    ['ipcmark history', `the runs in ${resultsFolder}`],
    ['ipcmark history records --mechanism pipe --html history.html', 'one mechanism, over a store of records'],
  ],
  about: [
    cellFiltersHelp,
    'A level changed where E-divisive finds it at 5 %: of 199 shufflings of the series fewer than ten differ as much. Six runs are needed for a change, three on either side.',
  ],
  exits: [
    ['0', 'the trends are told, whatever they are'],
    ['2', 'there are no records there'],
    ['4', 'no cell that was asked for is in them'],
  ],
  async run(words) {
    const places = words.texts('places')
    const runs = storedRuns(places.length > 0 ? places : [resultsFolder])
    const asked = Object.keys(cellFilters).flatMap((kind) => words.texts(kind).map((text) => ({ text, kind })))
    const wanted = cellSelection(asked, suite)
    const trends = trendsOf(runs).filter(({ cell }) => wanted(cell))
    if (trends.length === 0) throw nothingRan(`none of ${runs.length} runs has measured what was asked for.`)
    const page = words.text('html')
    if (page !== undefined) {
      try {
        writeFileSync(page, historyHtml(trends, runs.length))
      } catch (cause) {
        throw diskError(page, `write ${page}`, cause)
      }
    }
    process.stdout.write(
      words.flag('json')
        ? `${JSON.stringify(trends, undefined, 2)}\n`
        : historyText(trends, runs.length, terminalOf(process.stdout)),
    )
    return exitCodes.pass
  },
}
