import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findUnportable } from './check-portability.mjs'

let top: string
beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'ipcmark-portability-'))
})
afterEach(() => rmSync(top, { recursive: true }))

function found(text: string, path = 'native/core/some.cc'): readonly string[] {
  mkdirSync(dirname(join(top, path)), { recursive: true })
  writeFileSync(join(top, path), text)
  return findUnportable(top)
}

test.each([
  ['int x = ({ int y = 1; y; });', 'a statement expression'],
  ['return ({', 'a statement expression'],
  ['f(({ g(); 1; }));', 'a statement expression'],
  ['  case 1 ... 5:', 'a range of cases'],
  ["  case 'a'...'f':", 'a range of cases'],
  ['int x = y ?: 2;', 'without its middle'],
  ['goto *table[1];', 'computed goto'],
  ['struct s {} __attribute__((packed));', '__attribute__'],
  ['[[gnu::packed]] int x;', 'GNU attribute'],
  ['asm volatile("pause");', 'assembly'],
  ['typeof(x) y = x;', 'typeof'],
  ['__builtin_clzll(x);', '__builtin_clzll'],
  ['unsigned __int128 x;', '128 bits'],
  ['ssize_t n = 0;', 'ssize_t'],
  ['#include <unistd.h>', 'unistd'],
  ['#  include <sys/socket.h>', 'sys/socket'],
  ['#pragma GCC diagnostic push', 'GNU directive'],
  ['strcasecmp(a, b);', 'a function of POSIX'],
])('finds %s', (line, what) => {
  expect(found(`int before;\n${line}\n`)).toEqual([expect.stringContaining(what)])
  expect(found(`int before;\n${line}\n`)[0]).toContain('native/core/some.cc:2: ')
})

test.each([
  'out.add("x", node::list({1, 2}));',
  'const auto f = [&](auto x) { return x; };',
  'x ? "" : "?:";',
  "c == '?' ? ':' : 'a';",
  '// __attribute__ and ssize_t may be spoken of',
  '/* typeof\n   ({ x; }) */',
  'puts("asm ({ x; }) __int128");',
  "constexpr int many = 1'000'000, more = 2'000; // 'tis typeof",
  'template <typename... T> void f(T... values);',
  '#include <sys/types.h>',
])('lets %s pass', (line) => {
  expect(found(`${line}\n`)).toEqual([])
})

test('what _MSC_VER keeps from that compiler is not its business', () => {
  expect(found('#ifdef _MSC_VER\nint a;\n#else\n__attribute__((used)) int a;\n#endif\n')).toEqual([])
  expect(found('#ifndef _MSC_VER\n#if 1\nssize_t a;\n#endif\n#endif\n')).toEqual([])
  expect(found('#if !defined(_MSC_VER)\nssize_t a;\n#endif\n')).toEqual([])
  expect(found('#ifdef _MSC_VER\nssize_t a;\n#else\nint a;\n#endif\n')).toHaveLength(1)
  expect(found('#ifdef _MSC_VER\n#endif\nssize_t a;\n')).toHaveLength(1)
})

test('the folders of Linux, and what is only built there, may use all of it', () => {
  expect(found('#include <unistd.h>\n', 'native/calls/linux/some.cc')).toEqual([])
  expect(found('#include <unistd.h>\n', 'native/reference/loop.h')).toEqual([])
  expect(found('#include <unistd.h>\n', 'native/calls/windows/some.cc')).toHaveLength(1)
})
