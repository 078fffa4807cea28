import type { DeliveryJob } from './delivery.ts'

/** More than anyone uses in a day; then it begins anew. */
const most = 10_000

/**
 * Folders that a notebook was written into since their server was started. To look for such a folder again would be one
 * call of four at each click; when its user has taken it away meanwhile, the write fails and tells.
 */
export interface KnownFolders {
  has(job: DeliveryJob): boolean
  learn(job: DeliveryJob): void
  forget(job: DeliveryJob): void
}

export function createKnownFolders(): KnownFolders {
  const known = new Set<string>()
  const keyOf = ({ serverUrl, serverStarted, wanted }: DeliveryJob) =>
    serverStarted === undefined ? undefined : JSON.stringify([serverUrl, serverStarted, wanted.folder])
  return {
    has: (job) => known.has(keyOf(job) ?? ''),
    learn(job) {
      const key = keyOf(job)
      if (known.size >= most) known.clear()
      if (key !== undefined) known.add(key)
    },
    forget: (job) => void known.delete(keyOf(job) ?? ''),
  }
}
