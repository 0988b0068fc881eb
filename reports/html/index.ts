/** `report.html`: the run as a page. */

import type { Reporter } from '../../harness/model.ts'
import { page } from './page.ts'

export const htmlReport = ((run) => [{ name: 'report.html', contents: page(run) }]) satisfies Reporter
