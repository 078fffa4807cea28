import { Fault } from '../../fault.ts'
import { discard } from '../http.ts'
import { apiPath, type ServerRequests, type UserServer } from '../server-requests.ts'
import { readRefusal } from './contents-answers.ts'

/** See `Contents.makeFolders`. Costs one call when the folder is there. */
export async function makeFolders(
  requests: ServerRequests,
  server: UserServer,
  folder: string,
): Promise<boolean> {
  const parts = folder.split('/').filter((part) => part !== '')
  const existing = await existingDepth(requests, server, parts)
  for (let depth = existing + 1; depth <= parts.length; depth++) {
    // For a folder that somebody else has made meanwhile this changes nothing.
    const answer = await requests.send(server, apiPath(parts.slice(0, depth).join('/')), {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{"type":"directory"}',
    })
    if (answer.status >= 300) throw await readRefusal(answer, server.token)
    await discard(answer)
  }
  return existing < parts.length
}

/** How deep the path exists already. For a path below a file the server fails (500): what is above tells why. */
async function existingDepth(
  { getModel }: ServerRequests,
  server: UserServer,
  parts: readonly string[],
): Promise<number> {
  let refusal: unknown
  for (let depth = parts.length; depth > 0; depth--) {
    const folder = parts.slice(0, depth).join('/')
    const model = await getModel(server, folder, 'content=0').catch((error) => {
      if (!(error instanceof Fault)) throw error
      refusal ??= error
      return undefined
    })
    if (model === undefined) continue
    if (model.type !== 'directory') throw new Fault(16, 'folder-is-a-file', { folder })
    if (refusal) throw refusal
    return depth
  }
  if (refusal) throw refusal
  return 0
}
