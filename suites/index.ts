/** Everything that ipcmark knows: the mechanisms, and what is claimed of them. */

import type { Suite } from '../harness/conformance/plan.ts'
import { genericCases } from './conformance/generic/index.ts'
import { interopCases } from './conformance/interop/index.ts'
import { linuxCases } from './conformance/linux/index.ts'
import { windowsCases } from './conformance/windows/index.ts'
import { mechanisms } from './mechanisms/index.ts'

export const suite: Suite = {
  mechanisms,
  generic: genericCases,
  specific: [...linuxCases, ...windowsCases, ...interopCases],
}
