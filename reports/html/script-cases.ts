/** The part of the page's script that makes lines of packed cases into cases that open. */

export const casesScript = `
const template = document.getElementById('packed')
let unpacking
const unpacked = () => (unpacking ??= inflated(template))
const wholeOf = ({ cases, times }, at) => {
  const passed = times[at].split(' ')
  let next = 0
  let now = 0
  return cases[at].replace(/<i><\\/i>/g, () => '<i>' + grouped((now += Number(passed[next++]))) + '</i>')
}
const grouped = (time) => (time < 10000 ? String(time) : String(time).replace(/\\B(?=(\\d{3})+$)/g, '\\u202f'))
const cases = all('.case').map((node) => ({
  node,
  group: node.parentElement.closest('details'),
  mechanism: node.closest('.mechanism').dataset.mechanism,
  family: node.closest('.family').dataset.family,
}))
const byNode = new Map(cases.map((one) => [one.node, one]))
const unfold = async (inside) => {
  if (!inside.querySelector('[data-at]')) return
  const pack = await unpacked()
  for (const line of all('[data-at]', inside)) {
    const box = document.createElement('template')
    box.innerHTML = wholeOf(pack, line.dataset.at)
    const node = box.content.firstChild
    node.hidden = line.hidden
    byNode.get(line).node = node
    line.replaceWith(node)
  }
}
document.addEventListener('toggle', ({ target }) => {
  if (!target.open) return
  if (target.matches('.group')) unfold(target)
  if (target.matches('.case')) linkTo(target.querySelector('.body'))
}, true)
const linkTo = (body) => {
  if (!body || body.querySelector('.to')) return
  const link = document.createElement('a')
  link.className = 'to'
  link.href = '#' + body.id
  link.textContent = 'Link to this case'
  body.append(link)
}
`
