import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fixtureRun } from '../../reports/fixture/run.ts'
import { hostOs } from '../environment/host.ts'
import { RecordError } from '../record/error.ts'
import { Ending } from './failures.ts'
import { splice, spliceReport } from './splice.ts'

let folder = ''
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'splice-test-'))
})
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

function file(contents: string | Buffer): string {
  const name = path.join(folder, 'README.md')
  fs.writeFileSync(name, contents)
  return name
}
const begin = '<!-- ipcmark:begin -->'
const end = '<!-- ipcmark:end -->'
const spliced = (contents: string | Buffer, made = 'new'): string => {
  const name = file(contents)
  splice(name, () => made)
  return fs.readFileSync(name, 'latin1')
}

describe('a file with both marks', () => {
  it('has what is new between them, and everything else as it was', () => {
    expect(spliced(`# Mine\n\n${begin}\nold\n\nold\n${end}\nlast line`)).toBe(
      `# Mine\n\n${begin}\n\nnew\n${end}\nlast line`,
    )
    expect(spliced(`${begin}\n${end}`)).toBe(`${begin}\n\nnew\n${end}`)
  })

  it('keeps its line ends', () => {
    expect(spliced(`a\r\n${begin}\r\n${end}\r\nb\r\n`, 'one\ntwo')).toBe(
      `a\r\n${begin}\r\n\r\none\r\ntwo\r\n${end}\r\nb\r\n`,
    )
  })

  it('keeps bytes that are no text in any encoding', () => {
    const odd = Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0x00, 0xc3, 0x28, 0x0a])
    const name = file(Buffer.concat([odd, Buffer.from(`${begin}\n${end}\n`), odd]))
    splice(name, () => 'µs ↓')
    expect(fs.readFileSync(name)).toEqual(Buffer.concat([odd, Buffer.from(`${begin}\n\nµs ↓\n${end}\n`), odd]))
  })

  it('may show the marks in a fence of code', () => {
    const shown = `\`\`\`md\n${begin}\n${end}\n\`\`\`\n`
    expect(spliced(`${shown}${begin}\n${end}\n${shown}`)).toBe(`${shown}${begin}\n\nnew\n${end}\n${shown}`)
  })

  it('comes out the same when it is done again, and is not even touched then', () => {
    const name = file(`${begin}\nold\n${end}\n`)
    splice(name, () => 'new')
    const [once, written] = [fs.readFileSync(name, 'utf8'), fs.statSync(name).ino]
    splice(name, () => 'new')
    expect([fs.readFileSync(name, 'utf8'), fs.statSync(name).ino]).toEqual([once, written])
  })

  it.skipIf(hostOs === 'windows')('keeps its mode, and a link that leads to it', () => {
    const name = file(`${begin}\n${end}\n`)
    fs.chmodSync(name, 0o640)
    const link = path.join(folder, 'link.md')
    fs.symlinkSync('README.md', link)
    splice(link, () => 'new')
    expect(fs.lstatSync(link).isSymbolicLink()).toBe(true)
    expect(fs.statSync(name).mode & 0o777).toBe(0o640)
    expect(fs.readFileSync(name, 'utf8')).toContain('new')
    expect(fs.readdirSync(folder).sort()).toEqual(['README.md', 'link.md'])
    fs.rmSync(link)
  })
})

describe('what is refused leaves the file as it was', () => {
  it.each([
    ['no marks', 'text\n', `has no line '${begin}'`],
    ['no end', `${begin}\n`, `has no line '${end}'`],
    ['no begin', `${end}\n`, `has no line '${begin}'`],
    ['marks the wrong way round', `${end}\n${begin}\n`, 'change their order'],
    ['two of the first', `${begin}\n${begin}\n${end}\n`, `has 2 lines '${begin}'`],
    ['two of the second', `${begin}\n${end}\n${end}\n`, `has 2 lines '${end}'`],
    ['marks within a line', `see ${begin} ${end}\n`, `has no line '${begin}'`],
    ['marks in a fence that never ends', `~~~\n${begin}\n${end}\n`, `has no line '${begin}'`],
  ])('%s', (_, contents, sentence) => {
    const name = file(contents)
    expect(() => splice(name, () => 'new')).toThrow(sentence)
    expect(() => splice(name, () => 'new')).toThrow(Ending)
    expect(fs.readFileSync(name, 'utf8')).toBe(contents)
  })

  it('what is no file', () => {
    expect(() => splice(path.join(folder, 'none.md'), () => '')).toThrow('there is no file')
    expect(() => splice(folder, () => '')).toThrow('is no file that anything can be put into')
  })

  it.skipIf(process.getuid?.() === 0 || hostOs === 'windows')('a file that is protected', () => {
    const name = file(`${begin}\n${end}\n`)
    fs.chmodSync(name, 0o444)
    expect(() => splice(name, () => 'new')).toThrow(RecordError)
    fs.chmodSync(name, 0o644)
  })
})

describe('the words of the first mark', () => {
  const run = fixtureRun()
  const put = (words: string): string => {
    const name = file(`<!-- ipcmark:begin ${words} -->\n${end}\n`)
    spliceReport(name, [run])
    return fs.readFileSync(name, 'utf8')
  }

  it('name parts, and narrow the figures', () => {
    expect(put('conformance')).toMatch(/### Conformance/)
    expect(put('conformance')).not.toMatch(/### (Machine|Latency|Throughput)/)
    const latency = put('pingpong same-core family:pipe')
    expect(latency).toMatch(/### Latency/)
    expect(latency).toContain('`fifo`')
    expect(latency).not.toMatch(/### Throughput|cross-core|`unix-stream`/)
    expect(put('fifo unix-stream stream notes')).toContain('### Notes')
  })

  it('are refused where they mean nothing, or leave nothing', () => {
    expect(() => put('pingpog')).toThrow(/'pingpog' is no part.*did you mean 'pingpong'/)
    expect(() => put('lifecycle')).toThrow("no figure fits 'lifecycle'")
  })
})
