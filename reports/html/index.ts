/** `report.html`: runs as a page. */

import type { Reporter } from '../../harness/model.ts'
import { page } from './page.ts'

export const htmlReport = ((runs) => [{ name: 'report.html', contents: page(runs) }]) satisfies Reporter
