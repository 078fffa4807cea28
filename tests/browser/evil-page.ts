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
function seen(other = opened) {
  if (!other || other.closed) return 'closed'
  try { return other.document.documentElement.outerHTML } catch (error) { return String(error) }
}
const openWindow = (url) => { opened = open(url) }
const sendOpener = (url) => { opener.location = url }
const seenOfOpener = () => seen(opener)
// For the whole host: whatever is gone to then passes through the worker.
async function registerWorker() {
  const registration = await navigator.serviceWorker.register('worker.js', { scope: '/' })
  await navigator.serviceWorker.ready
  await registration.navigationPreload?.enable()
}
const seenByWorker = () => fetch('/seen').then((answer) => answer.text())
`

/** Keeps what it can read of all that is gone to, and what it can fetch by itself. */
const worker = `
const found = []
addEventListener('activate', (event) => event.waitUntil(clients.claim()))
addEventListener('fetch', (event) => {
  const url = new URL(event.request.url)
  if (url.pathname === '/seen') return event.respondWith(new Response(found.splice(0).join('\\n')))
  if (event.request.mode !== 'navigate' || !url.pathname.startsWith('/services/templates/')) return
  event.respondWith((async () => {
    for (const ask of [() => event.preloadResponse, () => fetch(url), () => fetch(url, { redirect: 'manual' })]) {
      const answer = await ask().catch(() => undefined)
      if (answer) found.push(answer.status + ' ' + await answer.text().catch(String))
    }
    const answer = await fetch(event.request)
    // What leads on is of no type that a worker reads.
    found.push(answer.type + ' ' + answer.status + ' ' + await answer.clone().text().catch(String))
    return answer
  })())
})
`

/**
 * A page that attacks: as a service of the hub it stands on the hub's host. Its functions act by themselves, its buttons
 * on the user's click, or at once with `?act=`; `#` and an id, or `url`, say what on. With `?coop=` it sends that value of
 * `Cross-Origin-Opener-Policy`.
 *
 * @returns its address, without a slash at its end
 */
export async function serveEvilPage(t: Test): Promise<string> {
  const page = `<!doctype html><meta charset="utf-8"><title>Evil</title><script>${script}</script>
<button onclick="opened = window.open(last)">open</button>
<button onclick="formTo(last, 'AAAA').submit()">send</button>
<button onclick="pretend(); formTo(last, 'AAAA').submit()">send pretending</button>`
  return listenWith(t, ({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://evil')
    if (pathname.endsWith('/worker.js')) {
      response.writeHead(200, { 'content-type': 'text/javascript', 'service-worker-allowed': '/' })
      return response.end(worker)
    }
    response.setHeader('content-type', 'text/html; charset=utf-8')
    const policy = searchParams.get('coop')
    if (policy) response.setHeader('cross-origin-opener-policy', policy)
    return response.end(page)
  })
}
