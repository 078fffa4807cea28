import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import t from 'tap'
import type { HubSettings } from '../../service/settings/settings.ts'
import { until } from '../support/until.ts'
import { createVisitor, openApp, platform } from './app.ts'

const urlencoded = 'application/x-www-form-urlencoded'

t.test('buttons of sites that the admin has not named are refused', async (t) => {
  const app = await openApp(t, { env: { ALLOWED_ORIGINS: `${platform},https://other.example:8443` } })
  const cases: [string, Record<string, string | undefined>, boolean][] = [
    ['a named site', {}, true],
    ['the other named site', { origin: 'https://other.example:8443' }, true],
    ['our own form', { origin: 'http://templates.example:8888', 'sec-fetch-site': 'same-origin' }, true],
    ['another site', { origin: 'https://evil.example' }, false],
    ['a named site by http', { origin: 'http://sampledb.example' }, false],
    ['a host below a named site', { origin: 'https://x.sampledb.example' }, false],
    ['a site that hides itself', { origin: 'null' }, false],
    ['nobody', { origin: undefined, referer: undefined }, false],
  ]
  for (const [label, headers, taken] of cases) {
    const before = app.kept()
    const answer = await createVisitor(app).click('/t/plain.ipynb', '{}', { headers })
    t.match([answer.status, answer.code], taken ? [303, undefined] : [403, 28], label)
    t.equal(app.kept() > before, taken)
  }
  const link = await createVisitor(app).ask('/t/plain.ipynb?params={}', {
    headers: { referer: 'https://evil.example/', 'sec-fetch-site': 'cross-site' },
  })
  t.match([link.status, link.code], [403, 28], 'a link on another site')
})

t.test('too many clicks from one address are refused for a while', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const click = (remoteAddress: string, headers = {}) =>
    visitor.click('/t/none.ipynb', '{}', { remoteAddress, headers })
  for (let count = 0; count < 600; count++) await click('192.0.2.1')
  const over = await click('192.0.2.1')
  t.match([over.status, over.code], [429, 25])
  t.ok(Number(over.headers['retry-after']) > 0)
  const forged = await click('192.0.2.1', { 'x-forwarded-for': '203.0.113.9' })
  t.equal(forged.status, 429, 'whatever address it says it has')
  t.equal((await click('192.0.2.2')).status, 404, 'others are not held up')
})

t.test('each page and file has a limit of its own by address', async (t) => {
  const visitor = createVisitor(await openApp(t))
  // Whatever the answer is, it counts; that there is no such request is the quickest.
  const id = 'A'.repeat(22)
  const cases: [label: string, path: string, method: 'GET' | 'POST', most: number][] = [
    ['the catalogue', '/?page=none', 'GET', 1200],
    ['a confirmation', `/confirm/${id}`, 'GET', 2400],
    ['its form', `/confirm/${id}`, 'POST', 2400],
    ['its progress', `/progress/${id}`, 'GET', 6000],
    ['parameters', `/parameters/${id}`, 'GET', 600],
    ['images', '/thumbnails/none.ipynb', 'GET', 6000],
  ]
  for (const [label, path, method, most] of cases) {
    const headers = { accept: 'application/json' }
    const ask = (remoteAddress: string) => visitor.ask(path, { method, headers, remoteAddress })
    const answers = new Set<number>()
    for (let count = 0; count < most; count++) answers.add((await ask('192.0.2.1')).status)
    t.notOk(answers.has(429), `${label}: ${most} are answered`)
    const over = await ask('192.0.2.1')
    t.match([over.status, over.code], [429, 25], `${label}: one more is not`)
    t.ok(Number(over.headers['retry-after']) > 0)
    const counts = Object.keys(over.headers).filter((name) => name.startsWith('x-ratelimit'))
    t.strictSame(counts, [], `${label}: it does not say how many others there were`)
    t.not((await ask('192.0.2.2')).status, 429, `${label}: others are not held up`)
  }
})

t.test('a full store refuses clicks and forgets none', async (t) => {
  const app = await openApp(t, { env: { MAX_KEPT_BYTES: String(2 ** 20), MAX_PARAMS_BYTES: '300000' } })
  const visitor = createVisitor(app)
  const params = JSON.stringify({ a: 'x'.repeat(290_000) })
  const first = String((await visitor.click('/t/plain.ipynb', params)).headers.location)
  await visitor.click('/t/plain.ipynb', params)
  await visitor.click('/t/plain.ipynb', params)
  const full = await visitor.click('/t/plain.ipynb', params)
  t.match([full.status, full.code], [429, 25])
  t.ok(Number(full.headers['retry-after']) > 0)
  t.equal((await visitor.ask(first)).status, 200, 'what was kept before is still there')
  t.equal((await visitor.confirm(first)).status, 200, 'and can be finished')
  app.pass(3601)
  t.equal((await visitor.click('/t/plain.ipynb', params)).status, 303, 'what has expired makes room')
})

t.test('behind a hub the limit is for the address that the proxies saw', async (t) => {
  const hub = { publicUrl: undefined } as unknown as HubSettings
  const app = await openApp(t, { settings: { hub } })
  const visitor = createVisitor(app)
  const click = (forwarded: string) =>
    visitor.click('/t/none.ipynb', '{}', { headers: { 'x-forwarded-for': forwarded } })
  for (let count = 0; count < 600; count++) await click(`203.0.113.${count % 250}, 192.0.2.1, 10.0.0.7`)
  t.equal((await click('192.0.2.1')).status, 429, 'whatever the client itself has put before it')
  t.equal((await click('192.0.2.1, 127.0.0.1')).status, 429)
  t.equal((await click('192.0.2.2')).status, 404)
})

t.test('one address cannot fill the store for all others', async (t) => {
  const app = await openApp(t, { env: { MAX_KEPT_BYTES: String(2 ** 21), MAX_PARAMS_BYTES: '100000' } })
  const visitor = createVisitor(app)
  const click = (remoteAddress: string, bytes = 99_000) =>
    visitor.click('/t/plain.ipynb', JSON.stringify({ a: 'x'.repeat(bytes) }), { remoteAddress })
  const answers: number[] = []
  for (let count = 0; count < 30; count++) answers.push((await click('192.0.2.1')).status)
  t.equal(answers[0], 303)
  const over = await click('192.0.2.1')
  t.match([over.status, over.code], [429, 25])
  t.equal((await click('192.0.2.1', 10)).status, 303, 'what is small still finds room')
  t.equal((await click('192.0.2.2')).status, 303, 'others are not held up')
  await click('2001:db8:1:2::1')
  for (let count = 0; count < 30; count++) await click(`2001:db8:1:2::${count}`)
  t.equal((await click('2001:0db8:1:2:ffff::9')).status, 429, 'a network of IPv6 is one address')
  t.equal((await click('2001:db8:1:3::1')).status, 303)
})

t.test('a refused click takes nothing of its address’s share', async (t) => {
  const app = await openApp(t, { env: { MAX_KEPT_BYTES: String(2 ** 20), MAX_PARAMS_BYTES: '100000' } })
  const visitor = createVisitor(app)
  const wrong = `{"a": "${'x'.repeat(99_000)}"`
  for (let count = 0; count < 30; count++) t.equal((await visitor.click('/t/plain.ipynb', wrong)).status, 400)
  t.equal((await visitor.click('/t/plain.ipynb', `${wrong}}`)).status, 303)
})

t.test('bodies of many addresses together are limited, too', async (t) => {
  const hub = { publicUrl: undefined } as unknown as HubSettings
  const { app } = await openApp(t, { settings: { hub } })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const begin = (number: number) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /t/plain.ipynb HTTP/1.1\r\nHost: x\r\nContent-Type: ${urlencoded}\r\n` +
        `X-Forwarded-For: 203.0.113.${number}\r\nContent-Length: 12000000\r\n\r\nparams=`,
    )
    return socket
  }
  const sockets = Array.from({ length: 24 }, (_, number) => begin(number))
  t.teardown(() => sockets.forEach((socket) => void socket.destroy()))
  const answered = sockets.map(async (socket) => String((await once(socket, 'data'))[0]))
  t.match(await Promise.race(answered), /^HTTP\/1\.1 429 /)
  for (const socket of sockets) socket.destroy()
  const body = new URLSearchParams({ params: '{}' })
  const post = { method: 'POST', redirect: 'manual', body } as const
  const status = async () => (await fetch(`http://127.0.0.1:${port}/t/plain.ipynb`, post)).status
  await until('the memory is free again', async () => (await status()) === 303)
})

t.test('bodies of one /48 are limited, whatever addresses they come from', async (t) => {
  const hub = { publicUrl: undefined } as unknown as HubSettings
  const { app } = await openApp(t, { settings: { hub } })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const begin = (address: string) => {
    const socket = connect(port, '127.0.0.1')
    socket.write(
      `POST /t/plain.ipynb HTTP/1.1\r\nHost: x\r\nContent-Type: ${urlencoded}\r\n` +
        `X-Forwarded-For: ${address}\r\nContent-Length: 1000\r\n\r\nparams=`,
    )
    return socket
  }
  // Each counts for 2 MB, of 128 MB.
  const sockets = Array.from({ length: 65 }, (_, number) => begin(`2001:db8:1:${number}00::1`))
  t.teardown(() => sockets.forEach((socket) => void socket.destroy()))
  const answered = sockets.map(async (socket) => String((await once(socket, 'data'))[0]))
  t.match(await Promise.race(answered), /^HTTP\/1\.1 429 /)
  const body = new URLSearchParams({ params: '{}' })
  const headers = { 'x-forwarded-for': '2001:db8:2::1' }
  const post = { method: 'POST', redirect: 'manual', body, headers } as const
  t.equal((await fetch(`http://127.0.0.1:${port}/t/plain.ipynb`, post)).status, 303, 'others are not held up')
})

t.test('bodies that only trickle in are limited by address, and end', async (t) => {
  const { app } = await openApp(t)
  await app.listen({ host: '127.0.0.1', port: 0 })
  t.ok(app.server.requestTimeout > 0 && app.server.requestTimeout <= 300_000)
  const { port } = app.server.address() as AddressInfo
  const begin = () => {
    const socket = connect(port, '127.0.0.1')
    socket.write(
      'POST /t/plain.ipynb HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n' +
        'Content-Length: 1000\r\n\r\nparams=',
    )
    return socket
  }
  const sockets = Array.from({ length: 33 }, begin)
  t.teardown(() => sockets.forEach((socket) => void socket.destroy()))
  const answered = sockets.map(async (socket) => String((await once(socket, 'data'))[0]))
  t.match(await Promise.race(answered), /^HTTP\/1\.1 429 /)
  for (const socket of sockets) socket.destroy()
  const status = async () => (await fetch(`http://127.0.0.1:${port}/t/plain.ipynb`, form)).status
  const form = { method: 'POST', redirect: 'manual', body: new URLSearchParams({ params: '{}' }) } as const
  await until('the places are free again', async () => (await status()) === 303)
})
