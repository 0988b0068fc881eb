/**
 * The lines of a file, one after another, without holding the file in memory. `whole` is false for a last line that no
 * newline ends. A line longer than any that ipcmark writes ends the reading: the file is something else.
 */

import fs from 'node:fs'
import { RecordError, readError } from './error.ts'

const chunkBytes = 1 << 20
const longestLine = 64 << 20
const newline = 0x0a

export interface Line {
  readonly number: number
  readonly text: string
  readonly whole: boolean
}

export function* linesOf(file: string): Generator<Line> {
  const descriptor = openForReading(file)
  try {
    const chunk = Buffer.allocUnsafe(chunkBytes)
    let number = 1
    let begun: Buffer[] = []
    let length = 0
    for (let got = readChunk(descriptor, chunk, file); got > 0; got = readChunk(descriptor, chunk, file)) {
      let from = 0
      for (let to = chunk.indexOf(newline); to >= 0 && to < got; to = chunk.indexOf(newline, from)) {
        begun.push(chunk.subarray(from, to))
        yield { number: number++, text: joined(begun), whole: true }
        begun = []
        length = 0
        from = to + 1
      }
      begun.push(Buffer.from(chunk.subarray(from, got)))
      length += got - from
      if (length > longestLine) throw new RecordError(file, `${file} is no ipcmark record: line ${number} never ends.`)
    }
    const rest = joined(begun)
    if (rest !== '') yield { number, text: rest, whole: false }
  } finally {
    fs.closeSync(descriptor)
  }
}

const joined = (pieces: readonly Buffer[]): string =>
  pieces.length === 1 && pieces[0] !== undefined ? pieces[0].toString('utf8') : Buffer.concat(pieces).toString('utf8')

function openForReading(file: string): number {
  try {
    return fs.openSync(file, 'r')
  } catch (cause) {
    throw readError(file, 'read', cause)
  }
}

function readChunk(descriptor: number, chunk: Buffer, file: string): number {
  try {
    return fs.readSync(descriptor, chunk, 0, chunk.length, null)
  } catch (cause) {
    throw readError(file, 'read', cause)
  }
}
