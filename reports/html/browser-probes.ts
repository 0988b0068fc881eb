/** What the browser test asks of a page: scripts that run there, and so are text here. */

/** Opens what is folded, and has laid out what is far from the screen. */
export const openEverything = `
  for (const node of document.querySelectorAll('details')) node.open = true
  for (const node of document.querySelectorAll('section, figure')) node.style.contentVisibility = 'visible'`

/** Answers the links of the navigation that reach beyond the screen. */
export const cutOffLinks = `[...document.querySelectorAll('nav a')]
  .filter((node) => node.getBoundingClientRect().right > innerWidth)
  .map((node) => node.textContent)`

/** Answers of each score how many lines its words begin on: the figure and what it counts share a baseline when it is one. */
export const linesOfScores = `[...document.querySelectorAll('.score')].map((node) => {
  const words = document.createRange()
  words.selectNodeContents(node.lastChild)
  const figure = node.querySelector('strong').getBoundingClientRect()
  const lines = [...words.getClientRects()].filter(({ width }) => width > 0)
  return lines.length + (lines[0].top > figure.bottom - 2 ? 1 : 0)
})`

/**
 * Answers the texts whose contrast with what is behind them is smaller than WCAG AA asks for. Colours are resolved by
 * painting them, because computed values may be mixtures.
 */
export const faintTexts = `(() => {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true })
  const seen = new Map()
  const over = (colour, behind) => {
    const key = colour + ' on ' + behind
    if (seen.has(key)) return seen.get(key)
    canvas.fillStyle = 'rgb(' + behind.join(' ') + ')'
    canvas.fillRect(0, 0, 1, 1)
    canvas.fillStyle = colour
    canvas.fillRect(0, 0, 1, 1)
    const mixed = [...canvas.getImageData(0, 0, 1, 1).data.slice(0, 3)]
    seen.set(key, mixed)
    return mixed
  }
  const background = (node) =>
    node === null ? [255, 255, 255] : over(getComputedStyle(node).backgroundColor, background(node.parentElement))
  const linear = (channel) => (channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4)
  const luminance = ([r, g, b]) => 0.2126 * linear(r / 255) + 0.7152 * linear(g / 255) + 0.0722 * linear(b / 255)
  const ownText = (node) =>
    [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE).map((child) => child.textContent).join('').trim()
  const faint = new Set()
  for (const node of document.querySelectorAll('body *')) {
    const text = ownText(node)
    if (text === '' || !(node instanceof HTMLElement) || !node.checkVisibility()) continue
    const behind = background(node)
    const { color, fontSize, fontWeight } = getComputedStyle(node)
    const [dark, bright] = [luminance(over(color, behind)), luminance(behind)].sort((a, b) => a - b)
    const size = Number.parseFloat(fontSize)
    const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700)
    const ratio = (bright + 0.05) / (dark + 0.05)
    if (ratio < (large ? 3 : 4.5)) faint.add((node.className || node.tagName) + ' ' + ratio.toFixed(2) + ': ' + text.slice(0, 30))
  }
  return [...faint]
})()`

/** Folds everything, empties the forms, and forgets the address: a page as it was when it was opened. */
export const asAtFirst = `(() => {
  for (const node of document.querySelectorAll('details[open]')) node.open = false
  history.replaceState(null, '', location.pathname)
  for (const form of document.querySelectorAll('form.filter')) {
    for (const field of form.querySelectorAll('select, input')) field.value = ''
    form.dispatchEvent(new Event('input'))
  }
  history.replaceState(null, '', location.pathname)
  scrollTo(0, 0)
})()`

/**
 * Answers what axe-core, whose source has run on the page before, finds: the rule, and the first element that breaks it.
 * Contrast takes most of its time, and what is seen does not change it everywhere.
 */
export const axeFinds = (rules: 'all' | 'all but contrast'): string => `axe
  .run(document, { resultTypes: ['violations'], preload: false, ${axeRules[rules]} })
  .then(({ violations }) => violations.map(({ id, nodes }) => id + ': ' + nodes.length + ' × ' + nodes[0].html.slice(0, 200)))`

const axeRules = {
  all: '',
  'all but contrast': "rules: { 'color-contrast': { enabled: false } }",
}

/** Answers the texts of a column of the first table of a section, group by group. */
export const columnOf = (
  section: string,
  column: number,
): string => `[...document.querySelector('#${section} table').tBodies]
  .map((body) => [...body.rows].slice(1).map((row) => row.cells[${column}].textContent))`
