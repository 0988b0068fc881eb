/**
 * For which system a program was made, by what its file begins with: an agent for another system is refused by its name
 * and not by what that system's loader, or a shell, makes of it. A script is for whoever starts it, and nothing is said.
 */

import { closeSync, openSync, readSync } from 'node:fs'
import type { Os } from '../model.ts'

export interface Executable {
  readonly os: Os
  /** Of what width, and by which processor if not by one of ours: `64-bit`, `32-bit`, `foreign`. */
  readonly machine: '64-bit' | '32-bit' | 'foreign'
}

const machines: Readonly<Record<Os, Readonly<Record<number, Executable['machine']>>>> = {
  // IMAGE_FILE_MACHINE_AMD64 and _I386 of the PE format.
  windows: { 34404: '64-bit', 332: '32-bit' },
  // EM_X86_64 and EM_386 of ELF; EM_AARCH64, as Linux runs there too.
  linux: { 62: '64-bit', 3: '32-bit', 183: '64-bit' },
}

/** Nothing for a file that is neither a program of Linux nor of Windows, or cannot be read. */
export function readExecutable(file: string): Executable | undefined {
  const head = beginning(file)
  const of = (os: Os, number: number): Executable => ({ os, machine: machines[os][number] ?? 'foreign' })
  if (head.length >= 20 && head.readUInt32BE(0) === 0x7f454c46) return of('linux', head.readUInt16LE(18))
  if (head.length < 64 || head.toString('latin1', 0, 2) !== 'MZ') return undefined
  const at = head.readUInt32LE(0x3c)
  if (at + 6 > head.length || head.toString('latin1', at, at + 4) !== 'PE\0\0') return undefined
  return of('windows', head.readUInt16LE(at + 4))
}

function beginning(file: string): Buffer {
  const into = Buffer.alloc(4096)
  try {
    const fd = openSync(file, 'r')
    try {
      return into.subarray(0, readSync(fd, into))
    } finally {
      closeSync(fd)
    }
  } catch {
    return into.subarray(0, 0)
  }
}
