/**
 * The part of the page's script that follows the page's address: `#ID` opens what it leads to, and `#SECTION?mechanism=pipe`
 * filters. It also saves packed rows as a file.
 */

export const linksScript = `
const decoded = (text) => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
const found = (name) => document.getElementById(name) || document.querySelector('[id^="' + CSS.escape(name) + '@"]')
const clear = (form) => {
  for (const field of all('select, input', form)) field.value = ''
}
const ask = (home, query) => {
  const form = forms.find((one) => homeOf(one) === home)
  if (!form) return
  clear(form)
  for (const [name, value] of new URLSearchParams(query)) if (form.elements[name]) form.elements[name].value = value
  filters[form.name](form)
}
const reveal = async () => {
  const [name, ...query] = location.hash.slice(1).split('?')
  if (!name) return
  if (query.length) ask(name, query.join('?'))
  let node = found(decoded(name))
  if (!node) return
  const group = node.closest('.groups>details')
  if (group) {
    await unfold(group)
    node = found(decoded(name))
  }
  if (node.closest('[hidden]')) {
    const form = node.closest('section:has(>.filter)').querySelector('.filter')
    clear(form)
    filters[form.name](form)
  }
  for (let up = node; up; up = up.parentElement) if (up.tagName === 'DETAILS') up.open = true
  ;(node.closest('details') || node).scrollIntoView()
}
for (const button of all('button[data-save]')) {
  button.hidden = false
  button.addEventListener('click', async () => {
    const { name, text } = await inflated(document.getElementById(button.dataset.save))
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
    link.download = name
    link.click()
    setTimeout(() => URL.revokeObjectURL(link.href), 1000)
  })
}
addEventListener('hashchange', reveal)
reveal()
`
