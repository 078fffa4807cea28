import type { RequestListener } from 'node:http'
import t, { type Test } from 'tap'
import { checkProxy, type OwnAddress } from '../../service/hub/proxy-check.ts'
import { listenWith } from '../support/listen.ts'
import { sparePort } from '../support/ports.ts'
import { until } from '../support/until.ts'

t.setTimeout(60_000)

const own: OwnAddress = { path: '/services/templates/health', host: undefined, header: 'mark', mark: 'ours' }
const quick = { patience_ms: 0, again_ms: 5, rest_ms: 5, timeout_ms: 200 }

/** Asks until the first word, or until our own answer has come: what was told. */
async function toldOf(t: Test, url: string, patience = quick, address = own) {
  const enough = new AbortController()
  t.teardown(() => enough.abort())
  const told: (string | undefined)[] = []
  const tell = (instead: string | undefined) => {
    told.push(instead)
    enough.abort()
  }
  await checkProxy({ url }, address, tell, enough.signal, patience)
  return told
}

const table: Readonly<Record<string, { answer: RequestListener; instead?: RegExp }>> = {
  'our own answer': { answer: (_, response) => response.setHeader('mark', 'ours').end() },
  'another installation of this service': {
    answer: (_, response) => response.setHeader('mark', 'theirs').end('{"status":"ok"}'),
    instead: /^something else \(status 200\)$/,
  },
  'a JupyterHub that does not know this service': {
    answer: (_, response) => response.writeHead(404, { 'x-jupyterhub-version': '6.1.1' }).end(),
    instead: /^a JupyterHub that has no route to this service \(status 404\)/,
  },
  'a redirect, which no token would follow either': {
    answer: (_, response) => response.writeHead(301, { location: 'https://hub.example/' }).end(),
    instead: /^something else \(status 301\)$/,
  },
  'something that never answers': { answer: () => {}, instead: /^nobody \(UND_ERR_HEADERS_TIMEOUT\)$/ },
  'an answer without end': {
    answer: (_, response) => response.writeHead(200).write('x'),
    instead: /^something else \(status 200\)$/,
  },
  'something that resets the connection': { answer: ({ socket }) => socket.destroy(), instead: /^nobody \(/ },
}

for (const [label, { answer, instead }] of Object.entries(table)) {
  t.test(`at the address of the proxy: ${label}`, async (t) => {
    const told = await toldOf(t, await listenWith(t, answer))
    t.equal(told.length, instead === undefined ? 0 : 1)
    if (instead) t.match(told[0], instead)
  })
}

t.test('at the address of the proxy: nobody', async (t) => {
  t.same(await toldOf(t, `http://127.0.0.1:${await sparePort()}`), ['nobody (ECONNREFUSED)'])
})

t.test('it is asked without a token, by the host and below the path that the proxy routes by', async (t) => {
  const asked: unknown[] = []
  const url = await listenWith(t, ({ url, headers }, response) => {
    asked.push([url, headers.host, headers.authorization, headers.cookie])
    response.setHeader('mark', 'ours').end()
  })
  await toldOf(t, `${url}/a/path/that/does/not/count`, quick, { ...own, host: 'services.hub.example:8000' })
  t.same(asked, [[own.path, 'services.hub.example:8000', undefined, undefined]])
})

t.test('a route that the Hub adds after the start is no fault', async (t) => {
  let asked = 0
  const url = await listenWith(t, (_, response) => {
    asked++
    if (asked < 4) response.writeHead(404).end()
    else response.setHeader('mark', 'ours').end()
  })
  t.same(await toldOf(t, url, { ...quick, patience_ms: 60_000 }), [])
  t.equal(asked, 4)
})

t.test('what is wrong is told once, and once more when it is right', async (t) => {
  let right = false
  let asked = 0
  const url = await listenWith(t, (_, response) => {
    asked++
    if (right) response.setHeader('mark', 'ours').end()
    else response.writeHead(502).end()
  })
  const told: (string | undefined)[] = []
  const done = checkProxy({ url }, own, (instead) => told.push(instead), new AbortController().signal, quick)
  await until('several questions', () => asked > 4)
  t.same(told, ['something else (status 502)'])
  right = true
  await done
  t.same(told, ['something else (status 502)', undefined])
})
