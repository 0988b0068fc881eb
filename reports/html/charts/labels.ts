/**
 * Names at the ends of lines: in the order of the ends, each as near to its own as the others leave room, and none over
 * another unless there are more than there is height for.
 */

export interface Label {
  readonly text: string
  readonly x: number
  readonly y: number
}

export const lineHeight = 14
/** Of the bold letters of the widest of the systems' fonts, about. */
const letterWidth = 7.9

export const widthOf = (text: string): number => text.length * letterWidth

/** Where each goes, between top and bottom. They have to come from the top down. */
export function placed(labels: readonly Label[], top: number, bottom: number): Label[] {
  const found = new Map<Label, Label>()
  for (const column of columnsOf(labels)) {
    const heights = apart(
      column.map(({ y }) => y),
      top,
      bottom,
    )
    column.forEach((label, at) => {
      found.set(label, { ...label, y: heights[at] ?? label.y })
    })
  }
  return labels.map((label) => found.get(label) ?? label)
}

export type Path = readonly (readonly [x: number, y: number])[]

/** How far a label is moved up or down to get out of the way of other lines. */
const asides = [0, -13, 15, -26, 28]

/** Beside the end of its line, or so far above or below it as fewest of the other lines go through it. */
export function clearest(label: Label, others: readonly Path[]): Label {
  const choices = asides.map((aside) => ({ ...label, y: label.y + aside }))
  const crossed = choices.map((one) => others.filter((path) => crosses(path, one)).length)
  return choices[crossed.indexOf(Math.min(...crossed))] ?? label
}

/** Whether a path goes through a label, looked at in steps of a few units. */
function crosses(path: Path, { x, y, text }: Label): boolean {
  const right = x + widthOf(text)
  return path.some(([toX, toY], at) => {
    const [fromX, fromY] = path[at - 1] ?? [toX, toY]
    if (Math.max(fromX, toX) < x || Math.min(fromX, toX) > right) return false
    const steps = Math.max(1, Math.ceil(Math.abs(toX - fromX) / 5))
    return Array.from({ length: steps + 1 }, (_, step) => step / steps).some((part) => {
      const [atX, atY] = [fromX + part * (toX - fromX), fromY + part * (toY - fromY)]
      return atX >= x && atX <= right && atY > y - 12 && atY < y + 4
    })
  })
}

/** Those that could cover each other: their widths overlap, or those of others between them do. */
function columnsOf(labels: readonly Label[]): Label[][] {
  const columns: { right: number; labels: Label[] }[] = []
  for (const label of [...labels].sort((a, b) => a.x - b.x)) {
    const right = label.x + widthOf(label.text)
    const last = columns.at(-1)
    if (last !== undefined && label.x < last.right) {
      last.labels.push(label)
      last.right = Math.max(last.right, right)
    } else columns.push({ right, labels: [label] })
  }
  return columns.map((column) => column.labels.sort((a, b) => labels.indexOf(a) - labels.indexOf(b)))
}

/** A line's height from each other, as near to where they would be as can be: neighbours that conflict share their mean. */
function apart(heights: readonly number[], top: number, bottom: number): number[] {
  const blocks: { sum: number; count: number }[] = []
  heights.forEach((height, at) => {
    blocks.push({ sum: height - at * lineHeight, count: 1 })
    for (;;) {
      const [before, last] = blocks.slice(-2)
      if (before === undefined || last === undefined || before.sum / before.count <= last.sum / last.count) return
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count })
    }
  })
  const most = Math.max(top, bottom - (heights.length - 1) * lineHeight)
  const means = blocks.flatMap(({ sum, count }) => Array.from({ length: count }, () => sum / count))
  return means.map((mean, at) => Math.min(Math.max(mean, top), most) + at * lineHeight)
}
