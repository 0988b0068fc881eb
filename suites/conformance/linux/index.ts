import type { SpecificCase } from '../../../harness/pair/stage.ts'

export const linuxCases: readonly SpecificCase[] = []
