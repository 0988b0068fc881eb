/** What a process that dies leaves in an object that lives on, and how another knows it again. */

import type { Outcome } from '../../harness/model.ts'
import { bytesOf } from '../../harness/pair/bytes.ts'

export const bequest = 'a bequest'

export const isBequest = (found: Outcome): boolean => bytesOf(found).toString() === bequest
