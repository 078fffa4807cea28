import { join } from 'node:path'
import type { Test } from 'tap'
import { browserLike } from './browser-like.ts'
import { startService } from './service.ts'
import { folderElsewhere } from './sources.ts'

/** Asks an installed service, without a hub, for its pages and for each file that they name. @param main its program */
export async function servesEveryPage(t: Test, main: string): Promise<void> {
  const state = join(folderElsewhere(t), 'state')
  const service = await startService(t, { NOTEBOOK_TEMPLATES_STATE_DIR: state }, { main })
  const browser = browserLike()
  const at = (path: string) => `${service.url}${path}`
  const template = at('t/measurement/Plot_%7Bname%7D.ipynb')
  const catalogue = await browser.get(service.url)
  const form = await browser.get(template)
  const confirmation = await browser.post(template, { params: '{"name":"x"}' })
  const preview = await browser.get(at('preview/t/measurement/Plot_%7Bname%7D.ipynb'), { from: form.url })
  const notebook = await browser.submit(confirmation, 'confirm')
  for (const page of [catalogue, form, confirmation, preview]) {
    t.equal(page.status, 200, page.url)
    for (const asset of assetsOf(page.text())) {
      t.equal((await browser.get(new URL(asset, page.url).href)).status, 200, asset)
    }
  }
  t.match(preview.text(), /class="hljs-/, 'code has its colours')
  t.equal((await browser.get(at('nowhere'))).status, 404)
  t.match(notebook, { status: 200, headers: { 'content-type': /^application\/x-ipynb\+json/ } })
}

/** Addresses of the style sheets, scripts and images of a page. */
function assetsOf(html: string): Set<string> {
  return new Set(
    Array.from(html.matchAll(/(?:href|src)="([^"]*\bassets\/[^"]*)"/g), ([, address]) => address!),
  )
}
