/**
 * Follows the start of the server by Server-Sent Events. Without it the page reloads itself; with it the page moves
 * on at once. Texts come from the page's data attributes, and what arrives is only ever set as text.
 */
import { follow } from './follow.js'

const page = document.getElementById('progress')
const byId = (id) => document.getElementById(id)
const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place)

/** A screen reader is told at most so often; what it missed it finds in the list of messages. */
const quiet_ms = 10_000

const started = performance.now() - Number(page.dataset.elapsed) * 1000
const timer = setInterval(showElapsed, 1000)
let percent = byId('bar').value
let saidAt = -quiet_ms

const stop = follow(page.dataset.events, {
  told: show,
  connected(isConnected) {
    byId('lost').hidden = isConnected
  },
  // The page itself knows what has become of it.
  refused: () => location.reload(),
})

function show(event) {
  // The page of the request itself goes on from there.
  if (event.state === 'cancelled') return end(event)
  // A bar that goes back looks broken, and the Hub counts each of its steps anew.
  percent = Math.max(percent, Math.min(100, event.percent ?? 0))
  byId('bar').value = percent
  const rounded = Math.round(percent)
  const shown = fill(page.dataset.percent, { percent: rounded })
  byId('percent').textContent = shown
  if (event.message && addMessage(event.message)) say(rounded, event.message)
  // What is being written is finished. Their place is kept: nothing below them moves.
  if (event.state !== 'starting') for (const id of ['cancel', 'typical']) byId(id)?.classList.add('past')
  const title = page.dataset[event.state]
  if (byId('title').textContent !== title) {
    byId('title').textContent = title
    byId('said').textContent = title
  }
  document.title = `${event.state === 'written' ? '' : `${shown} · `}${title} · ${page.dataset.product}`
  if (event.state === 'written' || event.state === 'failed') end(event)
}

/** False when it stands there already. */
function addMessage(text) {
  const messages = byId('messages')
  byId('waiting')?.remove()
  if (messages.lastElementChild?.textContent === text) return false
  const item = document.createElement('li')
  item.textContent = text
  messages.append(item)
  byId('log').scrollTop = byId('log').scrollHeight
  return true
}

function say(rounded, message) {
  const now = performance.now()
  if (now - saidAt < quiet_ms) return
  saidAt = now
  byId('said').textContent = fill(page.dataset.said, { percent: rounded, message })
}

/** The notebook, or this page again, which says what has gone wrong and offers to try again. */
function end({ state, location: address }) {
  clearInterval(timer)
  stop()
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
