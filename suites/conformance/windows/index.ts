import type { SpecificCase } from '../../../harness/pair/stage.ts'

export const windowsCases: readonly SpecificCase[] = []
