/** What the browser test asks of a page: scripts that run there, and so are text here. */

export const openEverything = "for (const node of document.querySelectorAll('details')) node.open = true"

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
