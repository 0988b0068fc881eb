/** Records as chance damages them: cut anywhere, bits turned over, values that nobody would write. Whatever can be read is shown. */

import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import { formats } from '../../reports/index.ts'
import { summary } from '../../reports/terminal/summary.ts'
import { widthOf } from '../../reports/terminal/width.ts'
import { seeded, shuffled } from '../measure/random.ts'
import type { ReportFile } from '../model.ts'
import { RecordError } from './error.ts'
import { machinesOf } from './machines.ts'
import { readRun } from './reader.ts'
import { lineOf } from './writer.ts'

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'fuzz-'))
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

const random = seeded(20_261_120)
const below = (most: number): number => Math.floor(random() * most)
const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T

const numbers = [
  '1e999',
  '-1',
  '0',
  '1e308',
  '0.5',
  '9007199254740993',
  '1e-320',
  'null',
  '"x"',
  '[]',
  '{}',
  '2147483648',
]
const texts = [
  ...['<script>alert(1)</script>', '"\'`', '\u202eevil\u2066', '\x1b[31m', '', '=cmd|calc', '../../etc', '__proto__'],
  ...['x'.repeat(10_000), '漢字'.repeat(500), 'e\u0301\u0301'.repeat(300), '\ud800', '👩‍👧'.repeat(50), 'a\nb\tc\r'],
]

/** The places of all members of a value. */
function waysInto(value: unknown, way: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [way]
  return [way, ...Object.entries(value).flatMap(([name, member]) => waysInto(member, [...way, name]))]
}

/** Puts JSON that stands for anything in the place of one member. */
function damaged(line: string): string {
  const value = JSON.parse(line)
  const way = oneOf(waysInto(value).slice(1))
  const holder = way.slice(0, -1).reduce((at, name) => at[name], value)
  const name = way.at(-1) ?? ''
  const mark = 'what is put in its place'
  const other = typeof holder[name] === 'string' ? JSON.stringify(oneOf(texts)) : oneOf(numbers)
  holder[name] = mark
  return JSON.stringify(value).replace(JSON.stringify(mark), () => other)
}

const run = fixtureRun({ hostile: true })
const [head = '', ...rest] = [run.header, ...run.cases, ...run.launches].map((record) => lineOf(record).trimEnd())

const ways: Readonly<Record<string, (lines: string[]) => Buffer>> = {
  cut: (lines) => Buffer.from(lines.join('\n')).subarray(0, below(lines.join('\n').length)),
  flipped(lines) {
    const bytes = Buffer.from(lines.join('\n'))
    for (let times = 0; times < 8; times++) {
      const at = below(bytes.length)
      bytes[at] = (bytes[at] ?? 0) ^ (1 << below(8))
    }
    return bytes
  },
  'with other values': (lines) =>
    Buffer.from(lines.map((line, at) => (at > 0 && below(3) === 0 ? damaged(line) : line)).join('\n')),
  'with another header': ([first = '', ...others]) => Buffer.from([damaged(first), ...others].join('\n')),
  'in another order, with lines twice': ([first = '', ...others]) =>
    Buffer.from([first, ...shuffled([...others, ...others.slice(0, 5)], below(1000))].join('\n')),
}

/** A long report is made while it is written. */
function lengthOf(contents: ReportFile['contents']): number {
  let length = 0
  if (typeof contents === 'string') return contents.length
  for (const piece of contents) length += piece.length
  return length
}

it.each(Object.entries(ways))('a record %s is shown as far as it can be read', (_, damage) => {
  const file = path.join(folder, 'results.jsonl')
  let read = 0
  for (let times = 0; times < 8; times++) {
    const from = below(rest.length - 20)
    fs.writeFileSync(file, damage([head, ...rest.slice(from, from + 20)]))
    let found: ReturnType<typeof readRun>
    try {
      found = readRun(file)
    } catch (error) {
      expect(error).toBeInstanceOf(RecordError)
      continue
    }
    read++
    const runs = machinesOf(found)
    for (const { report } of formats)
      for (const { contents } of report(runs)) expect(lengthOf(contents)).toBeGreaterThanOrEqual(0)
    const text = summary(runs, { columns: 80, colour: false })
    expect(Math.max(...text.split('\n').map(widthOf))).toBeLessThanOrEqual(80)
    expect(/[\p{Cc}\p{Cf}]/u.exec(text.replaceAll('\n', ''))).toBeNull()
  }
  expect(read).toBeGreaterThan(0)
})
