/** Lets a few in at a time for each key; the others stand in line, first come, first served. */
export interface WaitingLines {
  /**
   * Whose turn it is.
   *
   * @param moved told the place in line, from 1 on, at first and with each change
   * @throws the signal's reason when it fires before
   */
  enter(key: string, signal?: AbortSignal, moved?: (place: number) => void): Promise<Turn>
  /** Whether somebody who comes now is let in at once. */
  isFree(key: string): boolean
}

export interface Turn {
  /** Whether others were before. */
  readonly waited: boolean
  /** Must be called at the end; more than once does nothing. */
  leave(): void
}

interface Line {
  inside: number
  readonly waiting: Set<Waiting>
}

interface Waiting {
  come(): void
  moved(place: number): void
}

/** @param atOnce how many may be in at a time, for each key */
export function createWaitingLines(atOnce: number): WaitingLines {
  const lines = new Map<string, Line>()

  const leaveOnce = (key: string, line: Line) => {
    let left = false
    return () => {
      if (left) return
      left = true
      const [next] = line.waiting
      if (next) next.come()
      else if (--line.inside === 0) lines.delete(key)
    }
  }

  return {
    isFree: (key) => (lines.get(key)?.inside ?? 0) < atOnce,

    async enter(key, signal, moved = () => {}) {
      signal?.throwIfAborted()
      const line = lines.get(key) ?? { inside: 0, waiting: new Set() }
      lines.set(key, line)
      if (line.inside < atOnce) {
        line.inside++
        return { waited: false, leave: leaveOnce(key, line) }
      }
      await new Promise<void>((resolve, reject) => {
        const end = () => {
          line.waiting.delete(one)
          let place = 0
          for (const other of line.waiting) other.moved(++place)
          signal?.removeEventListener('abort', giveUp)
        }
        const come = () => {
          end()
          resolve()
        }
        const giveUp = () => {
          end()
          reject(signal?.reason)
        }
        const one = { come, moved }
        line.waiting.add(one)
        moved(line.waiting.size)
        signal?.addEventListener('abort', giveUp)
      })
      return { waited: true, leave: leaveOnce(key, line) }
    },
  }
}
