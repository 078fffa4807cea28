/** A page comes piece by piece, on a slow line or to a busy browser: its header, which is drawn first, stays where it is. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import t, { type Test } from 'tap'
import { Fault } from '../../service/fault.ts'
import { problemView } from '../../service/web/problem.ts'
import { pickTexts } from '../../service/web/texts/index.ts'
import { launchBrowser } from '../support/browser.ts'
import { buildFrame, catalogueEntry, emptyCatalogue, servicePrefix } from '../web/support.ts'
import { openEye, type Size, sizes } from './examine.ts'

t.setTimeout(120_000)

t.test('a page whose header comes in pieces does not shift', async (t) => {
  const app = await buildFrame()
  const user = 'ada.lovelace@lab.example'
  app.get(`${servicePrefix}problem`, (_request, reply) => {
    const texts = pickTexts('en')
    return reply.page('problem', problemView(new Fault(20, 'not-json', {}), texts, 'abc', { user }))
  })
  app.get(`${servicePrefix}catalogue`, (_request, reply) =>
    reply.page('catalogue', {
      ...emptyCatalogue,
      user,
      total: 1,
      categories: [{ name: 'a', entries: [catalogueEntry] }],
    }),
  )
  const url = await serveInPieces(t, app)
  const browser = await launchBrowser(t)
  const look = { language: 'en', colorScheme: 'light', javaScriptEnabled: true } as const
  const eye = await openEye(browser, look, [url])
  for (const size of Object.keys(sizes) as Size[]) {
    await eye.resize(size)
    for (const page of ['problem', 'catalogue']) {
      const wrong = await eye.examine(url + servicePrefix + page, { barriers: false, mostShift: 0 })
      t.strictSame(wrong, [], `${page}, ${size}`)
    }
  }
})

/** The same service, whose headers come tag by tag: the browser draws what it has. */
async function serveInPieces(t: Test, app: FastifyInstance): Promise<string> {
  const server = createServer(async (request, response) => {
    const { statusCode, headers, rawPayload } = await app.inject({
      url: String(request.url),
      headers: { accept: 'text/html', 'accept-language': 'en' },
    })
    response.writeHead(statusCode, { 'content-type': String(headers['content-type']) })
    const isPage = String(headers['content-type']).startsWith('text/html')
    if (!isPage) return response.end(rawPayload)
    const [head = '', header = '', rest] = rawPayload.toString().split(/(?=<body>)|(?<=<\/header>)/)
    response.write(head)
    for (const piece of header.split(/(?<=>)/)) {
      response.write(piece)
      await pause(30)
    }
    response.end(rest)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  t.teardown(async () => {
    server.closeAllConnections()
    server.close()
    await app.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
