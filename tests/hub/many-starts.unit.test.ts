import { once, setMaxListeners } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import t from 'tap'
import { createHub } from '../../service/hub/hub.ts'
import { until } from '../support/until.ts'

t.test('a whole course that waits for its servers keeps nobody from being known', async (t) => {
  const course = 200
  let watched = 0
  const server = createServer(({ url }, response) => {
    if (url === '/hub/api/user') return void response.end('{"kind":"user","name":"ada"}')
    watched++
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write(':\n\n')
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const hub = createHub({ apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hub/api` })
  const leaving = new AbortController()
  setMaxListeners(0, leaving.signal)
  t.teardown(async () => {
    leaving.abort()
    await hub.close()
    server.close()
  })
  const streams = Array.from({ length: course }, (_, index) =>
    hub.progress('token', `student-${index}`, '', leaving.signal)[Symbol.asyncIterator]().next(),
  )
  await until('all to be watched', async () => watched === course)
  t.match(await hub.whoAmI('token'), { name: 'ada' })
  leaving.abort()
  const ends = await Promise.allSettled(streams)
  t.ok(ends.every(({ status }) => status === 'rejected'))
})
