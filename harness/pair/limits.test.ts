import { describe, expect, it } from 'vitest'
import { interruption, limited } from './limits.ts'

const never = new Promise<string>(() => {})
const far = { deadlineMs: 60_000, late: 'late', signal: undefined }

describe('limited work', () => {
  it('ends as it does when it is in time', async () => {
    await expect(limited(Promise.resolve('done'), far)).resolves.toBe('done')
    await expect(limited(Promise.reject(new Error('no')), far)).rejects.toThrow('no')
  })
  it('is late after its deadline, and no failure after that is unhandled', async () => {
    let fail = (_: Error) => {}
    const work = new Promise<string>((_, reject) => {
      fail = reject
    })
    await expect(limited(work, { ...far, deadlineMs: 1 })).resolves.toBe('late')
    fail(new Error('its processes were ended'))
  })
  it('is interrupted on its way, or before it', async () => {
    const run = new AbortController()
    const ending = limited(never, { ...far, signal: run.signal })
    run.abort()
    expect(await ending).toBe(interruption)
    expect(await limited(never, { ...far, signal: run.signal })).toBe(interruption)
  })
})
