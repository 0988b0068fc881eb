/**
 * Markup of thousands of cases, cut up so that it deflates well: a compressor looks back 32 KiB, and what two cases
 * share is often farther away. Each piece is held once, with its numbers taken out; a case is the list of its pieces,
 * its numbers, and the times of its rungs. What is cut up is put together to the same letter.
 */

export interface Pieces {
  /** In the order in which they are first needed; a number stood where a hole is. */
  readonly pieces: readonly string[]
  /** For each case its pieces: the place of a piece, or nothing for the next that was not needed before. */
  readonly cases: readonly string[]
  /** Nothing where the piece had the same number the last time. */
  readonly numbers: readonly string[]
  /** Times of rungs, each as what has passed since the one before. */
  readonly times: readonly string[]
}

/** No markup of this folder has it: what is invisible is written out. */
const hole = '\u007f'

const time = /<i>([\d\u202f]+)<\/i>/g
const cut = /(?=<(?:li|div|dl|dt|dd|ol|summary|code|span)\b)|(?<=<i><\/i>)|(?=<b(?: class=e)?>=)|(?=<\/ol>)/

export function cutUp(markups: readonly string[]): Pieces {
  const places = new Map<string, number>()
  const cases: string[] = []
  const numbers: string[] = []
  const before = new Map<string, readonly string[]>()
  for (const markup of markups) {
    const own: string[] = []
    const parts = markup.replace(time, '<i></i>').split(cut)
    const listed = parts.map((part) => {
      const found = part.match(/\d+/g) ?? []
      const piece = part.replace(/\d+/g, hole)
      own.push(...changed(found, before.get(piece)))
      before.set(piece, found)
      const place = places.get(piece)
      if (place !== undefined) return place
      places.set(piece, places.size)
      return ''
    })
    cases.push(listed.join())
    numbers.push(own.join())
  }
  return { pieces: [...places.keys()], cases, numbers, times: markups.map((markup) => passing(markup).join()) }
}

const changed = (now: readonly string[], before: readonly string[] = []): string[] =>
  now.map((number, at) => (number === before[at] ? '' : number))

function passing(markup: string): number[] {
  let before = 0
  return [...markup.matchAll(time)].map(([, digits = '']) => {
    const now = Number(digits.replaceAll('\u202f', ''))
    const passed = now - before
    before = now
    return passed
  })
}

/** The same in the page: `putTogether` answers the markups. */
export const piecesScript = `
const grouped = (time) => (time < 10000 ? String(time) : String(time).replace(/\\B(?=(\\d{3})+$)/g, '\\u202f'))
const putTogether = ({ pieces, cases, numbers, times }) => {
  let fresh = 0
  const held = pieces.map(() => [])
  return cases.map((listed, at) => {
    const own = numbers[at].split(',')
    const passed = times[at].split(',')
    let next = 0
    let rung = 0
    let now = 0
    const filled = (place) => {
      let hole = 0
      return pieces[place].replace(/\\x7f/g, () => {
        held[place][hole] = own[next++] || held[place][hole]
        return held[place][hole++]
      })
    }
    return listed
      .split(',')
      .map((place) => filled(place === '' ? fresh++ : place))
      .join('')
      .replace(/<i><\\/i>/g, () => '<i>' + grouped((now += Number(passed[rung++]))) + '</i>')
  })
}
`
