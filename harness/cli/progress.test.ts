import { expect, test, vi } from 'vitest'
import type { CaseRecord } from '../model.ts'
import { type News, newsLine, newsOfCase } from './news.ts'
import { progressOf, saying } from './progress.ts'

const plain = (_: unknown, text: string) => text
const screen = (isTTY: boolean, columns = 80) => {
  const written: string[] = []
  return { isTTY, columns, written, write: (text: string) => written.push(text) }
}
const news: News = { word: '✗ fail', format: 'red', name: 'x.end@pipe', message: 'expected the end' }

test('on a terminal one line is drawn over, with the count and what is running', () => {
  vi.useFakeTimers()
  const stream = screen(true)
  const progress = progressOf({ stream, paint: plain, what: 'cases', total: 4 })
  progress.began('x.one')
  progress.began('x.two')
  progress.ended('x.one')
  vi.advanceTimersByTime(100)
  expect(stream.written).toEqual([`\r${'━'.repeat(24)}  1/4 cases  x.two\x1b[K`])
  progress.ended('x.two', news)
  expect(stream.written.at(-1)).toBe('\r\x1b[K✗ fail x.end@pipe: expected the end\n')
  progress.stop()
  expect(stream.written.at(-1)).toBe('\r\x1b[K')
  vi.advanceTimersByTime(1000)
  expect(stream.written.at(-1)).toBe('\r\x1b[K')
  vi.useRealTimers()
})

test('the line never grows beyond the terminal', () => {
  vi.useFakeTimers()
  const stream = screen(true, 60)
  const progress = progressOf({ stream, paint: plain, what: 'launches', total: 100 })
  progress.began('a-name-that-is-longer-than-any-that-there-is-on-any-system')
  vi.advanceTimersByTime(100)
  for (const line of stream.written) expect(line.replace('\r', '').replace('\x1b[K', '').length).toBeLessThan(60)
  progress.stop()
  vi.useRealTimers()
})

test.each([
  [40, '  0/145 cases  pipe.zero-write-no-read…'],
  [50, `${'━'.repeat(16)}    0/145 cases  pipe.zero-write…`],
  [20, '  0/145 cases'],
  [8, '  0/14…'],
])('on %i columns the bar goes first, the name next, and the count stays', (columns, line) => {
  vi.useFakeTimers()
  const stream = screen(true, columns)
  const progress = progressOf({ stream, paint: plain, what: 'cases', total: 145 })
  progress.began('pipe.zero-write-no-reader')
  vi.advanceTimersByTime(100)
  expect(stream.written).toEqual([`\r${line}\x1b[K`])
  expect(line.length).toBeLessThan(columns)
  progress.stop()
  vi.useRealTimers()
})

test('elsewhere there are ten plain lines, and the news', () => {
  const stream = screen(false)
  const progress = progressOf({ stream, paint: plain, what: 'cases', total: 200 })
  for (let at = 0; at < 200; at++) progress.ended('x', at === 50 ? news : undefined)
  progress.stop()
  expect(stream.written.filter((line) => line.endsWith(' cases\n'))).toHaveLength(10)
  expect(stream.written).toContain('200/200 cases\n')
  expect(stream.written).toContain('✗ fail x.end@pipe: expected the end\n')
  for (const control of ['\r', '\x1b']) expect(stream.written.join('')).not.toContain(control)
})

test('news is what was not expected, in one line that fits and moves no cursor', () => {
  const record = {
    id: 'x.end@pipe',
    target: 'native',
    verdict: 'fail',
    standing: 'regression',
    message: 'a\x1b[2Jb\nc',
  }
  const found = newsOfCase(record as CaseRecord)
  if (found === undefined) throw new Error('a regression is news')
  expect(newsLine(found, plain, 80)).toBe('✗ fail x.end@pipe: a\\x1b[2Jb\\nc')
  expect(newsLine({ ...found, message: 'long '.repeat(100) }, plain, 80)).toHaveLength(80)
  for (const standing of ['expected', 'known'] as const) {
    expect(newsOfCase({ ...(record as CaseRecord), standing })).toBeUndefined()
  }
  expect(newsOfCase({ ...(record as CaseRecord), verdict: 'pass', standing: 'fixed' })?.word).toBe('! fixed')
})

test('what takes longer than a blink is named while it lasts', async () => {
  const stream = screen(true)
  await saying(stream, 'starting …', Promise.resolve())
  expect(stream.written).toEqual([])
  await saying(stream, 'starting …', new Promise((resolve) => setTimeout(resolve, 400)))
  expect(stream.written).toEqual(['\rstarting …\x1b[K', '\r\x1b[K'])
})
