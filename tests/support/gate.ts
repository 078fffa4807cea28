/**
 * A gate between the service and the hub's proxy, for stopping the clock in the middle of a save: the service is told
 * to reach users' servers through it (`NOTEBOOK_TEMPLATES_PROXY_URL`).
 *
 *     const port = await sparePort()
 *     const gate = await startGate(t, port)
 *     const hub = await startHub(t, { port, service: { NOTEBOOK_TEMPLATES_PROXY_URL: gate.url } })
 *     const hold = gate.holdSave('ada', 'in-body')
 *     … confirm …
 *     await hold.reached
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'

/** `in-body`: the server has got the beginning of the file. `before-answer`: it has saved the file and said so. */
export type Where = 'in-body' | 'before-answer'

export interface Hold {
  /** The save has come so far. */
  readonly reached: Promise<void>
  /** Lets it go on. */
  release(): void
}

export interface Gate {
  readonly url: string
  /** Holds the next save of a notebook on a server of this user. */
  holdSave(user: string, where: Where): Hold
  /** How many saves of notebooks have begun on servers of this user. */
  saves(user: string): number
}

interface Holding extends Hold {
  readonly where: Where
  readonly released: Promise<void>
  reach(): void
}

/** So little of a body is let through that no notebook is whole. */
const firstBytes = 100

/** @param port where the hub's proxy listens, or will listen */
export async function startGate(t: Test, port: number): Promise<Gate> {
  const holds = new Map<string, Holding>()
  const saves = new Map<string, number>()

  const server = createServer((near, answer) => {
    const user = savingUser(near)
    const hold = user === undefined ? undefined : holds.get(user)
    if (user !== undefined) {
      holds.delete(user)
      saves.set(user, (saves.get(user) ?? 0) + 1)
    }
    pass(near, answer, port, hold)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(() => {
    for (const hold of holds.values()) hold.release()
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    saves: (user) => saves.get(user) ?? 0,
    holdSave(user, where) {
      const reached = barrier()
      const released = barrier()
      const hold = { where, reached: reached.passed, reach: reached.open, released: released.passed }
      holds.set(user, { ...hold, release: released.open })
      return { reached: reached.passed, release: released.open }
    },
  }
}

function pass(near: IncomingMessage, answer: ServerResponse, port: number, hold: Holding | undefined): void {
  const { method, url: path, headers } = near
  const far = request({ host: '127.0.0.1', port, method, path, headers, agent: false })
  // Who went away on one side is gone on the other.
  answer.on('close', () => !answer.writableFinished && far.destroy())
  far.on('error', () => answer.destroy())
  far.on('response', async (response) => {
    if (hold?.where === 'before-answer') {
      hold.reach()
      await hold.released
    }
    answer.writeHead(response.statusCode ?? 502, response.rawHeaders)
    response.on('error', () => answer.destroy()).pipe(answer)
  })
  if (hold?.where !== 'in-body') {
    near.pipe(far)
    return
  }
  near.once('data', async (chunk: Buffer) => {
    near.pause()
    far.write(chunk.subarray(0, firstBytes), () => hold.reach())
    await hold.released
    far.write(chunk.subarray(firstBytes))
    near.pipe(far)
  })
}

/** Whose server a request saves a notebook on; undefined when it does something else. */
function savingUser({ method, url = '' }: IncomingMessage): string | undefined {
  const found = /^.*?\/user\/([^/]+)\/.*api\/contents\/.*\.ipynb$/.exec(url)
  return method === 'PUT' && found ? decodeURIComponent(found[1] ?? '') : undefined
}

function barrier(): { readonly passed: Promise<void>; open(): void } {
  let open = () => {}
  const passed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { passed, open }
}
