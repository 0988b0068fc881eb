// Microsoft's compiler builds every native source outside the folders of Linux. What it lacks and GNU compilers take is
// found here by its look, on machines that do not have that compiler; what no look tells, as the order of designated
// initialisers and an array whose length is not constant, mingw refuses under -Wpedantic (native/CMakeLists.txt).
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { filesBelow } from './check-symmetry.mjs'
import { Failure, isMain, main, root } from './steps.mjs'

/** What Microsoft's compiler and its runtime lack: how it looks, what it is.
 * @type {readonly (readonly [RegExp, string])[]} */
const lacking = [
  [/(?<![\w)\]>])\(\s*\{|\(\{[^{}]*;/, 'a statement expression'],
  [/\bcase\b[^:;]*\.\.\./, 'a range of cases'],
  [/\?\s*:(?!:)/, 'a conditional without its middle'],
  [/\bgoto\s*\*/, 'a computed goto'],
  [/\b(__attribute__|__extension__|__thread|__label__|__PRETTY_FUNCTION__)\b/, 'a GNU keyword'],
  [/\b(asm|__asm__|__asm)\b/, 'assembly within C++'],
  [/\b(typeof|__typeof|__typeof__)\b/, 'typeof'],
  [/\b(__builtin_|__sync_|__atomic_)\w+/, 'a builtin of GNU compilers'],
  [/\b(__u?int128(_t)?|__float128)\b/, 'a type of 128 bits'],
  [/\[\[\s*(gnu|clang)::/, 'a GNU attribute'],
  [/#\s*(include_next|warning)\b|#\s*pragma\s+(GCC|clang)\b/, 'a GNU directive'],
  [/\b(ssize_t|pid_t|uid_t|gid_t|mode_t|useconds_t)\b/, 'a type of POSIX'],
  [
    /#\s*include\s*<(alloca|arpa\/.*|bits\/.*|cxxabi|dirent|dlfcn|endian|ext\/.*|getopt|libgen|net\/.*|netdb|netinet\/.*|poll|pthread|pwd|sched|semaphore|strings|sys\/(?!stat|types|timeb|utime|locking).*|termios|unistd)(\.h)?>/,
    'a header of POSIX or GNU',
  ],
  [
    /\b(aligned_alloc|asprintf|clock_gettime|gettimeofday|gmtime_r|localtime_r|nanosleep|posix_memalign|setenv|strcasecmp|strncasecmp|strndup|strsep|unsetenv|usleep|vasprintf)\s*\(/,
    'a function of POSIX or GNU',
  ],
]

/** Native sources of Linux alone. */
const linuxOnly = /\/linux\/|^native\/reference\//

/** Every place in the tree below `top` that Microsoft's compiler would refuse, as sentences.
 * @param {string} top @returns {string[]} */
export function findUnportable(top) {
  return filesBelow(top, 'native')
    .filter((file) => /\.(cc|c|h)$/.test(file) && !linuxOnly.test(file))
    .flatMap((file) => {
      const lines = seenByMicrosoft(withoutWords(readFileSync(join(top, file), 'utf8')).split('\n'))
      return lines.flatMap((line, index) =>
        lacking.flatMap(([look, what]) => {
          const found = look.exec(line)?.[0].trim()
          return found ? [`${file}:${index + 1}: ${what}, which Microsoft's compiler lacks: ${found}`] : []
        }),
      )
    })
}

/** The source with comments and texts blanked, its lines where they were.
 * @param {string} source */
function withoutWords(source) {
  const blank = (/** @type {string} */ text) => text.replace(/[^\n]/g, ' ')
  // The apostrophe within 1'000'000 begins no character.
  const words =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|R"([^()\s]*)\([\s\S]*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<!\w)'(?:\\.|[^'\\\n])+'/g
  return source.replace(words, (found) => (found.startsWith('/') ? blank(found) : `"${blank(found).slice(2)}"`))
}

/** Blanks what `_MSC_VER` keeps from Microsoft's compiler.
 * @param {string[]} lines */
function seenByMicrosoft(lines) {
  /** @type {{ asks: boolean, seen: boolean }[]} */
  const open = []
  return lines.map((line) => {
    const [, directive = '', condition = ''] = /^\s*#\s*(if|ifdef|ifndef|elif|else|endif)\b(.*)/.exec(line) ?? []
    const inner = open.at(-1)
    if (directive.startsWith('if')) {
      const unless = directive === 'ifndef' || /!\s*defined/.test(condition)
      const asks = /\b_MSC_VER\b/.test(condition)
      open.push({ asks, seen: !asks || !unless })
    } else if (directive === 'endif') open.pop()
    else if ((directive === 'else' || directive === 'elif') && inner?.asks) inner.seen = !inner.seen
    return open.every(({ seen }) => seen) ? line : ''
  })
}

/** Throws what is wrong with this tree, and says what to do. */
export function checkPortability() {
  const found = findUnportable(root)
  if (found.length === 0) return
  throw new Failure(`${found.join('\n')}\nSay it in standard C++, or move it to a folder of Linux.`)
}

if (isMain(import.meta.url)) await main(async () => checkPortability())
