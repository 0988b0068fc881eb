/**
 * What the page holds packed, and its script unpacks: any value as JSON, deflated, four bytes in five letters. None of
 * the letters means anything in HTML or in a string of a script, so that they need no escaping.
 */

import { deflateRawSync } from 'node:zlib'
import { type Html, trusted } from './escape.ts'

export const letters = Array.from({ length: 94 }, (_, at) => String.fromCharCode(33 + at))
  .filter((letter) => !'"&\'<>`\\$-'.includes(letter))
  .join('')

/** The name is that by which the script finds it. */
export const deflated = (name: 'packed' | 'packed-rows', value: unknown): Html =>
  trusted(`<template id=${name}>${inLetters(deflateRawSync(JSON.stringify(value), { level: 9 }))}</template>`)

/** The last letters stand for as many bytes as they are, less one. */
export function inLetters(bytes: Uint8Array): string {
  const words: string[] = []
  for (let at = 0; at < bytes.length; at += 4) {
    let word = 0
    for (let i = at; i < at + 4; i++) word = word * 256 + (bytes[i] ?? 0)
    let five = ''
    for (let i = 0; i < 5; i++) {
      five = letters.charAt(word % 85) + five
      word = Math.floor(word / 85)
    }
    words.push(five.slice(0, Math.min(bytes.length - at, 4) + 1))
  }
  return words.join('')
}

/** The same in the page: bytes of letters, and the value that they hold. */
export const inflatedScript = `
const letters = '${letters}'
const bytesOf = (text) => {
  const ends = Math.floor(text.length * 4 / 5)
  const bytes = new Uint8Array(Math.ceil(text.length / 5) * 4)
  const view = new DataView(bytes.buffer)
  const values = new Map([...letters].map((letter, value) => [letter, value]))
  for (let at = 0; at < text.length; at += 5) {
    let word = 0
    for (let i = at; i < at + 5; i++) word = word * 85 + (values.get(text[i]) ?? 84)
    view.setUint32(at / 5 * 4, word)
  }
  return bytes.subarray(0, ends)
}
const inflated = async (template) => {
  const stream = new Blob([bytesOf(template.content.textContent)]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).json()
}
`
