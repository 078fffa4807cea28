import { watch } from 'chokidar'

export interface Watcher {
  close(): Promise<void>
}

/** An editor that saves touches a file several times; a copied folder is thousands of events. */
const quiet_ms = 100
const atLatest_ms = 1000

/**
 * Tells soon after something has changed in a folder or below it. Only folders are watched: the system reports changes
 * of the files in them, and ten thousand watched files would take memory and the system's watches. Where the file
 * system reports nothing (some network drives), the catalogue's own looks at the folder remain.
 */
export function watchFolder(folder: string, changed: () => void, failed: (error: unknown) => void): Watcher {
  let timer: NodeJS.Timeout | undefined
  let since = 0
  let closed = false
  const tell = () => {
    // The system may still report something while the watcher closes.
    if (closed) return
    const now = performance.now()
    if (timer === undefined) since = now
    clearTimeout(timer)
    const wait_ms = Math.max(0, Math.min(quiet_ms, since + atLatest_ms - now))
    timer = setTimeout(() => {
      timer = undefined
      changed()
    }, wait_ms).unref()
  }
  const watcher = watch(folder, {
    ignored: (path, stats) => stats?.isFile() === true || /\/\.[^/]*$/.test(path.slice(folder.length)),
    ignoreInitial: true,
    // What else runs keeps the process alive.
    persistent: false,
  })
  // What changed before it was watching is not reported.
  watcher.on('raw', tell).on('all', tell).on('ready', tell).on('error', failed)
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await watcher.close()
    },
  }
}
