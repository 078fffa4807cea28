/**
 * Follows the start of the server by Server-Sent Events. Without it the page reloads itself; with it the page moves
 * on at once. Texts come from the page's data attributes, and what arrives is only ever set as text.
 */
const page = document.getElementById('progress')
const byId = (id) => document.getElementById(id)
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place)

const started = performance.now() - Number(page.dataset.elapsed) * 1000
const timer = setInterval(showElapsed, 1000)
let percent = byId('bar').value
let ended = false

const source = new EventSource(page.dataset.events)
source.addEventListener('message', ({ data }) => show(JSON.parse(data)))
source.addEventListener('open', () => {
  byId('lost').hidden = true
})
source.addEventListener('error', () => {
  if (ended) return
  byId('lost').hidden = false
  // The browser reconnects by itself unless it was told no: then the page itself knows what has become of it.
  if (source.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 3000)
})

function show(event) {
  // The page of the request itself goes on from there.
  if (event.state === 'cancelled') return end(event)
  // A bar that goes back looks broken, and the Hub counts each of its steps anew.
  percent = Math.max(percent, Math.min(100, event.percent ?? 0))
  byId('bar').value = percent
  const shown = fill(page.dataset.percent, { percent: Math.round(percent) })
  byId('percent').textContent = shown
  if (event.message) addMessage(event.message)
  // What is being written is finished.
  if (event.state !== 'starting') byId('cancel')?.remove()
  const title = page.dataset[event.state]
  if (byId('title').textContent !== title) byId('title').textContent = title
  document.title = `${event.state === 'written' ? '' : `${shown} · `}${title} · ${page.dataset.product}`
  if (event.state === 'written' || event.state === 'failed') end(event)
}

function addMessage(text) {
  const messages = byId('messages')
  byId('waiting')?.remove()
  if (messages.lastElementChild?.textContent === text) return
  const item = document.createElement('li')
  item.textContent = text
  messages.append(item)
  byId('log').scrollTop = byId('log').scrollHeight
}

/** The notebook, or this page again, which says what has gone wrong and offers to try again. */
function end({ state, location: address }) {
  ended = true
  clearInterval(timer)
  source.close()
  const url = state === 'written' && address ? new URL(address, document.baseURI) : undefined
  if (url && /^https?:$/.test(url.protocol)) location.replace(url)
  else location.reload()
}

function showElapsed() {
  const seconds = Math.floor((performance.now() - started) / 1000)
  const [sentence, values] =
    seconds < 60
      ? [page.dataset.seconds, { seconds }]
      : [page.dataset.minutes, { minutes: Math.floor(seconds / 60), seconds: seconds % 60 }]
  byId('elapsed').textContent = fill(sentence, values)
}
