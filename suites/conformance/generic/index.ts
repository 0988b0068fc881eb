import type { GenericCase } from '../../../harness/pair/stage.ts'

export const genericCases: readonly GenericCase[] = []
