import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import t from 'tap'
import { createContents } from '../../service/hub/files/contents.ts'
import { withoutHostPaths } from '../../service/hub/files/contents-answers.ts'
import { createHub } from '../../service/hub/hub.ts'
import { followProgress, type ProgressSource, readEvents } from '../../service/hub/progress.ts'
import { missingScopes } from '../../service/hub/scopes.ts'
import { faultOf } from '../support/fault-of.ts'

interface Canned {
  status: number
  headers?: Record<string, string>
  body?: string
}

/** A server that answers everything alike. */
async function canned(answer: Canned) {
  const server = createServer((request, response) => {
    request.resume().on('end', () => response.writeHead(answer.status, answer.headers).end(answer.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}

const json = { 'content-type': 'application/json' }
const html = { 'content-type': 'text/html' }
const says = (message: string) => JSON.stringify({ message })

t.test('what an answer to a write means', async (t) => {
  const notReady = { name: 'ServerNotReady' }
  const refused = (reason: string) => ({ code: 11, reason })
  const cases: [string, Canned, object][] = [
    ['created', { status: 201, headers: json, body: '{}' }, { name: 'no error' }],
    ['a redirect into the Hub', { status: 302, headers: { location: '/hub/user/a/' } }, notReady],
    ['the Hub for a stopped server', { status: 424, headers: json, body: says('not running') }, notReady],
    ['the Hub missing an XSRF token', { status: 403, headers: html, body: '<html>' }, notReady],
    ['the proxy without a server', { status: 503, headers: html, body: '<html>' }, notReady],
    ['a proxy in between', { status: 502, headers: html }, notReady],
    ['tornado’s own time-out', { status: 599 }, notReady],
    ['the server refusing', { status: 403, headers: json, body: says('Forbidden') }, refused('refused')],
    ['the server failing', { status: 500, headers: json, body: says('Unhandled error') }, refused('refused')],
    ['something else that answers', { status: 404, headers: html, body: '<html>' }, refused('refused')],
    ['a proxy with a limit', { status: 413, headers: html, body: '<html>' }, refused('too-large')],
    ['tornado with a limit', { status: 400 }, refused('too-large')],
    ['a bad request', { status: 400, headers: json, body: says('Cannot create file') }, refused('refused')],
    ['WebDAV’s full disk', { status: 507, headers: json, body: '{}' }, refused('disk-full')],
    [
      'a full disk',
      { status: 500, headers: json, body: says("[Errno 28] No space left: '/a'") },
      refused('disk-full'),
    ],
    [
      'a full quota',
      { status: 500, headers: json, body: says('[Errno 122] Disk quota exceeded') },
      refused('disk-full'),
    ],
  ]
  for (const [what, answer, expected] of cases) {
    const server = await canned(answer)
    const contents = createContents({ url: server.url })
    const source = {
      length: 2,
      open: async function* () {
        yield Buffer.from('{}')
      },
    }
    const place = { token: 'x', serverUrl: '/user/a/' }
    t.match(await faultOf(contents.writeFile(place, 'a.ipynb', source)), expected, what)
    await contents.close()
    server.close()
  }
})

t.test('the notebook view of a server that redirects elsewhere is where it redirects to', async (t) => {
  const cases = [
    [{ status: 200, headers: html, body: '<html>' }, true],
    [{ status: 302, headers: { location: '/user/a/lab' } }, true],
    [{ status: 404, headers: html, body: '<html>' }, false],
  ] as const
  for (const [answer, expected] of cases) {
    const server = await canned(answer)
    const contents = createContents({ url: server.url })
    t.equal(await contents.hasNotebookView({ token: 'x', serverUrl: '/user/a/' }), expected)
    await contents.close()
    server.close()
  }
})

t.test(
  'a Hub that answers in another way than a Hub is fault 24, and a token that is refused is none',
  async (t) => {
    const cases: [string, Canned, object | undefined][] = [
      ['refused', { status: 403, headers: json, body: '{}' }, undefined],
      ['unknown', { status: 401, headers: json, body: '{}' }, undefined],
      [
        'a redirect',
        { status: 302, headers: { location: 'https://elsewhere.example/' } },
        { code: 24, reason: 'hub' },
      ],
      ['an error page', { status: 502, headers: html, body: '<html>' }, { code: 24, reason: 'hub' }],
      ['no JSON', { status: 200, headers: html, body: '<html>' }, { code: 24, reason: 'hub' }],
      [
        'no user',
        { status: 200, headers: json, body: '{"kind":"service","name":"a"}' },
        { code: 24, reason: 'hub' },
      ],
      ['endless', { status: 200, headers: json, body: ' '.repeat(5 << 20) }, { code: 24, reason: 'hub' }],
    ]
    for (const [what, answer, expected] of cases) {
      const server = await canned(answer)
      const hub = createHub({ apiUrl: `${server.url}/hub/api` })
      if (expected) t.match(await faultOf(hub.whoAmI('x')), expected, what)
      else t.equal(await hub.whoAmI('x'), undefined, what)
      await hub.close()
      server.close()
    }
  },
)

t.test('paths of the host are taken out of what a server says', async (t) => {
  const cases = [
    [
      "[Errno 2] No such file or directory: '/home/a b/x.ipynb' -> '/home/y'",
      '[Errno 2] No such file or directory: … -> …',
    ],
    ['Not a directory: /srv/home/a b/file', 'Not a directory: …'],
    [String.raw`Permission denied: 'C:\Users\a'`, 'Permission denied: …'],
    ['File x/y.ipynb is not writable', 'File x/y.ipynb is not writable'],
    ["'_xsrf' argument missing from PUT", "'_xsrf' argument missing from PUT"],
    ['', ''],
  ] as const
  for (const [said, shown] of cases) t.equal(withoutHostPaths(said), shown)
  t.equal(withoutHostPaths('x'.repeat(1000)).length, 300)
})

t.test('events are read wherever the stream is cut', async (t) => {
  const stream = Buffer.from(
    '\n\ndata: {"a":"µ"}\n\n: comment\n\nevent: x\ndata:b\ndata: c\n\n\r\ndata: d\r\n\r\ndata: cut off',
  )
  for (let cut = 0; cut <= stream.length; cut++) {
    const events: string[] = []
    const parts = async function* () {
      yield stream.subarray(0, cut)
      yield stream.subarray(cut)
    }
    for await (const event of readEvents(parts())) events.push(event)
    t.same(events, ['{"a":"µ"}', 'b\nc', 'd'], `cut at ${cut}`)
  }
})

t.test('a message that stays while its percentage grows is told each time', async (t) => {
  const events = [10, 40, 40, 80].map((progress) => ({ progress, message: 'Pulling the image' }))
  const stream = [...events, { progress: 100, message: 'Ready', ready: true }]
  const text = stream.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
  const answer = {
    status: 200,
    headers: { 'content-type': 'text/event-stream' },
    body: Readable.from([Buffer.from(text)]),
  }
  const source = {
    open: async () => answer as unknown as Awaited<ReturnType<ProgressSource['open']>>,
    state: async () => 'starting' as const,
    signal: new AbortController().signal,
  }
  const told: number[] = []
  for await (const { percent } of followProgress(source)) told.push(percent)
  t.same(told, [10, 40, 80, 100])
})

t.test('an event that never ends is given up', async (t) => {
  const endless = async function* () {
    for (;;) yield Buffer.alloc(50_000, 'x')
  }
  await t.rejects(readEvents(endless()).next())
})

t.test('scopes that are missing, by the need that they serve', async (t) => {
  const all = ['access:servers!user=a', 'servers!user=a', 'access:services!service=templates']
  const cases: [string, string[], string[]][] = [
    ['all there', all, []],
    [
      'expanded as version 6 does',
      ['access:servers!user=a', 'read:servers!user=a', 'start:servers!user=a', all[2]!],
      [],
    ],
    ['an admin’s', ['access:servers', 'admin:servers', 'access:services'], []],
    ['by group: the Hub decides', ['access:servers!group=g', 'servers!group=g', all[2]!], []],
    ['for one server', ['access:servers!server=a/named', 'servers!server=a/named', all[2]!], []],
    [
      'for another server',
      ['access:servers!server=a/', 'servers!user=a', all[2]!],
      ['access:servers!user=a'],
    ],
    [
      'for another user',
      ['access:servers!user=ab', 'servers!user=ab', all[2]!],
      ['access:servers!user=a', 'servers!user=a'],
    ],
    ['reading alone', ['access:servers!user=a', 'read:servers!user=a', all[2]!], ['servers!user=a']],
    [
      'another service',
      [...all.slice(0, 2), 'access:services!service=x'],
      ['access:services!service=templates'],
    ],
    ['none', [], ['access:servers!user=a', 'servers!user=a', 'access:services!service=templates']],
  ]
  for (const [what, scopes, missing] of cases)
    t.same(missingScopes(scopes, 'a', 'named', 'templates'), missing, what)
  t.same(missingScopes(all.slice(0, 2), 'a', ''), [], 'without asking for the service')
})
