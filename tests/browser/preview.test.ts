/** The preview in a real browser: that nothing in a notebook does anything, in a frame and alone; and how it looks. */
import type { BrowserContextOptions, Frame, Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { sandboxedHeaders } from '../../service/web/pages/preview/headers.ts'
import { hostileHtml, hostileMarkdown } from '../preview/hostile-texts.ts'
import { showcase } from '../preview/showcase.ts'
import { code, display, markdown, notebookOf, stream } from '../preview/support.ts'
import { type OpenBrowser, openBrowser } from '../support/browser.ts'
import { listenWith, startBystander } from '../support/listen.ts'
import { startPlatform } from '../support/platform.ts'
import { startServiceOn } from '../support/service.ts'
import { findBarriers } from './examine.ts'

t.setTimeout(300_000)

/** Runs the service on templates, opens a browser, and clicks the button of another site up to the confirmation. */
async function arrive(
  t: Test,
  templates: Record<string, string>,
  { params, ...options }: BrowserContextOptions & { params: string },
): Promise<OpenBrowser & { service: string; requests: string[] }> {
  const service = await startServiceOn(t, templates)
  const [template = ''] = Object.keys(templates)
  const action = `${service.url}t/${encodeURIComponent(template)}`
  const platform = await startPlatform(t, [{ label: 'button', action, params }])
  const browser = await openBrowser(t, { reducedMotion: 'reduce', ...options })
  await browser.page.goto(platform)
  const requests: string[] = []
  browser.context.on('request', (request) => requests.push(request.url()))
  await browser.page.getByRole('button', { name: 'button' }).click()
  await browser.page.waitForURL('**/confirm/**')
  return { ...browser, service: service.url, requests }
}

const unfold = async (page: Page): Promise<Frame> => {
  await page.getByText('Preview the finished notebook').click()
  await page.frameLocator('iframe').getByText('New: your parameters').waitFor()
  return page.frames()[1]!
}

const svg = (inner: string) => `<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50">${inner}</svg>`
/** Every hostile text in every place; the cells of the parameters are among the first. */
const hostile = notebookOf([
  markdown('# Hostile'),
  ...hostileMarkdown.filter((text) => text.length < 5000).map((text) => markdown(text)),
  code('', [
    display({
      'image/svg+xml': svg(
        '<script>window.pwned=1;alert(1)</script><image href="https://evil.example/a.png"/>',
      ),
    }),
    display({
      'image/svg+xml': svg(
        '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/></foreignObject>',
      ),
    }),
    display({
      'image/svg+xml': `<?xml-stylesheet href="https://evil.example/a.css"?>${svg('<style>@import url(https://evil.example/b.css)</style>')}`,
    }),
    display({ 'image/png': Buffer.from('<script>window.pwned=1</script>').toString('base64') }),
    display({ 'application/javascript': 'window.pwned=1' }),
  ]),
  ...hostileHtml.flatMap((text) => [
    markdown(text),
    code(text, [display({ 'text/html': text }), display({ 'text/latex': text }), stream(text, 'stderr')]),
  ]),
])
const hostileValues = JSON.stringify({
  name: '</code></pre></section><script>window.pwned=1</script><img src=x onerror=window.pwned=1>',
  '"><script>window.pwned=1</script>': [
    '</script>',
    '<style>body{display:none}</style>',
    '\u202e',
    '$\\href{javascript:window.pwned=1}{x}$',
  ],
})

t.test('a hostile template with hostile values does nothing, in the frame and alone', async (t) => {
  const opened = await arrive(t, { 'Hostile.ipynb': hostile }, { params: hostileValues })
  const { page, context, complaints, requests, service, picture } = opened
  const framed = await unfold(page)
  await framed.waitForLoadState()
  await isInert(t, framed, 'framed')
  await picture('preview-hostile-framed')
  t.equal(await page.evaluate(() => 'pwned' in globalThis), false, 'nor has it reached the page around it')

  await page.goto(page.url().replace('/confirm/', '/preview/'))
  let parts = 0
  for (;;) {
    await page.waitForLoadState()
    await isInert(t, page.mainFrame(), `alone, part ${++parts}`)
    if (parts === 1) await picture('preview-hostile')
    const rest = page.getByRole('link', { name: 'Show the rest' })
    if ((await rest.count()) === 0) break
    await rest.click()
  }
  t.ok(parts >= 2, 'there was more than one part')

  t.strictSame(
    requests.filter((url) => !url.startsWith(service) && !url.startsWith('data:')),
    [],
    'nobody else was asked',
  )
  t.strictSame(complaints, [], 'no dialog, no error, nothing that the policy had to stop')
  t.equal(context.pages().length, 1, 'no other window')
})

/** What of the DOM is used below: the project has no types of browsers. */
interface Box {
  readonly left: number
  readonly top: number
}
interface Element {
  readonly id: string
  readonly localName: string
  readonly outerHTML: string
  getBoundingClientRect(): Box
  contains(other: Element | null): boolean
}
interface Document {
  readonly documentElement: { clientWidth: number; scrollWidth: number }
  querySelector(selector: string): Element
  querySelectorAll(selector: string): Iterable<Element>
  elementFromPoint(x: number, y: number): Element | null
}
interface Window {
  readonly document: Document
  readonly origin: string
  readonly location: { readonly href: string }
  scrollTo(x: number, y: number): void
  getComputedStyle(element: Element): { position: string; zIndex: string }
}

async function isInert(t: Test, frame: Frame, label: string) {
  const address = frame.url()
  const found = await frame.evaluate(() => {
    const { document, origin, location, scrollTo, getComputedStyle } = globalThis as unknown as Window
    scrollTo(0, 0)
    const heading = document.querySelector('h1')
    const { left, top } = heading.getBoundingClientRect()
    const loose = [...document.querySelectorAll('main *')].filter(
      (one) => getComputedStyle(one).position === 'fixed' || Number(getComputedStyle(one).zIndex) > 0,
    )
    return {
      pwned: 'pwned' in globalThis,
      origin,
      href: location.href,
      covered: !heading.contains(document.elementFromPoint(left + 2, top + 2)),
      tooWide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
      fresh: [...document.querySelectorAll('.fresh')].length,
      loose: loose
        .filter((one) => !/katex|vlist|mop|mord/.test(one.outerHTML))
        .map((one) => one.outerHTML.slice(0, 200)),
    }
  })
  t.notOk(found.pwned, `${label}: no script has run`)
  t.equal(found.origin, 'null', `${label}: it belongs to no origin`)
  t.equal(found.href, address, `${label}: it has not gone elsewhere`)
  t.notOk(found.covered, `${label}: its heading can be seen`)
  t.notOk(found.tooWide, `${label}: nothing is wider than its window`)
  t.ok(found.fresh <= 1, `${label}: nothing else looks like the new cell`)
  t.strictSame(found.loose, [], `${label}: nothing lies over anything`)
}

t.test('should anything slip through, the policy alone stops it', async (t) => {
  const { origin: evil, asked } = await startBystander(t)
  const bare = await listenWith(t, (_request, response) => {
    const body = hostileHtml.filter((text) => !/meta|plaintext|<!--|^<\/div>/.test(text)).join('\n')
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...sandboxedHeaders('') })
    response.end(
      `<!doctype html><title>Bare</title><h1>Bare</h1>${body.replaceAll('https://evil.example', evil)}`,
    )
  })
  const { page, complaints } = await openBrowser(t)
  await page.goto(`${bare}/`)
  t.equal(await page.evaluate(() => 'pwned' in globalThis), false, 'no script has run')
  t.ok(complaints.length > 0, 'although much was tried')
  t.ok(complaints.every((line) => !line.includes('dialog')))
  t.strictSame(asked, [], 'nobody else was asked')
})

const many = notebookOf(Array.from({ length: 130 }, (_, index) => code(`x = ${index + 1}`)))

for (const javaScriptEnabled of [true, false]) {
  t.test(
    `the preview unfolds, goes on and stands alone ${javaScriptEnabled ? 'with' : 'without'} JavaScript`,
    async (t) => {
      const opened = await arrive(t, { 'Many.ipynb': many }, { params: '{"a": 1}', javaScriptEnabled })
      const { page, context, requests, complaints } = opened
      // Without scripts Chromium loads nothing lazily, so that nobody learns where a reader looks.
      t.equal(
        requests.some((url) => url.includes('/preview/')),
        !javaScriptEnabled,
        'nothing is loaded before it is looked at',
      )
      const framed = await unfold(page)
      const tab = async (click: Promise<void>) => {
        const [opened] = await Promise.all([context.waitForEvent('page'), click])
        await opened.waitForLoadState()
        return opened
      }
      const rest = await tab(framed.getByRole('link', { name: 'Show the rest' }).click())
      t.match(await rest.locator('main').innerText(), /Cells 101 to 131 of 131.*x = 130/s)
      await rest.getByRole('link', { name: 'Back to the beginning' }).click()
      t.match(await rest.locator('main').innerText(), /New: your parameters\s+# Parameters\s+a = 1/)
      const alone = await tab(page.getByRole('link', { name: 'Open the preview in its own tab' }).click())
      await alone.getByRole('link', { name: 'Go to your parameters' }).click()
      t.match(alone.url(), /#new-cell$/)
      await alone.getByRole('link', { name: 'Show the rest' }).click()
      await alone.getByText('x = 130').waitFor()
      t.strictSame(complaints, [])
    },
  )
}

const values = { measurement_name: 'Experiment-12345', temperature: 21.5, points: [1, 2.5, 4], 'a-b': null }
const looks = [
  ['light', {}],
  ['dark', { colorScheme: 'dark' }],
  ['narrow', { viewport: { width: 320, height: 700 } }],
  ['narrow-dark', { viewport: { width: 320, height: 700 }, colorScheme: 'dark' }],
] as const

for (const [look, options] of looks) {
  t.test(`a notebook with one of everything, ${look}`, async (t) => {
    const params = JSON.stringify(values)
    const { page, complaints, picture } = await arrive(t, { 'Decay.ipynb': showcase }, { params, ...options })
    await unfold(page)
    await picture(`preview-framed-${look}`)
    await page.goto(page.url().replace('/confirm/', '/preview/'))
    await page.getByText('A raw cell').waitFor()
    await picture(`preview-${look}`)
    const fonts = await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { fonts: Iterable<{ family: string; status: string }> }
      }
      return [...document.fonts].filter(({ status }) => status === 'loaded').map(({ family }) => family)
    })
    t.ok(fonts.includes('KaTeX_Main') && fonts.includes('KaTeX_Math'), 'formulas have their fonts')
    await isInert(t, page.mainFrame(), look)
    t.strictSame(complaints, [])
    t.strictSame(await findBarriers(page), [], 'everybody can read it')
  })
}
