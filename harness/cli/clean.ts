/** `ipcmark clean`: removes what dead runs left on this machine, and says what that was. Living runs are not touched. */

import { exitCodes } from '../model.ts'
import type { Leftover } from '../native.ts'
import { clean as removeResidue } from '../pair/residue.ts'
import { columns } from './columns.ts'
import { type Paint, paintFor } from './screen.ts'
import type { Verb } from './verb.ts'

export const clean: Verb = {
  options: { json: { says: 'print JSON on standard output' } },
  examples: [['ipcmark clean', 'after a run that was killed']],
  exits: [
    ['0', 'nothing is left'],
    ['2', 'the command line makes no sense'],
    ['5', 'something would not go'],
  ],
  async run(words) {
    const cleaned = removeResidue()
    const paint = paintFor(process.stdout)
    if (words.flag('json')) process.stdout.write(`${JSON.stringify(cleaned, undefined, 2)}\n`)
    else process.stdout.write(shown(cleaned.removed, paint))
    if (cleaned.stuck.length === 0) return exitCodes.pass
    process.stderr.write(
      `ipcmark: this would not go; try again as the user who owns it:\n${rows(cleaned.stuck, paint)}\n`,
    )
    return exitCodes.harnessBroke
  },
}

function shown(removed: readonly Leftover[], paint: Paint): string {
  if (removed.length === 0) return 'Nothing was left by a dead run.\n'
  const runs = new Set(removed.map((one) => one.run)).size
  const head = `Removed ${removed.length} ${removed.length === 1 ? 'thing' : 'things'} that ${runs === 1 ? 'a dead run' : `${runs} dead runs`} left:`
  return `${head}\n${rows(removed, paint)}\n`
}

const rows = (leftovers: readonly Leftover[], paint: Paint): string =>
  columns(leftovers.map(({ kind, name, run }) => [kind, paint('bold', name), paint('dim', run)]))
