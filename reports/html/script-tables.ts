/**
 * The part of the page's script that sorts tables within their groups, and makes each row a thing to link to. The first
 * press of a head sorts the better ones up, the second the other way round, the third as it was. What is no number stays
 * below.
 */

export const tablesScript = `
const numberIn = (text) => {
  const plain = text.replace(/[\\s\\u202f]/g, '').replace('\\u2212', '-')
  const number = Number.parseFloat(/[\\d.]+(?=\\u00d7)/.exec(plain)?.[0] ?? plain)
  return Number.isNaN(number) ? undefined : number
}
const compared = (a, b) => (a < b ? -1 : a > b ? 1 : 0)
const ordered = (rows, column, sign) =>
  rows
    .map((row, at) => ({ row, at, text: row.cells[column].textContent }))
    .map((one) => ({ ...one, key: column === 0 ? one.text : numberIn(one.text) }))
    .sort((a, b) =>
      (a.key === undefined) - (b.key === undefined) || sign * compared(a.key, b.key) || a.at - b.at)
    .map(({ row }) => row)
const status = document.createElement('p')
status.setAttribute('role', 'status')
status.className = 'unseen'
document.querySelector('main').append(status)
const heads = { ascending: 1, descending: -1 }
const sortable = (table) => {
  const groups = [...table.tBodies].map((body) => ({ body, rows: [...body.rows].filter(({ cells }) => cells.length > 1) }))
  for (const head of table.tHead.rows[0].cells) {
    if (head.ariaHidden === 'true') continue
    const button = document.createElement('button')
    button.type = 'button'
    button.append(...head.childNodes)
    head.append(button)
    const name = button.firstChild.textContent
    const first = button.textContent.includes('\\u2191') ? 'descending' : 'ascending'
    const second = first === 'ascending' ? 'descending' : 'ascending'
    button.addEventListener('click', () => {
      const now = head.getAttribute('aria-sort')
      const next = now === null ? first : now === first ? second : null
      for (const other of table.tHead.rows[0].cells) other.removeAttribute('aria-sort')
      if (next) head.setAttribute('aria-sort', next)
      for (const { body, rows } of groups) body.append(...(next ? ordered(rows, head.cellIndex, heads[next]) : rows))
      status.textContent = next ? 'Sorted by ' + name + ', ' + next : 'As at first'
    })
  }
}
for (const table of all('table.figures')) if (table.tHead) sortable(table)
for (const { node } of rows) {
  const link = document.createElement('a')
  link.href = '#' + node.id
  link.append(...node.cells[0].childNodes)
  node.cells[0].append(link)
}
`
