import { type FSWatcher, watch } from 'node:fs'
import { lstat, readdir } from 'node:fs/promises'
import { join, sep } from 'node:path'

export interface Watcher {
  close(): Promise<void>
}

/** An editor that saves touches a file several times; a copied folder is thousands of events. */
const quiet_ms = 100
const atLatest_ms = 1000

/**
 * Tells soon after something has changed in a folder or below it. Only folders are watched, and nothing is remembered of
 * the files in them: ten thousand of those took chokidar 40 MB. Where the file system reports nothing (some network
 * drives), the catalogue's own looks at the folder remain.
 */
export function watchFolder(folder: string, changed: () => void, failed: (error: unknown) => void): Watcher {
  const bell = createBell(changed)
  const watchers = new Map<string, FSWatcher>()
  let isClosed = false

  /** Watches a folder and those below it; whatever else is there, or nothing, is passed over. */
  async function follow(path: string): Promise<void> {
    const stats = await lstat(path)
    if (isClosed || !stats.isDirectory() || watchers.has(path)) return
    // Before its folders are listed: one that is made meanwhile is reported.
    watchers.set(path, watchOne(path))
    const entries = await readdir(path, { withFileTypes: true })
    const folders = entries.filter((entry) => entry.isDirectory() && !isHidden(entry.name))
    await Promise.all(folders.map(({ name }) => followCarefully(join(path, name))))
  }

  function followCarefully(path: string): Promise<void> {
    return follow(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') failed(error)
    })
  }

  function watchOne(path: string): FSWatcher {
    const watcher = watch(path, { persistent: false }, (kind, name) => {
      if (name !== null && isHidden(name)) return
      bell.ring()
      if (kind !== 'rename' || name === null) return
      // What has this name now may be another folder than before.
      const below = join(path, name)
      forget(below)
      void followCarefully(below).then(bell.ring)
    })
    return watcher.on('error', failed)
  }

  function forget(path: string): void {
    for (const [one, watcher] of watchers) {
      if (one !== path && !one.startsWith(path + sep)) continue
      watcher.close()
      watchers.delete(one)
    }
  }

  // What changed before it was watched is not reported.
  const ready = followCarefully(folder).then(bell.ring)
  return {
    async close() {
      isClosed = true
      bell.stop()
      for (const watcher of watchers.values()) watcher.close()
      await ready
    },
  }
}

function isHidden(name: string): boolean {
  return name.startsWith('.')
}

/** Calls once it has been quiet for a moment after a ring, or at the latest a second after the first one. */
function createBell(call: () => void): { ring(): void; stop(): void } {
  let timer: NodeJS.Timeout | undefined
  let since = 0
  let isStopped = false
  return {
    ring() {
      if (isStopped) return
      const now = performance.now()
      if (timer === undefined) since = now
      clearTimeout(timer)
      const wait_ms = Math.max(0, Math.min(quiet_ms, since + atLatest_ms - now))
      timer = setTimeout(() => {
        timer = undefined
        call()
      }, wait_ms).unref()
    },
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}
