/**
 * The system that the harness runs on, so that nothing else has to ask which one it is. Each answers in a file of its own.
 */

import { hostOs } from './host.ts'
import { linuxSystem } from './linux.ts'
import type { System } from './surroundings.ts'
import { windowsSystem } from './windows.ts'

export const system: System = hostOs === 'windows' ? windowsSystem() : linuxSystem()
