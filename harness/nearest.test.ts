import { expect, test } from 'vitest'
import { distance, nearest, suggestion } from './nearest.ts'

test.each([
  ['pipe', 'pipe', 0],
  ['pip', 'pipe', 1],
  ['piep', 'pipe', 1],
  ['pope', 'pipe', 1],
  ['', 'pipe', 4],
  ['kitten', 'sitting', 3],
])('from %s to %s it is %i', (a, b, edits) => {
  expect(distance(a, b)).toBe(edits)
  expect(distance(b, a)).toBe(edits)
})

test('a slip of the finger is found, whatever the case of its letters', () => {
  expect(nearest('Chekc', ['run', 'check', 'clean'])).toBe('check')
})

test('a beginning or a part is found though much is missing', () => {
  expect(nearest('unix', ['pipe', 'unix-stream'])).toBe('unix-stream')
  expect(nearest('stream', ['pipe', 'unix-stream'])).toBe('unix-stream')
})

test('what is far off is not guessed', () => {
  expect(nearest('dance', ['run', 'check', 'clean'])).toBeUndefined()
  expect(suggestion('dance', ['run'])).toBe('')
})
