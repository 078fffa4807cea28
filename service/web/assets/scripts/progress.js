/**
 * Follows the start of the server by Server-Sent Events. Without it the page reloads itself; with it the page moves
 * on at once. Texts come from the page's data attributes, and what arrives is only ever set as text.
 */
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
  // A bar that goes back looks broken, and the Hub starts each of its steps at 0 again.
  percent = Math.max(percent, Math.min(100, event.percent ?? 0))
  byId('bar').value = percent
  const rounded = Math.round(percent)
  const shown = fill(page.dataset.percent, { percent: rounded })
  byId('percent').textContent = shown
  const { message } = event
  if (message && addMessage(message)) say(fill(page.dataset.said, { percent: rounded, message }))
  showLine(event.line)
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

/** The place of a start that waits for others'; undefined: it does not. */
function showLine(line) {
  const sentence = line
    ? fill(line.full ? page.dataset.lineFull : page.dataset.line, { place: line.place })
    : ''
  // A page of what is being written has no place for it.
  const shown = byId('line')
  if (!shown || shown.textContent === sentence) return
  shown.textContent = sentence
  if (sentence) say(sentence)
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

function say(sentence) {
  const now = performance.now()
  if (now - saidAt < quiet_ms) return
  saidAt = now
  byId('said').textContent = sentence
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

/**
 * Follows a stream of Server-Sent Events until it is told to stop, through whatever happens to the connection. The browser
 * comes back by itself when one breaks, but not after an answer that is no stream, such as a proxy's while the service
 * is restarted: then this asks again, ever more slowly.
 *
 * @param told gets each event
 * @param connected gets true and false as the connection comes and goes
 * @param refused is called when the service itself will not tell any more
 * @returns ends it
 */
function follow(address, { told, connected, refused }) {
  let source
  let timer
  let ended = false
  let wait_ms = 1000
  open()
  return () => {
    ended = true
    clearTimeout(timer)
    source.close()
  }

  function open() {
    source = new EventSource(address)
    source.addEventListener('message', ({ data }) => told(JSON.parse(data)))
    source.addEventListener('open', () => {
      wait_ms = 1000
      connected(true)
    })
    source.addEventListener('error', () => {
      if (ended) return
      connected(false)
      if (source.readyState === EventSource.CLOSED) askLater()
    })
  }

  function askLater() {
    timer = setTimeout(ask, wait_ms)
    wait_ms = Math.min(10_000, wait_ms * 1.5)
  }

  /** Only the status of the answer counts. */
  async function ask() {
    const asking = new AbortController()
    const { signal } = asking
    const answer = await fetch(address, { headers: { accept: 'text/event-stream' }, signal }).catch(() => {})
    asking.abort()
    if (ended) return
    const status = answer?.status ?? 503
    if (status < 300) open()
    // Nobody there (a proxy's 404, too), or too many at once.
    else if (status >= 500 || status === 404 || status === 429) askLater()
    else refused()
  }
}
