/** The part of the page's script that makes lines of packed cases into cases that open. */

export const casesScript = `
const template = document.getElementById('packed')
let unpacking
const idOf = (markup) => / id="([^"]+)"/.exec(markup)[1]
const unpacked = () => (unpacking ??= inflated(template).then((pack) => new Map(putTogether(pack).map((markup) => [idOf(markup), markup]))))
const partly = '.groups p[id],[data-part]'
const nameOf = (node) => node.id || node.querySelector('.body').id
const cases = all('.case,.groups p[id]').map((node) => ({
  node,
  verdict: node.querySelector('b')?.textContent || 'pass',
  group: node.parentElement.closest('details'),
  mechanism: node.closest('.mechanism').dataset.mechanism,
  family: node.closest('.family').dataset.family,
}))
const byNode = new Map(cases.map((one) => [one.node, one]))
const unfold = async (inside) => {
  if (!inside.querySelector(partly)) return
  const pack = await unpacked()
  for (const part of all(partly, inside)) {
    const box = document.createElement('template')
    box.innerHTML = pack.get(nameOf(part))
    const node = box.content.firstChild
    if (part.matches('[data-part]')) {
      part.querySelector('.facts').after(...node.childNodes)
      part.removeAttribute('data-part')
      continue
    }
    const says = part.querySelector('span')
    if (says) node.querySelector('summary > span').textContent = says.textContent
    node.hidden = part.hidden
    byNode.get(part).node = node
    part.replaceWith(node)
  }
}
document.addEventListener('toggle', ({ target }) => {
  if (!target.open) return
  if (target.matches('.groups>details')) unfold(target)
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
