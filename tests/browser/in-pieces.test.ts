/**
 * Pages that come tag by tag, as over a slow line or to a busy browser: whatever has been drawn stays where it is. They are seen
 * with scroll bars that take room, as they do on most computers.
 */
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { launchBrowser } from '../support/browser.ts'
import { sendOn } from '../support/http.ts'
import { listenOn, listenWith } from '../support/listen.ts'
import { type Eye, isEveryLook, openEye, type Size, sizes } from './examine.ts'
import { formTemplate } from './form-template.ts'
import { servePages } from './own-pages.ts'
import { everyView, frameOfViews } from './views.ts'

t.setTimeout(600_000)

/** Longer than a frame of the browser, so that each piece is drawn. */
const piece_ms = 20
/** Of one page: those of a long one have more than one tag. */
const mostPieces = 300

t.test('a page that comes in pieces does not shift', async (t) => {
  const browser = await launchBrowser(t, { ignoreDefaultArgs: ['--hide-scrollbars'] })
  const shown = { en: await everyView(t, 'en'), de: await everyView(t, 'de') }
  const { app, pathOf } = await frameOfViews(shown)
  const views = await serveInPieces(t, await listenOn(t, app))
  const own = await servePages(t, { templates: { [formTemplate.path]: formTemplate.bytes } })
  const pages = await serveInPieces(t, new URL(own.url).origin)

  const lookAt = async (language: 'en' | 'de', size: Size) => {
    const look = { language, colorScheme: 'light', javaScriptEnabled: true } as const
    const eye = await openEye(browser, look, [views, pages, own.url])
    await eye.resize(size)
    for (const one of shown[language].filter(({ picture = true }) => picture))
      await stays(t, eye, views + pathOf(one), `${one.label}, ${language}, ${size}`)
    for (const [label, url] of await own.open(eye.context)) {
      await stays(t, eye, pages + new URL(url).pathname, `${label}, ${language}, ${size}`)
      t.equal(await eye.page.locator('#report').count(), label.includes('nobody') ? 1 : 0, 'it is that page')
    }
    await stays(t, eye, `${pages}/${formTemplate.url}`, `a form of everything, ${language}, ${size}`)
    await comesBack(t, eye, `${language}, ${size}`)
    await eye.context.close()
  }
  const widths = isEveryLook ? (Object.keys(sizes) as Size[]) : (['phone', 'desktop'] as const)
  await Promise.all([lookAt('de', '320'), ...widths.map((size) => lookAt('en', size))])
})

async function stays(t: Test, eye: Eye, url: string, label: string): Promise<void> {
  t.strictSame(await eye.examine(url, { barriers: false }), [], label)
}

/** What was typed into a form is put in again by its script, when the page has been drawn. */
async function comesBack(t: Test, { page, moved }: Eye, label: string): Promise<void> {
  for (const name of ['comment', 'peaks'])
    await page.locator(`[name="value.${name}"]`).fill('[1,\n'.repeat(9))
  await page.locator('[name="value.repeats"]').fill('7')
  await page.keyboard.press('Tab')
  await page.reload()
  t.equal(await page.locator('[name="value.repeats"]').inputValue(), '7')
  t.strictSame(await moved(), [], `what was typed comes back, ${label}`)
}

/** A service whose pages come tag by tag: the browser draws what it has. */
async function serveInPieces(t: Test, upstream: string): Promise<string> {
  return listenWith(t, async (request, response) => {
    // A stream of events has no end, and nothing is told in it here.
    if (/\/events(\?|$)/.test(request.url ?? ''))
      return response.writeHead(200, { 'content-type': 'text/event-stream' })
    const answer = await sendOn(upstream, request)
    const type = String(answer.headers['content-type'])
    const { location } = answer.headers
    response.writeHead(answer.status, { 'content-type': type, ...(location !== undefined && { location }) })
    if (!type.startsWith('text/html')) return response.end(answer.body)
    const [head = '', body = ''] = answer.text().split(/(?=<body)/)
    response.write(head)
    for (const piece of piecesOf(body)) {
      response.write(piece)
      await pause(piece_ms)
    }
    response.end()
  })
}

/** Tags, each with the text before it. */
function piecesOf(html: string): string[] {
  const tags = html.split(/(?<=>)/)
  const size = Math.ceil(tags.length / mostPieces)
  return Array.from({ length: Math.ceil(tags.length / size) }, (_, at) =>
    tags.slice(at * size, (at + 1) * size).join(''),
  )
}
