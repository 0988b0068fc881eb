import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hostOs } from '../environment/host.ts'
import { readExecutable } from './executable.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ipcmark-executable-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function found(bytes: Buffer) {
  const file = join(folder, 'program')
  writeFileSync(file, bytes)
  return readExecutable(file)
}

function windowsProgram(machine: number, at = 0x80): Buffer {
  const bytes = Buffer.alloc(512)
  bytes.write('MZ', 0, 'latin1')
  bytes.writeUInt32LE(at, 0x3c)
  if (at + 6 <= bytes.length) {
    bytes.write('PE', at, 'latin1')
    bytes.writeUInt16LE(machine, at + 4)
  }
  return bytes
}

function linuxProgram(machine: number): Buffer {
  const bytes = Buffer.alloc(64)
  bytes.writeUInt32BE(0x7f454c46, 0)
  bytes.writeUInt16LE(machine, 18)
  return bytes
}

test('a program is of the system and of the machine that it was made for', () => {
  expect(readExecutable(process.execPath)).toEqual({ os: hostOs, machine: '64-bit' })
  expect(found(windowsProgram(0x8664))).toEqual({ os: 'windows', machine: '64-bit' })
  expect(found(windowsProgram(0x14c))).toEqual({ os: 'windows', machine: '32-bit' })
  expect(found(windowsProgram(0xaa64))).toEqual({ os: 'windows', machine: 'foreign' })
  expect(found(linuxProgram(62))).toEqual({ os: 'linux', machine: '64-bit' })
  expect(found(linuxProgram(3))).toEqual({ os: 'linux', machine: '32-bit' })
  expect(found(linuxProgram(243))).toEqual({ os: 'linux', machine: 'foreign' })
})

test('of scripts, stumps and what is not there nothing is said', () => {
  expect(found(Buffer.from('#!/bin/sh\n'))).toBeUndefined()
  expect(found(Buffer.alloc(0))).toBeUndefined()
  expect(found(Buffer.from('MZ'))).toBeUndefined()
  expect(found(windowsProgram(0x8664, 0xffffff00))).toBeUndefined()
  expect(found(linuxProgram(62).subarray(0, 10))).toBeUndefined()
  expect(readExecutable(join(folder, 'nothing'))).toBeUndefined()
  expect(readExecutable(folder)).toBeUndefined()
})
