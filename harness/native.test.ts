import { constants as fsConstants, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, constants as osConstants, tmpdir } from 'node:os'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { crc32 } from 'node:zlib'
import { afterEach, describe, expect, test } from 'vitest'
import { findBuilt, hostOs, packageVersion } from './environment/host.ts'
import type { Arg, Bytes, Outcome } from './model.ts'
import { load, NativeMissing, native } from './native.ts'
import { patternBytes } from './pair/bytes.ts'

const { call, callAsync } = native()
const open = new Set<number>()

/** A pipe of this process: the end to read from and the end to write to. */
function pipe(): readonly [reader: number, writer: number] {
  const { out } = call('pipe2', 'O_CLOEXEC')
  const [reader, writer] = (out as { fds: [number, number] }).fds
  open.add(reader).add(writer)
  return [reader, writer]
}
const close = (descriptor: number): Outcome => {
  open.delete(descriptor)
  return call('close', descriptor)
}
afterEach(() => {
  for (const descriptor of open) close(descriptor)
})

/** What came back after a round through a pipe. */
function echo(data: Bytes | Uint8Array, length: number): Outcome {
  const [reader, writer] = pipe()
  expect(call('write', writer, data).ret).toBe(length)
  close(writer)
  return call('read', reader, length + 1)
}

describe.runIf(hostOs === 'linux')('a call in this process', () => {
  test('is one system call, and says everything that the system said', () => {
    const [reader, writer] = pipe()
    const written = call('write', writer, 'hello')
    expect(written).toEqual({ ret: 5, ns: expect.any(Number) })
    expect(written.ns).toBeGreaterThan(0)
    expect(call('read', reader, 64)).toEqual({
      ret: 5,
      ns: expect.any(Number),
      length: 5,
      hex: '68656c6c6f',
      crc: crc32('hello'),
    })
  })

  test('sees the end of file as no bytes', () => {
    const [reader, writer] = pipe()
    close(writer)
    expect(call('read', reader, 64)).toMatchObject({ ret: 0, length: 0, hex: '', crc: 0 })
  })

  test('names the error and keeps its number', () => {
    const [reader, writer] = pipe()
    close(reader)
    expect(call('write', writer, 'x')).toMatchObject({ ret: -1, error: 'EPIPE', code: osConstants.errno.EPIPE })
    expect(call('read', reader, 1)).toMatchObject({ ret: -1, error: 'EBADF', code: osConstants.errno.EBADF })
  })

  test('has a name for every error that Node knows', () => {
    const { errorName } = native()
    // Two names for one number: the manual's first one is taken.
    const second = new Set(['EWOULDBLOCK', 'ENOTSUP', 'EDEADLOCK'])
    const known = Object.entries(osConstants.errno).filter(([name]) => !second.has(name))
    expect(known.length).toBeGreaterThan(70)
    expect(known.map(([, code]) => errorName(code))).toEqual(known.map(([name]) => name))
    expect(errorName(osConstants.errno.EWOULDBLOCK)).toBe('EAGAIN')
    expect([0, 41, 4095].map((code) => errorName(code))).toEqual(['errno 0', 'errno 41', 'errno 4095'])
    expect(() => errorName(-1.5)).toThrow(TypeError)
  })

  test('takes constants by name and lists', () => {
    const [reader, writer] = pipe()
    const watched: Arg = [
      [reader, 'POLLIN'],
      [writer, 'POLLOUT'],
    ]
    expect(call('poll', watched, 0).ret).toBe(1)
    expect(native().constants().O_NONBLOCK).toBe(fsConstants.O_NONBLOCK)
    expect(call('fcntl', reader, 'F_SETFL', 'O_NONBLOCK').ret).toBe(0)
    expect(call('read', reader, 1).error).toBe('EAGAIN')
  })

  test.each([0, 1, 3, 4, 5, 1023, 1024, 1025, 65_536])(
    'carries %i pattern bytes that TypeScript makes too',
    (length) => {
      for (const seed of [0, 1, 0xffff_ffff]) {
        const expected = patternBytes(length, seed)
        const back = echo({ pattern: length, seed }, length)
        expect(back.length).toBe(length)
        expect(back.hex).toBe(expected.subarray(0, 1024).toString('hex'))
        expect(back.crc).toBe(crc32(expected))
      }
    },
  )

  test('takes bytes as text, in hexadecimal and from a buffer', () => {
    expect(echo('grüße', 7).hex).toBe(Buffer.from('grüße').toString('hex'))
    expect(echo({ hex: '00ff7f' }, 3).hex).toBe('00ff7f')
    expect(echo(Buffer.from([0, 255, 10]), 3).hex).toBe('00ff0a')
  })

  test.each<[string, readonly unknown[], string]>([
    ['an unknown call', ['wirte', 1, 'x'], "no call is named 'wirte'; did you mean 'write'?"],
    ['a wrong count', ['read', 1], 'read takes (descriptor length), but 1 argument was given'],
    ['an unknown constant', ['pipe2', 'O_NONBLOK'], "did you mean 'O_NONBLOCK'?"],
    ['a fraction', ['close', 1.5], 'a number has to be whole and exact'],
    ['no number', ['close', Number.NaN], 'a number has to be whole and exact'],
    ['a number that is not exact', ['close', 2 ** 60], 'write larger ones as a bigint'],
    ['a bigint beyond 64 bits', ['close', 2n ** 64n], 'a bigint has to fit 64 bits'],
    ['a number too large for the parameter', ['close', 2n ** 40n], 'does not fit the parameter'],
    ['a function', ['close', () => 1], 'a number, a bigint, a string, bytes or a list is needed'],
    ['nothing', ['close', undefined], 'a number, a bigint, a string, bytes or a list is needed'],
    ['an object of another kind', ['write', 1, { length: 3 }], 'an object has to be { hex } or { pattern, seed }'],
    ['a pattern that is too long', ['write', 1, { pattern: 2 ** 30, seed: 1 }], 'at most 67108864 bytes'],
    ['a pattern of less than nothing', ['write', 1, { pattern: -1, seed: 1 }], 'an object has to be'],
    ['half a byte', ['write', 1, { hex: 'abc' }], 'an even number of hexadecimal digits'],
    ['a list without end', ['poll', nested(100), 0], 'lists are nested too deeply'],
    ['no name', [], 'the name of a call has to be a string'],
  ])('refuses %s', (_, args, sentence) => {
    const wrong = args as unknown as [string, ...Arg[]]
    expect(() => call(...wrong)).toThrow(TypeError)
    expect(() => call(...wrong)).toThrow(sentence)
  })

  test("hands on what a script's own getter throws", () => {
    const mine = new RangeError('mine')
    const data = {
      get hex(): string {
        throw mine
      },
    }
    expect(() => call('write', 1, data)).toThrow(mine)
  })

  test('that waits leaves JavaScript running on', async () => {
    const [reader, writer] = pipe()
    const reading = callAsync('read', reader, 64)
    const turns = await new Promise<number>((resolve) => {
      let count = 0
      const turn = () => (++count === 10 ? resolve(count) : setImmediate(turn))
      turn()
    })
    expect(turns).toBe(10)
    call('write', writer, 'at last')
    expect(await reading).toMatchObject({ ret: 7, hex: Buffer.from('at last').toString('hex') })
  })

  test('may be a workload, one side on each of two threads', async () => {
    const [one, other] = (call('socketpair', 'AF_UNIX', 'SOCK_STREAM', 0).out as { fds: [number, number] }).fds
    open.add(one).add(other)
    const options: Arg = [
      ['size', 64],
      ['messages', 1000],
    ]
    const [initiator, responder] = await Promise.all([
      callAsync('pingpong', 'initiator', 'fd', [one, one], options),
      callAsync('pingpong', 'responder', 'fd', [other, other], [['size', 64]]),
    ])
    expect(initiator.out).toMatchObject({ messages: 2000, latency: { samples: 1000 } })
    expect(responder.out?.checksum).toBe(initiator.out?.checksum)
  })

  test('that waits is refused by a promise too', async () => {
    await expect(callAsync('wirte')).rejects.toThrow(TypeError)
    await expect(callAsync('wirte')).rejects.toThrow("did you mean 'write'?")
  })
})

/** A list in a list in a list, as deep as that. */
const nested = (depth: number): Arg => (depth === 0 ? 1 : [nested(depth - 1)])

describe('the machine', () => {
  test('has a clock that goes forward and knows its cost', () => {
    const { source, costNs, resolutionNs, now } = native().clock()
    expect(source).not.toBe('')
    expect(costNs).toBeGreaterThan(0)
    expect(resolutionNs).toBeGreaterThan(0)
    expect(native().now()).toBeGreaterThan(now)
  })

  test('has a place for every processor', () => {
    const places = native().topology()
    expect(places.length).toBe(cpus().length)
    const numbers = places.map((place) => place.cpu)
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    for (const place of places) expect(numbers).toContain(place.core)
    for (const cpu of native().affinity.get()) expect(numbers).toContain(cpu)
  })

  test('lets this thread choose among its processors', () => {
    const { affinity } = native()
    const before = affinity.get()
    const only = before.slice(-1)
    try {
      affinity.set(only)
      expect(affinity.get()).toEqual(only)
      expect(() => affinity.set([...only, 100_000])).toThrow('the system does not allow these processors')
      expect(() => affinity.set([])).toThrow('the system does not allow these processors')
      expect(() => affinity.set(['first' as unknown as number])).toThrow(TypeError)
      expect(affinity.get()).toEqual(only)
    } finally {
      affinity.set(before)
    }
    expect(affinity.get()).toEqual(before)
  })

  test.runIf(hostOs === 'linux')('lets every thread of the process choose', () => {
    const { affinity } = native()
    const before = affinity.get()
    const only = before.slice(-1)
    const allowed = () =>
      readdirSync('/proc/self/task').map((thread) => {
        const status = readFileSync(`/proc/self/task/${thread}/status`, 'utf8')
        return /^Cpus_allowed_list:\s*(.*)$/m.exec(status)?.[1]
      })
    try {
      affinity.setProcess(only)
      expect(allowed().length).toBeGreaterThan(1) // Node has helpers
      expect(new Set(allowed())).toEqual(new Set([String(only[0])]))
      expect(() => affinity.setProcess([100_000])).toThrow('the system does not allow these processors')
    } finally {
      affinity.setProcess(before)
    }
  })

  test('counts what this process and this thread consume', () => {
    const { usage } = native()
    const before = { process: usage.process(), thread: usage.thread() }
    const until = performance.now() + 20
    while (performance.now() < until);
    for (const of of ['process', 'thread'] as const) {
      const { userNs, systemNs, maxRssKib } = usage[of]()
      expect(userNs + systemNs).toBeGreaterThan(before[of].userNs + before[of].systemNs)
      expect(maxRssKib).toBeGreaterThan(1024)
    }
  })
})

describe.runIf(hostOs === 'linux')('a transport in this process', () => {
  const opened = (to: number, from: number, options: Arg = [['size', 64]]) =>
    native().openTransport('fd', [to, from], 1, options)

  test('carries whole messages, and counts its calls', () => {
    const [reader, writer] = pipe()
    const transport = opened(writer, reader)
    const [sent, received] = [patternBytes(64, 7), Buffer.alloc(64)]
    transport.send(sent)
    transport.recv(received)
    expect(received.equals(sent)).toBe(true)
    expect(transport.systemCalls()).toBe(2)
  })

  test('takes the part of a buffer that it is given, and no more', () => {
    const [reader, writer] = pipe()
    const whole = Buffer.alloc(192, 1)
    const transport = opened(writer, reader)
    transport.send(patternBytes(64, 7))
    transport.recv(whole.subarray(64, 128))
    expect([whole[63], whole[128]]).toEqual([1, 1])
    expect(whole.subarray(64, 128).equals(patternBytes(64, 7))).toBe(true)
  })

  test('says by a code how it failed', () => {
    const [reader, writer] = pipe()
    const transport = opened(writer, reader)
    close(writer)
    const failing = (act: () => void) => {
      try {
        act()
      } catch (error) {
        return { code: (error as { code?: string }).code, message: (error as Error).message }
      }
      return undefined
    }
    const message = Buffer.alloc(64)
    expect(failing(() => transport.recv(message))).toEqual({
      code: 'end-of-file',
      message: 'read found the end of file',
    })
    expect(failing(() => transport.send(message))).toEqual({ code: 'EBADF', message: 'write failed with EBADF' })
  })

  test('refuses what it does not know', () => {
    expect(() => native().openTransport('telepathy', [3, 3], 1, [['size', 1]])).toThrow(
      /no transport is called 'telepathy'/,
    )
    expect(() => opened(3, 3, [['sise', 1]])).toThrow(/no option is called 'sise'/)
    const [reader, writer] = pipe()
    expect(() => opened(writer, reader).send('text' as unknown as Uint8Array)).toThrow('a message is a Uint8Array')
  })
})

describe('loading', () => {
  test('works on a worker thread beside the main one', async () => {
    const script = `
      const { parentPort, workerData } = require('node:worker_threads')
      parentPort.postMessage(require(workerData).version)`
    const worker = new Worker(script, { eval: true, workerData: findBuilt('ipcmark.node') })
    const version = await new Promise((resolve, reject) => worker.on('message', resolve).on('error', reject))
    await worker.terminate()
    expect(version).toBe(packageVersion())
  })

  test('says how to build what is missing', () => {
    expect(() => load(undefined, '1.0.0')).toThrow(NativeMissing)
    expect(() => load(undefined, '1.0.0')).toThrow('is not built: run `npm run build`')
  })

  test('refuses an addon of another version', () => {
    expect(() => load(findBuilt('ipcmark.node'), '0.0.7')).toThrow(
      /is of version .+, and this is 0.0.7: run `npm run build`/,
    )
  })

  test('says why a file does not load', () => {
    const folder = mkdtempSync(join(tmpdir(), 'native-test-'))
    try {
      const file = join(folder, 'ipcmark.node')
      writeFileSync(file, 'no addon')
      expect(() => load(file, '1.0.0')).toThrow(NativeMissing)
      expect(() => load(file, '1.0.0')).toThrow(/does not load here \(.+\): run `npm run build` on this machine/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
