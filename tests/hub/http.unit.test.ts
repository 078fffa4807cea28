import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inspect } from 'node:util'
import t, { type Test } from 'tap'
import { discard, openTarget, readText, type TargetOptions } from '../../service/hub/http.ts'
import { hubFault, Unreachable } from '../../service/hub/http-errors.ts'
import { certificate, privateKey } from './certificate.ts'

t.test('a redirect is an answer, the token goes nowhere else', async (t) => {
  let visited = false
  const elsewhere = await serve(t, (_, response) => {
    visited = true
    response.end()
  })
  const port = await serve(t, (_, response) => response.writeHead(307, { location: urlOf(elsewhere) }).end())
  const target = open(t, { url: urlOf(port) })
  const answer = await target.request({ method: 'GET', path: '/', headers: { authorization: 'token x' } })
  await discard(answer)
  t.equal(answer.status, 307)
  t.notOk(visited)
})

t.test('the path and the Host header arrive as they are', async (t) => {
  const port = await serve(t, ({ url, headers }, response) => response.end(`${headers.host} ${url}`))
  const target = open(t, { url: `${urlOf(port)}/hub/api/` })
  t.equal(target.base, '/hub/api')
  const path = '/user/x.y@lab.example/%40/a%20b'
  const headers = { host: 'user-x.hub.example:8000' }
  const answer = await target.request({ method: 'GET', path, headers })
  t.equal(await readText(answer), `user-x.hub.example:8000 ${path}`)
})

t.test('a proxy on a Unix socket, written as JupyterHub writes it', async (t) => {
  const dir = mkdtempSync(join(tmpdir(), 'hub-http-'))
  t.teardown(() => rmSync(dir, { recursive: true }))
  const socket = join(dir, 'proxy.sock')
  const server = createServer(({ url }, response) => response.end(url))
  server.listen(socket)
  await once(server, 'listening')
  t.teardown(() => server.close())
  const target = open(t, { url: `http+unix://${encodeURIComponent(socket)}` })
  t.equal(await readText(await target.request({ method: 'GET', path: '/user/a/' })), '/user/a/')
})

t.test('a certificate of its own is trusted when it is given, whatever host the header names', async (t) => {
  const tlsServer = () =>
    createTlsServer({ cert: certificate, key: privateKey }, (_, response) => response.end('ok'))
  const port = await listen(t, tlsServer())
  const url = `https://127.0.0.1:${port}`
  const call = { method: 'GET', path: '/', headers: { host: 'user-a.hub.example' } } as const
  await t.rejects(open(t, { url }).request(call), Unreachable)
  t.equal(await readText(await open(t, { url, ca: certificate }).request(call)), 'ok')
  const byName = open(t, { url: `https://localhost:${port}`, ca: certificate })
  t.equal(await readText(await byName.request(call)), 'ok')
  // An address of this machine that the certificate does not name, while the Host header has one that it does.
  const otherPort = await listen(t, tlsServer(), '127.0.0.2')
  const other = open(t, { url: `https://127.0.0.2:${otherPort}`, ca: certificate })
  const error = await other.request({ ...call, headers: { host: 'localhost' } }).catch((error) => error)
  t.match(error, { message: /ERR_TLS_CERT_ALTNAME_INVALID/ })
})

t.test('a kept connection that was closed meanwhile is no failure for a GET', async (t) => {
  let requests = 0
  const port = await serve(t, (request, response) => {
    requests++
    if (requests === 2) request.socket.destroy()
    else response.end('ok')
  })
  const target = open(t, { url: urlOf(port) })
  t.equal(await readText(await target.request({ method: 'GET', path: '/' })), 'ok')
  t.equal(await readText(await target.request({ method: 'GET', path: '/' })), 'ok')
  t.equal(requests, 3)
})

t.test('a POST is sent once', async (t) => {
  let requests = 0
  const port = await serve(t, (request) => {
    requests++
    request.socket.destroy()
  })
  await t.rejects(open(t, { url: urlOf(port) }).request({ method: 'POST', path: '/' }), Unreachable)
  t.equal(requests, 1)
})

t.test('what does not answer in time is not reached', async (t) => {
  const port = await serve(t, ({ url }, response) => void (url === '/half' && response.write('half')))
  const target = open(t, { url: urlOf(port), timeout_ms: 100 })
  await t.rejects(target.request({ method: 'GET', path: '/' }), Unreachable)
  const half = await target.request({ method: 'GET', path: '/half' })
  await t.rejects(readText(half), Unreachable)
})

t.test('an answer is read to a limit', async (t) => {
  const port = await serve(t, (_, response) => response.end('x'.repeat(1001)))
  const target = open(t, { url: urlOf(port) })
  t.equal((await readText(await target.request({ method: 'GET', path: '/' }), 1001)).length, 1001)
  const error = await readText(await target.request({ method: 'GET', path: '/' }), 1000).catch(
    (error) => error,
  )
  t.match(hubFault(error), { code: 24, reason: 'hub' })
})

t.test('an abort is told with its own reason', async (t) => {
  const stop = new AbortController()
  const port = await serve(t, () => stop.abort(new Error('enough')))
  const target = open(t, { url: urlOf(port) })
  await t.rejects(target.request({ method: 'GET', path: '/', signal: stop.signal }), { message: 'enough' })
})

t.test('no error shows a header', async (t) => {
  const target = open(t, { url: 'http://127.0.0.1:9' })
  const headers = { authorization: 'token a-secret' }
  const error = await target.request({ method: 'GET', path: '/', headers }).catch((error) => error)
  t.ok(error instanceof Unreachable)
  t.notMatch(inspect(error, { depth: 20, showHidden: true }), /a-secret/)
})

function open(t: Test, options: TargetOptions) {
  const target = openTarget(options)
  t.teardown(() => target.close())
  return target
}

function serve(t: Test, listener: RequestListener): Promise<number> {
  return listen(t, createServer(listener))
}

async function listen(t: Test, server: Server, host = '127.0.0.1'): Promise<number> {
  server.listen(0, host)
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return (server.address() as AddressInfo).port
}

function urlOf(port: number): string {
  return `http://127.0.0.1:${port}`
}
