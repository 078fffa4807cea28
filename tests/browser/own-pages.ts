/** The pages of a whole service without a hub, as its visitors come to them. */
import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { BrowserContext } from 'playwright-core'
import type { Test } from 'tap'
import { encodePath } from '../../service/hub/paths.ts'
import { images, notebookShowing, svg } from '../support/images.ts'
import { inProject } from '../support/paths.ts'
import { type AppOptions, csrfOn, openApp, platform } from '../web/app.ts'

export interface OwnPages {
  readonly url: string
  /** Name of the page → its address, for this browser: a kept request is its own. */
  open(context: BrowserContext): Promise<ReadonlyMap<string, string>>
}

const figure = svg(
  '<rect width="320" height="160" fill="#fff"/><path d="M10 140 L60 130 L90 40 L120 130 L180 120 L200 70 L220 125 L310 135" fill="none" stroke="#1a62b0" stroke-width="3"/>',
)
const template = 'measurement/Plot_{name}.ipynb'
const params = JSON.stringify({
  name: { _type: 'text', text: { en: 'Experiment-12345' } },
  temperature: { _type: 'quantity', units: 'degC', magnitude: 21.5 },
  tags: ['lab', 'demo'],
  operator: null,
})

/** Clicks as another site's button does; the address of the confirmation. */
export async function clickButton(
  context: BrowserContext,
  url: string,
  path: string,
  params: string,
): Promise<string> {
  const answer = await context.request.post(`${url}t/${encodePath(path)}`, {
    form: { params },
    headers: { origin: platform },
    maxRedirects: 0,
  })
  const { location } = answer.headers()
  if (answer.status() !== 303 || location === undefined) throw new Error(`${answer.status()} for ${path}`)
  return new URL(location, url).href
}

/** Titles that are long or read from right to left, and images of every kind. */
const oddTemplates: Readonly<Record<string, string>> = {
  'odd/wide.ipynb': notebookShowing([[{ 'image/svg+xml': figure }]], {
    title:
      'Peak positions of a powder diffractogram, with their widths, heights and the lattice constant that follows from them',
    authors: ['Prof. Dr. Adelheid von Müller-Lüdenscheidt', 'X. Y.'],
    tags: ['a tag of more than a few letters that would not fit', 'b'],
  }),
  'odd/pixels.ipynb': notebookShowing([[{ 'image/png': images['image/png']! }]], { title: 'Pixels' }),
  'odd/rtl.ipynb': notebookShowing([[]], {
    title: 'تحليل القياسات (XRD)',
    description: 'קורא את קובץ הנתונים של מדידה ומוצא את השיאים.',
    tags: ['قياس'],
  }),
  [`odd/${'Donaudampfschifffahrtsgesellschaft'.repeat(3)}.ipynb`]: notebookShowing([[]]),
}

/** Those that are shipped. */
function shippedTemplates(): Record<string, string> {
  const folder = inProject('templates')
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
    path.endsWith('.ipynb'),
  )
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')]))
}

/** @param options of the service; to its templates come those that are shipped, and odd ones */
export async function servePages(t: Test, options: AppOptions = {}): Promise<OwnPages> {
  const templates = { ...shippedTemplates(), ...oddTemplates, ...options.templates }
  const { app } = await openApp(t, { ...options, templates })
  await app.listen({ host: '127.0.0.1', port: 0 })
  const url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}/`
  return {
    url,
    async open(context) {
      const confirmation = await clickButton(context, url, template, params)
      const done = await clickButton(context, url, template, params)
      const page = await (await context.request.get(done)).text()
      const csrf = csrfOn(page)
      const headers = { origin: url.slice(0, -1), referer: done }
      await context.request.post(done, { form: { csrf }, headers })
      const encoded = encodePath(template)
      return new Map([
        ['the catalogue', url],
        ['a search in it', `${url}?q=plot&language=Python`],
        ['a template', `${url}t/${encoded}`],
        ['what a template looks like', `${url}preview/t/${encoded}`],
        ['a confirmation', confirmation],
        ['what a notebook will look like', confirmation.replace('/confirm/', '/preview/')],
        ['what was downloaded', done],
        ['an address that nobody has', `${url}nothing`],
        ['a template that nobody has', `${url}t/nothing.ipynb`],
      ])
    },
  }
}
