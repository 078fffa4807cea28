/**
 * Searches while one types: asks for the same page that the form would, and shows its results in this one. Without
 * it the form does the same by its button. While the service is still reading its template folder, it asks again by itself.
 */
const form = document.getElementById('search')
const incomplete = document.getElementById('incomplete')
const quiet_ms = 150
const again_ms = 3000
let timer
let again
let asking

form.addEventListener('input', () => {
  clearTimeout(timer)
  timer = setTimeout(search, quiet_ms)
})
form.addEventListener('submit', (event) => {
  event.preventDefault()
  clearTimeout(timer)
  search()
})

askAgain()

function askAgain() {
  if (incomplete.childElementCount > 0) again = setTimeout(() => ask(new URL(location)), again_ms)
}

function search() {
  const fields = [...new FormData(form)].filter(([, value]) => value !== '')
  const address = new URL(form.action)
  address.search = new URLSearchParams(fields)
  ask(address)
}

function ask(address) {
  clearTimeout(again)
  asking?.abort()
  asking = new XMLHttpRequest()
  asking.open('GET', address)
  // A document of its own, in which nothing runs.
  asking.responseType = 'document'
  asking.addEventListener('load', () => show(asking.response, address))
  // The way to the login, an error page or no network: what the browser itself shows then is right.
  asking.addEventListener('error', () => location.assign(address))
  asking.send()
}

function show(page, address) {
  const parts = ['incomplete', 'results', 'count', 'language', 'tag'].map((id) => [
    document.getElementById(id),
    page?.getElementById(id),
  ])
  if (!parts[1][1]) return location.assign(address)
  for (const [old, found] of parts) {
    if (!old || !found) continue
    const { value } = old
    old.replaceChildren(...found.childNodes)
    // Choices that leave one list for another are each chosen for a moment, and the last one stays.
    if (value !== undefined) old.value = value
  }
  history.replaceState(null, '', address)
  askAgain()
}
