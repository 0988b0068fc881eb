/**
 * The page's only script: it filters by mechanism, verdict and text, and opens what a link leads to. The page says all it
 * has to say without it.
 */

export const script = `
(() => {
  const form = document.querySelector('.filter')
  const cases = [...document.querySelectorAll('.case')].map((node) => ({
    node,
    group: node.parentElement.closest('details'),
    mechanism: node.closest('.mechanism').dataset.mechanism,
    text: node.textContent.toLowerCase(),
  }))
  const rows = [...document.querySelectorAll('tr[data-mechanism]')]
  const hideEmpty = (selector, inner) => {
    for (const node of document.querySelectorAll(selector)) node.hidden = !node.querySelector(inner)
  }
  const filter = () => {
    const { mechanism, verdict, text } = Object.fromEntries(new FormData(form))
    const words = text.toLowerCase().split(' ').filter(Boolean)
    const active = Boolean(mechanism || verdict || words.length)
    let shown = 0
    for (const one of cases) {
      const fits = (!mechanism || one.mechanism === mechanism)
        && (!verdict || one.node.dataset.verdict === verdict)
        && words.every((word) => one.text.includes(word))
      one.node.hidden = !fits
      if (fits) shown++
      if (fits && (verdict || words.length)) one.group.open = true
    }
    hideEmpty('.group', '.case:not([hidden])')
    hideEmpty('.mechanism', '.group:not([hidden])')
    for (const row of rows) row.hidden = Boolean(mechanism) && row.dataset.mechanism !== mechanism
    form.querySelector('output').textContent = active ? shown + ' of ' + cases.length + ' cases' : cases.length + ' cases'
  }
  const reveal = () => {
    const name = decodeURIComponent(location.hash.slice(1))
    if (!name) return
    const inside = document.getElementById(name) || document.querySelector('[id^="' + CSS.escape(name) + '@"]')
    if (!inside) return
    if (form && inside.closest('[hidden]')) {
      form.reset()
      filter()
    }
    for (let node = inside; node; node = node.parentElement) if (node.tagName === 'DETAILS') node.open = true
    ;(inside.closest('details') || inside).scrollIntoView()
  }
  if (form) {
    form.hidden = false
    form.addEventListener('input', filter)
    form.addEventListener('reset', () => setTimeout(filter))
    form.addEventListener('submit', (event) => event.preventDefault())
    filter()
  }
  addEventListener('hashchange', reveal)
  reveal()
})()
`
