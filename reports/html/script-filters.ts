/** The part of the page's script that filters cases and figures, and keeps what was asked for in the page's address. */

export const filtersScript = `
const hideEmpty = (selector, inner) => {
  for (const node of all(selector)) node.hidden = !node.querySelector(inner)
}
const entities = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' }
const textOf = (markup) => markup.replace(/<[^>]*>/g, ' ').replace(/&([^;]+);/g, (_, name) => entities[name])
const holdsAll = (text, words) => words.every((word) => text.includes(word))
const asked = (form) => {
  const { text = '', ...others } = Object.fromEntries(new FormData(form))
  return { ...others, words: text.toLowerCase().split(' ').filter(Boolean) }
}
let pack
const textIn = (one) => {
  if (one.text) return one.text
  const there = () => one.node.textContent.toLowerCase()
  if (!one.node.matches(partly)) return (one.text = there())
  return pack ? (one.text = there() + ' ' + textOf(pack.get(nameOf(one.node))).toLowerCase()) : there()
}
const filterCases = (form) => {
  const { family, mechanism, verdict, words } = asked(form)
  if (words.length && template && !pack) {
    unpacked().then((found) => {
      pack = found
      filterCases(form)
    })
  }
  let shown = 0
  for (const one of cases) {
    const fits = (!family || one.family === family)
      && (!mechanism || one.mechanism === mechanism)
      && (!verdict || one.verdict === verdict)
      && holdsAll(words.length ? textIn(one) : '', words)
    one.node.hidden = !fits
    if (!fits) continue
    shown++
    if (verdict || words.length) one.group.open = true
  }
  hideEmpty('.groups>details', ':is(.case, p[id]):not([hidden])')
  hideEmpty('.mechanism', '.groups>details:not([hidden])')
  hideEmpty('section.family', '.mechanism:not([hidden])')
  tell(form, shown, cases.length, 'cases')
}
const rows = all('tbody[data-size] tr[id]').map((node) => ({ node, group: node.parentElement, name: node.cells[0].textContent }))
const filterFigures = (form) => {
  const { family, mechanism, placement, size, words } = asked(form)
  const wanted = [...form.elements.mechanism.options]
    .filter(({ value, parentElement }) => value && (!mechanism || value === mechanism) && (!family || parentElement.label === family))
    .map(({ value }) => value)
  const isOf = (name) => wanted.some((one) => name === one || name.startsWith(one + ' '))
  let shown = 0
  for (const { node, group, name } of rows) {
    const fits = ((!family && !mechanism) || isOf(name.replace(/^[AB]: /, '')))
      && (!placement || group.dataset.placement === placement)
      && (!size || group.dataset.size === size)
      && holdsAll(words.length ? name.toLowerCase() : '', words)
    node.hidden = !fits
    if (fits) shown++
  }
  hideEmpty('tbody[data-size]', 'tr[id]:not([hidden])')
  hideEmpty('.scroll:has(tbody[data-size])', 'tbody:not([hidden])')
  tell(form, shown, rows.length, 'rows')
}
const tell = (form, shown, whole, what) => {
  const count = (number) => String(number).replace(/\\B(?=(\\d{3})+$)/g, '\\u202f')
  form.querySelector('output').textContent = shown < whole ? count(shown) + ' of ' + count(whole) + ' ' + what : count(whole) + ' ' + what
}
const filters = { cases: filterCases, figures: filterFigures }
const homeOf = (form) => form.closest('section[id]').id
const remember = (form) => {
  const given = [...new FormData(form)].filter(([, value]) => value)
  const query = given.length ? '?' + new URLSearchParams(given) : ''
  history.replaceState(null, '', '#' + homeOf(form) + query)
}
const forms = all('form.filter')
for (const form of forms) {
  const filter = filters[form.name]
  form.hidden = false
  form.addEventListener('input', () => {
    filter(form)
    remember(form)
  })
  form.addEventListener('reset', () => setTimeout(() => {
    filter(form)
    remember(form)
  }))
  form.addEventListener('submit', (event) => event.preventDefault())
  const whole = form.name === 'cases' ? cases.length : rows.length
  tell(form, whole, whole, form.name === 'cases' ? 'cases' : 'rows')
}
`
