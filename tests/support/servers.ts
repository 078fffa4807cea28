import { type Answer, send } from './http.ts'
import type { RunningHub } from './hub.ts'
import { until } from './until.ts'

interface ServerModel {
  readonly ready: boolean
  readonly stopped: boolean
  readonly pending: string | null
  readonly url: string
  readonly user_options?: Readonly<Record<string, unknown>>
}

/** The Hub's own word on a server of a user; undefined: there is none, or it is stopped. */
export async function serverOf(hub: RunningHub, user: string, server = ''): Promise<ServerModel | undefined> {
  const answer = await hub.api(`users/${encodeURIComponent(user)}`)
  return (answer.json() as { servers?: Record<string, ServerModel> }).servers?.[server]
}

/** Makes the user if there is none, starts their server and waits until it is ready; the answer is its URL. */
export async function startServer(hub: RunningHub, user: string, server = ''): Promise<string> {
  const path = `users/${encodeURIComponent(user)}`
  await hub.api(path, { method: 'POST' })
  await hub.api(`${path}/${serverPath(server)}`, { method: 'POST' })
  const ready = await until(
    `the server of ${user}`,
    async () => {
      const model = await serverOf(hub, user, server)
      return model?.ready ? model : undefined
    },
    { within_s: 60, every_ms: 250 },
  )
  return new URL(ready.url, hub.url).href
}

/** Stops a server and waits until it has stopped. */
export async function stopServer(hub: RunningHub, user: string, server = ''): Promise<void> {
  await hub.api(`users/${encodeURIComponent(user)}/${serverPath(server)}`, { method: 'DELETE' })
  const stopped = async () => {
    const model = await serverOf(hub, user, server)
    return !model || model.stopped || (!model.ready && model.pending === null)
  }
  await until(`the server of ${user} to stop`, stopped, { every_ms: 250 })
}

/** The Contents API of a user's running server, below `/api/contents/`. `path` is plain, its parts are encoded here. */
export async function contents(hub: RunningHub, user: string, path: string, query = ''): Promise<Answer> {
  const model = await serverOf(hub, user)
  if (!model) throw new Error(`no server of ${user} runs`)
  const url = new URL(
    `api/contents/${path.split('/').map(encodeURIComponent).join('/')}${query}`,
    new URL(model.url, hub.url),
  )
  return send(url, { headers: { authorization: `token ${hub.adminToken}` } })
}

/** The notebook as Jupyter reads it, through the Contents API. */
export async function notebookOf(hub: RunningHub, user: string, path: string): Promise<Notebook> {
  const answer = await contents(hub, user, path, '?type=notebook')
  if (answer.status !== 200) throw new Error(`${answer.status} for ${path}: ${answer.text()}`)
  return (answer.json() as { content: Notebook }).content
}

export interface Notebook {
  readonly cells: readonly {
    readonly id?: string
    readonly cell_type: string
    readonly source: string
    readonly metadata: { readonly tags?: readonly string[] }
  }[]
  readonly metadata: Record<string, unknown>
  readonly nbformat: number
  readonly nbformat_minor: number
}

const serverPath = (server: string) => (server === '' ? 'server' : `servers/${encodeURIComponent(server)}`)
