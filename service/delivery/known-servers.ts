import { createLastUsed } from '../last-used.ts'
import type { DeliveryJob } from './delivery.ts'

/** More than anyone uses in a day. */
const most = 10_000

/**
 * What is known of servers until they start again: folders that a notebook was written into, and whether single notebooks can be
 * shown. To look again would be two calls of four at each click; when its user has taken such a folder away meanwhile, the
 * write fails and tells.
 */
export interface KnownServers {
  hasFolder(job: DeliveryJob): boolean
  learnFolder(job: DeliveryJob): void
  forgetFolder(job: DeliveryJob): void
  /** @param ask a failure is not remembered */
  hasNotebookView(job: DeliveryJob, ask: () => Promise<boolean>): Promise<boolean>
}

export function createKnownServers(): KnownServers {
  const known = createLastUsed<string, boolean>(most)
  /** undefined: nobody has said since when the server runs. */
  const keyOf = ({ serverUrl, serverStarted }: DeliveryJob, ...what: string[]) =>
    serverStarted === undefined ? undefined : JSON.stringify([serverUrl, serverStarted, ...what])
  const folderOf = (job: DeliveryJob) => keyOf(job, 'folder', job.wanted.folder)
  const learn = (key: string | undefined, value: boolean) => {
    if (key !== undefined) known.set(key, value)
    return value
  }
  return {
    hasFolder: (job) => known.get(folderOf(job) ?? '') === true,
    learnFolder: (job) => void learn(folderOf(job), true),
    forgetFolder: (job) => known.delete(folderOf(job) ?? ''),
    async hasNotebookView(job, ask) {
      const key = keyOf(job, 'notebook view')
      return known.get(key ?? '') ?? learn(key, await ask())
    },
  }
}
