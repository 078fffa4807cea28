import t, { type Test } from 'tap'
import { createContentsDelivery } from '../../service/delivery/contents.ts'
import { trustWhatIsWritten } from '../../service/delivery/trust.ts'
import { createContents } from '../../service/hub/files/contents.ts'
import { openStore } from '../../service/store/index.ts'
import { deliveryJob } from '../support/delivery-job.ts'
import { listenWith } from '../support/listen.ts'
import { drips, type Listener, says, writing } from '../support/odd-answers.ts'

t.test('what was written is trusted once, with its user’s own token', async (t) => {
  const asked: string[] = []
  const { deliver, failures } = await setUp(t, (request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers.authorization}`)
    says(201, '')(request, response)
  })
  t.match(await deliver(), { path: 'f/a.ipynb' })
  t.same(asked, ['POST /user/ada/api/contents/f/a.ipynb/trust token x'])
  t.same(failures, [])
})

const failing: Record<string, Listener> = {
  refuses: says(403, '{"message":"no"}'),
  'has no such route': says(404, '{"message":"Not Found"}'),
  'has no such method': says(405, ''),
  breaks: says(500, '{"message":"Unhandled error"}'),
  stops: says(424, '<html>', { 'content-type': 'text/html' }),
  'leads elsewhere': says(302, '', { location: 'https://evil.example/' }),
  'speaks no HTTP': ({ socket }) => void socket.write('hello\r\n\r\n'),
  'breaks off': ({ socket }) => void socket.destroy(),
  'says nothing': () => {},
  drips: drips(403),
  'has no end': (_, response) => {
    response.writeHead(403, { 'content-type': 'application/json' })
    const more = () => response.write('x'.repeat(1 << 16)) && setImmediate(more)
    response.on('drain', more)
    more()
  },
}

for (const [label, answer] of Object.entries(failing)) {
  t.test(`a server that ${label} when it is asked to trust costs one line and no notebook`, async (t) => {
    const { deliver, failures } = await setUp(t, answer)
    t.match(await deliver(), { path: 'f/a.ipynb' })
    t.equal(failures.length, 1)
  })
}

t.test('a service that closes does not wait for it', async (t) => {
  const closing = new AbortController()
  const { deliver } = await setUp(t, () => closing.abort(new Error('closing')), 60_000)
  t.match(await deliver({ closing: closing.signal }), { path: 'f/a.ipynb' })
})

t.test('what was found there instead of written is not trusted', async (t) => {
  const { failures } = await setUp(t, says(403, ''))
  const delivery = { deliver: async () => ({ path: 'f/a.ipynb', url: '' }) }
  const contents = {
    trust: async () => {
      throw new Error('asked')
    },
  }
  const trusting = trustWhatIsWritten(delivery, { contents, failed: (error) => failures.push(error) })
  t.match(await trusting.deliver(deliveryJob({ tried: 'f/a.ipynb' })), { path: 'f/a.ipynb' })
  t.same(failures, [])
})

/** A delivery to a server that is as it should be, but for what it answers to the request to trust. */
async function setUp(t: Test, trust: Listener, within_ms = 300) {
  const otherwise = writing(says(201, '{}'))
  const url = await listenWith(t, (request, response) => {
    if (request.method === 'POST') trust(request, response)
    else otherwise(request, response)
  })
  const contents = createContents({ url })
  const store = await openStore('memory:', { maxKeptBytes: 2 ** 20, sealer: undefined })
  t.teardown(async () => {
    await store.close()
    await contents.close()
  })
  const failures: unknown[] = []
  const failed = (error: unknown) => failures.push(error)
  const written = createContentsDelivery({ contents, store, openWith: 'lab' })
  const delivery = trustWhatIsWritten(written, { contents, failed, within_ms })
  return { failures, deliver: (changes = {}) => delivery.deliver(deliveryJob(changes)) }
}
