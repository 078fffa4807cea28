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
export function follow(address, { told, connected, refused }) {
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
