/**
 * The page's only script: it filters by family, mechanism, verdict and text, opens what a link leads to, and draws the
 * ladders that a large page has packed. But for those the page says all it has to say without it.
 */

export const script = `
(() => {
  const form = document.querySelector('.filter')
  const cases = [...document.querySelectorAll('.case')].map((node) => ({
    node,
    group: node.parentElement.closest('details'),
    mechanism: node.closest('.mechanism').dataset.mechanism,
    family: node.closest('.family').dataset.family,
    text: node.textContent.toLowerCase(),
  }))
  const rows = [...document.querySelectorAll('tr[data-mechanism]')]
  const hideEmpty = (selector, inner) => {
    for (const node of document.querySelectorAll(selector)) node.hidden = !node.querySelector(inner)
  }
  const filter = () => {
    const { family, mechanism, verdict, text } = Object.fromEntries(new FormData(form))
    const words = text.toLowerCase().split(' ').filter(Boolean)
    const active = Boolean(family || mechanism || verdict || words.length)
    let shown = 0
    for (const one of cases) {
      const fits = (!family || one.family === family)
        && (!mechanism || one.mechanism === mechanism)
        && (!verdict || one.node.dataset.verdict === verdict)
        && words.every((word) => one.text.includes(word))
      one.node.hidden = !fits
      if (fits) shown++
      if (fits && (verdict || words.length)) one.group.open = true
    }
    hideEmpty('.group', '.case:not([hidden])')
    hideEmpty('.mechanism', '.group:not([hidden])')
    hideEmpty('section.family', '.mechanism:not([hidden])')
    for (const row of rows) row.hidden = Boolean(mechanism) && row.dataset.mechanism !== mechanism
    form.querySelector('output').textContent = active ? shown + ' of ' + cases.length + ' cases' : cases.length + ' cases'
  }
  // Ladders that were packed are unpacked once, and drawn when their case is opened.
  const unpack = async (packed) => {
    const bytes = Uint8Array.from(atob(packed.content.textContent), (byte) => byte.charCodeAt(0))
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
    return JSON.parse(await new Response(stream).text())
  }
  const entities = { quot: '"', '#39': "'", lt: '<', gt: '>', amp: '&' }
  const textOf = (markup) => markup.replace(/<[^>]*>/g, ' ').replace(/&([^;]+);/g, (_, name) => entities[name])
  const packed = document.getElementById('packed')
  const unpacked = packed ? unpack(packed) : Promise.resolve([])
  const laterIn = (node) => node.querySelector(':scope > .body > .later')
  unpacked.then((ladders) => {
    for (const one of cases) {
      const later = laterIn(one.node)
      if (later) one.text += textOf(ladders[later.dataset.at]).toLowerCase()
    }
    if (packed && new FormData(form).get('text')) filter()
  })
  document.addEventListener('toggle', async ({ target }) => {
    if (!target.open || !laterIn(target)) return
    const ladders = await unpacked
    const later = laterIn(target)
    if (later) later.outerHTML = ladders[later.dataset.at]
  }, true)
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
