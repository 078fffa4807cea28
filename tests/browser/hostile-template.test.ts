/** A template whose every word and image wants to be code, on all the pages that show it; and an admin's logo that does. */
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import t, { type Test } from 'tap'
import { hostileHtml, hostileMarkdown } from '../preview/hostile-texts.ts'
import { png } from '../preview/support.ts'
import { openBrowser } from '../support/browser.ts'
import { notebookShowing, svg } from '../support/images.ts'
import { startBystander } from '../support/listen.ts'
import { clickButton, servePages } from './own-pages.ts'

t.setTimeout(300_000)

const { origin: evil, asked } = await startBystander(t)
const texts = [
  '<script>window.pwned=1;alert(1)</script>',
  `"><img src=x onerror="window.pwned=1;alert(2)"><base href="${evil}/">`,
  "' onmouseover='window.pwned=1' autofocus onfocus='window.pwned=1' x='",
  `<style>body{display:none}@import url(${evil}/a.css)</style>`,
  `<div style="position:fixed;inset:0;z-index:9999;background:#fff url(${evil}/b.png)">covered</div>`,
  'javascript:window.pwned=1',
  '</title></textarea></style></script><svg onload=window.pwned=1>',
  '<%= process.env %><%~ it.page %>{{constructor.constructor("window.pwned=1")()}}',
  '\u202egnp.exe\u2066 \u0000 %0d%0aset-cookie: a=b',
]
/** Drawings that a browser would run, and load from elsewhere, if they were documents. */
const drawings = [
  svg('<script>window.pwned=1;alert(3)</script><rect width="320" height="160" fill="#b00"/>'),
  svg(`<image href="${evil}/c.png" width="9" height="9"/><use href="${evil}/d.svg#a"/>`),
  svg(`<style>@import url(${evil}/e.css);*{fill:url(${evil}/f.svg#a)}</style><rect width="9" height="9"/>`),
  svg(
    `<foreignObject width="320" height="160"><iframe xmlns="http://www.w3.org/1999/xhtml" src="${evil}/g"/></foreignObject>`,
  ),
  svg('<a href="javascript:window.pwned=1"><rect width="320" height="160" onload="window.pwned=1"/></a>'),
  `<?xml-stylesheet href="${evil}/h.css"?>${svg('<animate onbegin="window.pwned=1" attributeName="x" dur="1s"/>')}`,
]

const templates = Object.fromEntries(
  texts.map((text, index) => {
    const drawing = drawings[index % drawings.length]!
    const thumbnail = `data:image/svg+xml;base64,${Buffer.from(drawing).toString('base64')}`
    const own = { title: text, description: text, category: text, tags: [text, `x${text}`], authors: [text] }
    const outputs = [
      { 'image/png': png(30_000, 30_000) },
      { 'image/svg+xml': drawing },
      { 'text/html': text },
    ]
    const notebook = JSON.parse(notebookShowing([outputs], index % 2 === 0 ? own : { ...own, thumbnail }))
    notebook.metadata.kernelspec.language = index === 0 ? 'python' : text
    const more = [...hostileMarkdown, ...hostileHtml].filter((one) => one.length < 5000)
    const markdown = more.map((source, cell) => ({
      cell_type: 'markdown',
      id: `m${cell}`,
      metadata: {},
      source,
    }))
    notebook.cells.unshift(...markdown.slice(0, 20))
    return [`hostile ${index} <b onclick=alert(4)>'"&.ipynb`, JSON.stringify(notebook)]
  }),
)
const values = JSON.stringify(
  Object.fromEntries(
    texts.map((text, index) => [
      `${index}${text}`.replaceAll('\u0000', ''),
      [text.replaceAll('\u0000', ''), { [text]: text }],
    ]),
  ),
)

const LOGO = join(t.testdir({ 'logo.svg': drawings[0]! }), 'logo.svg')

t.test('a template whose every word is hostile does nothing, wherever it is shown', async (t) => {
  const { url } = await servePages(t, { templates, env: { LOGO, TITLE: texts[0]!.slice(0, 60) } })
  const { page, context, complaints, picture } = await openBrowser(t)
  const elsewhere: string[] = []
  context.on('request', (request) => {
    if (!request.url().startsWith(url) && !request.url().startsWith('data:')) elsewhere.push(request.url())
  })
  const look = async (address: string, label: string) => {
    await page.goto(address)
    for (const image of await page.locator('img').all()) await image.scrollIntoViewIfNeeded()
    await isInert(t, page, address, label)
  }
  const query = new URLSearchParams({ q: texts[1]!, language: texts[3]!, tag: texts[4]! })
  await look(url, 'the catalogue')
  await picture('hostile-catalogue')
  await look(`${url}?${query}`, 'a search for it')
  await page.goto(url)
  await page.getByLabel('Search', { exact: true }).fill(texts[4]!.slice(0, 30))
  await page
    .getByRole('status')
    .filter({ hasText: /^\s*1 template\b/ })
    .waitFor()
  await isInert(t, page, page.url(), 'what is found while one types')
  await look(`${url}${encodeURIComponent(texts[1]!)}`, 'an address of it')

  for (const path of Object.keys(templates)) {
    const encoded = encodeURIComponent(path)
    await look(`${url}t/${encoded}`, `the page of ${path}`)
    await look(await clickButton(context, url, path, values), `the confirmation of ${path}`)
    // Some are open already, and some lie within others.
    await page.evaluate(() => {
      const { document } = globalThis as unknown as {
        document: { querySelectorAll(s: string): Iterable<{ open: boolean }> }
      }
      for (const details of document.querySelectorAll('details')) details.open = true
    })
    await isInert(t, page, page.url(), `the confirmation of ${path}, unfolded`)
    await look(`${url}preview/t/${encoded}`, `the preview of ${path}`)
  }
  t.strictSame(elsewhere, [], 'nobody else was asked')
  t.equal(context.pages().length, 1, 'no other window')
  t.strictSame(complaints.filter(isUnexpected), [], 'no dialog, no error')

  await page.goto(url)
  const logo = new URL((await page.getAttribute('link[rel=icon]', 'href'))!, url).href
  const images = Object.keys(templates).map((path) => `${url}thumbnails/${encodeURIComponent(path)}`)
  for (const address of [logo, ...images]) {
    const answer = await page.goto(address)
    t.equal(answer?.status(), 200, address)
    t.equal(await page.evaluate(() => 'pwned' in globalThis), false, 'an image does nothing, opened alone')
    t.equal(await page.evaluate(() => globalThis.origin), 'null', 'and belongs to no origin')
  }
  t.strictSame(asked, [], 'whatever was tried, nobody was reached')
  t.notOk(complaints.some((line) => line.includes('dialog')))
})

/** The page of an address that nobody has. */
const isUnexpected = (line: string) => !line.includes('status of 404')

async function isInert(t: Test, page: Page, address: string, label: string) {
  const found = await page.evaluate(() => {
    const { document, location, scrollTo, scrollX, scrollY, getComputedStyle } =
      globalThis as unknown as Window
    scrollTo(0, 0)
    const heading = document.querySelector('h1')
    const { left, top } = heading.getBoundingClientRect()
    const all = [...document.querySelectorAll('main *')]
    const images = all.filter(({ localName }) => localName === 'img')
    const result = {
      pwned: 'pwned' in globalThis,
      href: location.href,
      covered: !heading.contains(document.elementFromPoint(left + 2, top + 2)),
      handlers: all.filter((one) => one.getAttributeNames().some((name) => /^on/.test(name))).length,
      scripts: all.filter(
        (one) =>
          /^(script|iframe|object|embed|base|meta|link|style)$/.test(one.localName) &&
          one.getAttribute('title') === null &&
          !one.getAttribute('src')?.includes('/preview/'),
      ).length,
      links: all
        .map((one) => one.getAttribute('href') ?? '')
        .filter((href) => /^\s*(javascript|data|vbscript):/i.test(href)),
      loose: all.filter((one) => getComputedStyle(one).position === 'fixed').length,
      large: images.filter((one) => one.getBoundingClientRect().height > 2000).length,
    }
    scrollTo(scrollX, scrollY)
    return result
  })
  t.strictSame(
    { ...found, href: withoutNumber(found.href) },
    {
      pwned: false,
      href: withoutNumber(address),
      covered: false,
      handlers: 0,
      scripts: 0,
      links: [],
      loose: 0,
      large: 0,
    },
    `${label} does nothing`,
  )
}

/** A page that holds a token comes with the number of its second answer (`web/guards/two-answers.ts`). */
const withoutNumber = (address: string) => address.replace(/\?n=[\w-]+$/, '')

/** What of the DOM is used above: the project has no types of browsers. */
interface Element {
  readonly localName: string
  getAttribute(name: string): string | null
  getAttributeNames(): string[]
  getBoundingClientRect(): { left: number; top: number; height: number }
  contains(other: Element | null): boolean
}
interface Window {
  readonly document: {
    querySelector(selector: string): Element
    querySelectorAll(selector: string): Iterable<Element>
    elementFromPoint(x: number, y: number): Element | null
  }
  readonly location: { readonly href: string }
  readonly scrollX: number
  readonly scrollY: number
  scrollTo(x: number, y: number): void
  getComputedStyle(element: Element): { position: string }
}
