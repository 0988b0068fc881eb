import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { bytesOf, unpack } from '../fixture/unpack.ts'
import { inLetters, letters } from './deflated.ts'
import { cutUp } from './pieces.ts'

const again = (markups: readonly string[]): string[] =>
  unpack(inLetters(deflateRawSync(JSON.stringify(cutUp(markups)))))

describe('what is cut up', () => {
  it('is put together by the script of the page to the same letter', () => {
    const rung = (time: string, call: string) => `<li class="p0 w1"><i>${time}</i>${call}`
    const markups = [
      `<ol class="l n2">${rung('5', 'read(3, 64) <b>= 64</b>')}${rung('226', 'read(3, 65) <b class=e>= -1 EAGAIN</b>')}</ol>`,
      `<ol class="l n2">${rung('9999', 'read(3, 64)')}${rung('12\u202f345', 'read(4, 007)')}${rung('11', '')}</ol>`,
      '<dl><div><dt>Observed<dd>it&#39;s 10,000 of 18446744073709551615, 0x1f, 1.50 and $1 $& \\ "</div></dl>',
      '<i>−5</i><i>NaN</i>',
      '',
      'no number',
    ]
    expect(again(markups)).toEqual(markups)
  })

  it('holds a piece once, and a number where it is another than the last time', () => {
    const { pieces, cases, numbers } = cutUp(['<li>a 1 2<li>b 3', '<li>a 1 7<li>b 3'])
    expect(pieces).toHaveLength(2)
    expect(cases).toEqual([',', '0,1'])
    expect(numbers).toEqual(['1,2,3', ',7,'])
  })
})

describe('the letters', () => {
  it('stand for bytes of any number and value, and mean nothing in HTML', () => {
    for (let length = 0; length < 10; length++) {
      for (const value of [0, 1, 127, 255]) {
        const bytes = new Uint8Array(length).fill(value)
        expect([...bytesOf(inLetters(bytes))]).toEqual([...bytes])
      }
    }
    expect(new Set(letters).size).toBe(85)
    expect(/[<>&"'`\\\s]/.test(letters)).toBe(false)
  })
})
