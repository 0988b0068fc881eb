/**
 * The catalogue is what the suite set out to claim. Every id of it has a case, no case has another id, and every claim is a
 * sentence with a source.
 */

import { describe, expect, test } from 'vitest'
import { matrixOf } from '../../harness/conformance/plan.ts'
import { suite } from '../index.ts'

/** By prefix: what belongs to the quick selection, and what else there is. */
const catalogue: Readonly<Record<string, { readonly core: readonly string[]; readonly more: readonly string[] }>> = {
  pipe: {
    core: [
      'read-eof-after-last-writer-closes',
      'eof-withheld-by-inherited-writer',
      'write-no-reader-sigpipe',
      'write-no-reader-epipe',
      'default-capacity',
      'nonblock-le-pipe-buf-all-or-nothing',
      'atomic-le-pipe-buf',
      'shell-pipeline',
    ],
    more: [
      'zero-write-no-reader',
      'blocked-writer-reader-dies',
      'nonblock-gt-pipe-buf-partial',
      'pipe-buf-value',
      'setpipe-sz-rounding',
      'setpipe-sz-ebusy',
      'setpipe-sz-eperm',
      'user-soft-limit',
      'odirect-packets',
      'lseek-espipe',
      'wrong-end',
      'poll-read-end-hup',
      'poll-write-end-err',
      'pollout-page-granular',
      'cloexec-pipe2',
      'cloforkflag',
      'epoll-et-each-write',
    ],
  },
  fifo: {
    core: [
      'open-rdonly-blocks-until-writer',
      'open-wronly-nonblock-enxio',
      'eof-clears-on-new-writer',
      'mkfifo-eexist',
      'writer-sigkill',
    ],
    more: [
      'open-rdonly-nonblock',
      'open-rdwr',
      'poll-no-hup-before-first-writer',
      'unread-data-discarded',
      'unlink-while-open',
      'eacces',
      'open-eintr',
      'half-duplex',
      'ftruncate-o-trunc',
    ],
  },
  w32pipe: {
    core: ['roundtrip-inherited', 'eof-broken-pipe', 'write-no-reader', 'program-piping-p1-p2'],
    more: [
      'eof-withheld-by-parent-copy',
      'default-size-4096',
      'write-larger-than-buffer-blocks',
      'setnoninherit',
      'handle-list',
      'peek',
      'child-terminated',
    ],
  },
  npipe: {
    core: [
      'client-before-server',
      'connect-after-client',
      'byte-mode-duplex',
      'message-mode-boundaries',
      'message-short-read-more-data',
      'server-close-eof',
      'disconnect-discards',
      'busy',
      'multiple-instances',
    ],
    more: [
      'invalid-name',
      'connect-blocks-until-client',
      'io-before-connect',
      'message-pipe-byte-read',
      'zero-length-message',
      'client-close-eof',
      'flush-then-disconnect',
      'waitnamedpipe-timeout',
      'max-instances-exceeded',
      'first-instance-flag',
      'inbound-outbound',
      'nowait-read-empty',
      'nowait-write-over-quota',
      'overlapped-read-pending',
      'transact',
      'client-pid',
      'security-descriptor',
      'process-exit-pending-write',
    ],
  },
  x: {
    core: [
      'roundtrip-integrity',
      'order-fifo',
      'boundary-coalesce',
      'boundary-split',
      'max-message-accepted',
      'max-message-plus-1',
      'backpressure-nonblocking',
      'backpressure-blocking',
      'read-empty-blocks',
      'read-empty-nonblocking',
      'eof-on-orderly-close',
      'eof-on-producer-sigkill',
      'consumer-death-seen-by-producer',
      'object-persistence',
      'orphan-cleanup',
      'name-collision',
      'open-missing-name',
      'inherit-fork-spawn',
      'multi-producer-atomicity',
    ],
    more: [
      'boundary-zero-length',
      'timed-receive',
      'eof-on-producer-exit',
      'producer-death-mid-message',
      'consumer-death-while-producer-blocked',
      'permission-denied',
      'duplex',
      'multi-consumer-distribution',
      'readiness-notification',
      'eintr-restart',
    ],
  },
}

const claims = [...suite.generic, ...suite.specific]
const idsOf = (prefix: string, names: readonly string[]) => names.map((name) => `${prefix}.${name}`)
const sorted = (ids: readonly string[]) => [...ids].sort()

describe.each(Object.entries(catalogue))('%s.*', (prefix, { core, more }) => {
  const own = claims.filter((claim) => claim.id.startsWith(`${prefix}.`))

  test('has exactly the cases of the catalogue', () => {
    expect(sorted(own.map((claim) => claim.id))).toEqual(sorted(idsOf(prefix, [...core, ...more])))
  })

  test('has exactly the core cases of the catalogue in the quick selection', () => {
    const quick = own.filter((claim) => claim.core === true)
    expect(sorted(quick.map((claim) => claim.id))).toEqual(sorted(idsOf(prefix, core)))
  })
})

test('no case has an id that the catalogue does not know', () => {
  const known = new Set(
    Object.entries(catalogue).flatMap(([prefix, { core, more }]) => idsOf(prefix, [...core, ...more])),
  )
  expect(claims.map((claim) => claim.id).filter((id) => !known.has(id))).toEqual([])
})

test('every id names one case', () => {
  const seen = new Set<string>()
  expect(claims.filter(({ id }) => seen.size === seen.add(id).size).map((claim) => claim.id)).toEqual([])
})

test('every mechanism that a case names exists, so that the case is planned', () => {
  const planned = new Set(matrixOf(suite).cases.map((each) => each.claim.id))
  expect(claims.map((claim) => claim.id).filter((id) => !planned.has(id))).toEqual([])
})

test.each(claims.map((claim) => [claim.id, claim] as const))('%s is a sentence with a source', (_, { says, cites }) => {
  expect(says).toMatch(/^\S.*[^.]\.$/)
  expect(cites.length).toBeGreaterThan(0)
  for (const source of cites) expect(source.trim()).toBe(source)
  expect(cites).not.toContain('')
})
