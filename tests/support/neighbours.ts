import type { Test } from 'tap'
import { createContentsDelivery } from '../../service/delivery/contents.ts'
import { createContents } from '../../service/hub/files/contents.ts'
import type { Journey } from '../../service/journey/journey.ts'
import { setStage } from '../journey/stage.ts'
import { listenWith } from './listen.ts'
import { startProxy } from './proxy.ts'
import { until } from './until.ts'

/** A journey whose users' servers are stand-ins behind a real configurable-http-proxy. */
export interface Neighbours {
  readonly journey: Journey
  /** A click of this user that was shown, ready for its confirmation into a folder of its own. */
  prepare(user: string): Promise<() => ReturnType<Journey['confirm']>>
  /** While true, the server of `eve` sends its answers byte by byte, without an end. */
  hostile: boolean
  /** Requests to eve's server that are being answered. */
  held(): number
  /** Lets go of them. */
  release(): void
}

export async function startNeighbours(t: Test): Promise<Neighbours> {
  const dripping = new Map<NodeJS.Timeout, () => void>()
  let folders = 0
  const servers = await listenWith(t, (request, response) => {
    const url = `${request.url}`
    if (url === '/health') return void response.end()
    if (url.startsWith('/user/eve/') && neighbours.hostile) {
      response.writeHead(200, { 'content-type': 'application/json' })
      const drip = setInterval(() => response.write(' '), 5000)
      dripping.set(drip, () => response.destroy())
      response.once('close', () => {
        clearInterval(drip)
        dripping.delete(drip)
      })
      return void response.write(' ')
    }
    request.resume().on('end', () => {
      const isFile = url.includes('.ipynb')
      const status = request.method === 'PUT' ? 201 : isFile ? 404 : 200
      response.writeHead(status, { 'content-type': 'application/json' }).end('{"type":"directory"}')
    })
  })
  const contents = createContents({ url: await startProxy(t, servers) })
  t.teardown(() => contents.close())
  const stage = await setStage(t, {
    delivery: (store) => createContentsDelivery({ contents, store, openWith: 'lab' }),
  })
  const neighbours: Neighbours = {
    journey: stage.replica(),
    async prepare(user) {
      const visitor = stage.visitor(user)
      const id = await stage.click(neighbours.journey)
      await neighbours.journey.show(id, visitor)
      const folder = `folder-${folders++}`
      return () => neighbours.journey.confirm(id, visitor, { folder, name: 'x.ipynb' })
    },
    hostile: true,
    held: () => dripping.size,
    release() {
      for (const end of dripping.values()) end()
    },
  }
  return neighbours
}

/** Eve confirms so many at once, and her server holds what it can get. */
export async function attack(neighbours: Neighbours, count: number): Promise<Promise<unknown>[]> {
  const confirms: (() => Promise<unknown>)[] = []
  for (let n = 0; n < count; n++) confirms.push(await neighbours.prepare('eve'))
  const works = confirms.map((confirm) => confirm())
  await until('the server of eve to hold something', () => neighbours.held() > 0, { every_ms: 10 })
  return works
}
