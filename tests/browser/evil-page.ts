import type { Test } from 'tap'
import { listenWith } from '../support/listen.ts'

/** What a page can do with an address that it knows, each answer what it could read. */
const script = `
const loaded = (element) => new Promise((resolve) => {
  element.onload = element.onerror = () => resolve()
  document.body.append(element)
  setTimeout(resolve, 3000)
})
async function fetched(url) {
  const found = []
  for (const options of [{}, { mode: 'no-cors' }, { redirect: 'manual' }, { method: 'POST', body: 'csrf=' }])
    found.push(await fetch(url, { credentials: 'include', ...options }).then((r) => r.text()).catch(String))
  return found.join()
}
const requested = (url) => new Promise((resolve) => {
  const request = new XMLHttpRequest()
  request.onloadend = () => resolve(request.responseText)
  request.open('GET', url)
  request.setRequestHeader('accept', 'text/html')
  request.send()
})
const inside = (element) => {
  try { return element.contentDocument?.documentElement.outerHTML ?? 'nothing' } catch (error) { return String(error) }
}
async function framed(url) {
  const frame = Object.assign(document.createElement('iframe'), { src: url })
  await loaded(frame)
  return inside(frame)
}
async function embedded(url) {
  const element = Object.assign(document.createElement('object'), { data: url, type: 'text/html' })
  await loaded(element)
  return inside(element)
}
const pretend = () => history.pushState(null, '', '/services/templates/confirm/AAAAAAAAAAAAAAAAAAAAAA')
async function pretended(url) {
  const here = location.href
  pretend()
  const read = await fetch(url).then((answer) => answer.text())
  history.replaceState(null, '', here)
  return read
}
function formTo(url, csrf) {
  const form = Object.assign(document.createElement('form'), { method: 'post', action: url })
  form.append(Object.assign(document.createElement('input'), { name: 'csrf', value: csrf ?? '' }))
  document.body.append(form)
  return form
}
const submitted = (url, csrf) => setTimeout(() => formTo(url, csrf).submit())
const submittedPretending = (url, csrf) => { pretend(); submitted(url, csrf) }
const last = '/services/templates/confirm/' + location.hash.slice(1)
const query = new URLSearchParams(location.search)
const acts = { submitted, submittedPretending }
addEventListener('load', () => acts[query.get('act')]?.(query.get('url') ?? last, query.get('csrf')))
let opened
function seen() {
  if (opened.closed) return 'closed'
  try { return opened.document.documentElement.outerHTML } catch (error) { return String(error) }
}
`

/**
 * A page that attacks: as a service of the hub it stands on the hub's host. Its functions act by themselves, its buttons
 * on the user's click, or at once with `?act=`; `#` and an id, or `url`, say what on.
 *
 * @returns its address, without a slash at its end
 */
export async function serveEvilPage(t: Test): Promise<string> {
  const page = `<!doctype html><meta charset="utf-8"><title>Evil</title><script>${script}</script>
<button onclick="opened = window.open(last)">open</button>
<button onclick="formTo(last, 'AAAA').submit()">send</button>
<button onclick="pretend(); formTo(last, 'AAAA').submit()">send pretending</button>`
  return listenWith(t, (_request, response) => {
    response.setHeader('content-type', 'text/html; charset=utf-8')
    response.end(page)
  })
}
