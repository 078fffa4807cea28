import t from 'tap'
import { createVisitor, notebook, openApp, platform } from './app.ts'
import { confirmation, render, textOf } from './support.ts'

const other = 'https://other.example'
const SENDERS = JSON.stringify([
  { origin: platform, name: 'SampleDB <b>"Prüfstand"</b>', object: '{origin}/objects/{object_id}' },
  { origin: other },
])
const strict = JSON.stringify({
  ...JSON.parse(notebook()),
  metadata: {
    kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' },
    notebook_templates: {
      params: { type: 'object', properties: { a: {} }, additionalProperties: false },
    },
  },
})
const noParameter = /is not a parameter of this template/
const address = `${platform}/objects/17`
const params = '{"a": 1, "object_id": 17}'

const open = (t: Parameters<typeof openApp>[0]) =>
  openApp(t, { env: { SENDERS }, templates: { 'strict.ipynb': strict } })

interface Made {
  readonly cells: readonly { readonly source: string | readonly string[] }[]
  readonly metadata: { readonly notebook_templates: { readonly made_from: Record<string, unknown> } }
}

/** The page that asks, and the notebook. */
async function follow(visitor: ReturnType<typeof createVisitor>, location: unknown) {
  const path = String(location)
  const page = (await visitor.ask(path)).body
  const file = await visitor.confirm(path)
  const again = await visitor.confirm(path)
  const made = JSON.parse(file.body) as Made
  const source = made.cells.flatMap((cell) => cell.source).join('')
  const from = made.metadata.notebook_templates.made_from
  return { page, file, again, source, from }
}

t.test('a button of a sender tells of its object: on the page, in the cell, in the metadata', async (t) => {
  const visitor = createVisitor(await open(t))
  for (const template of ['plain.ipynb', 'strict.ipynb']) {
    const { headers } = await visitor.click(`/t/${template}`, params)
    const { page, file, again, source, from } = await follow(visitor, headers.location)
    t.match(page, `<a href="${address}" target="_blank" rel="noopener noreferrer">`)
    t.match(
      textOf(page).replaceAll(' ', ''),
      'FromSampleDB<b>"Prüfstand"</b>https://sampledb.example/objects/17',
    )
    t.notMatch(page, '<b>', 'its name is text')
    t.match(from, { sender: platform, source: address })
    const day = String(from.time).slice(0, 10)
    t.match(
      source,
      `# Parameters\n# From SampleDB <b>\\"Pr\\u00fcfstand\\"</b>: ${address}, ${day}\na = 1\nobject_id = 17`,
    )
    t.ok(file.bytes.equals(again.bytes), 'a repeat has the same bytes')
  }
})

t.test('what is previewed has the comment, too', async (t) => {
  const visitor = createVisitor(await open(t))
  const { headers } = await visitor.click('/t/plain.ipynb', params)
  const id = String(headers.location).slice('/confirm/'.length)
  await visitor.ask(`/confirm/${id}`)
  const shown = await visitor.ask(`/preview/${id}`, { headers: { 'sec-fetch-dest': 'iframe' } })
  t.match(textOf(shown.body), address)
})

t.test('there is no source where it is not known for sure', async (t) => {
  const visitor = createVisitor(await open(t))
  const cases: [label: string, () => Promise<{ headers: { readonly location?: unknown } }>][] = [
    ['without the object', () => visitor.click('/t/plain.ipynb', '{"a": 1}')],
    ['with a number that is none', () => visitor.click('/t/plain.ipynb', '{"a": 1, "object_id": "../17"}')],
    [
      'from a site without a pattern',
      () => visitor.click('/t/plain.ipynb', params, { headers: { origin: other } }),
    ],
    [
      'from our own origin',
      () =>
        visitor.click('/t/plain.ipynb', params, {
          headers: { origin: 'http://templates.example:8888', 'sec-fetch-site': 'same-origin' },
        }),
    ],
    [
      'from a link, whatever it says',
      () =>
        visitor.ask(`/t/plain.ipynb?params=${encodeURIComponent(params)}`, {
          headers: { origin: platform, referer: `${platform}/`, 'sec-fetch-site': 'cross-site' },
        }),
    ],
  ]
  for (const [label, send] of cases) {
    const { page, source, from } = await follow(visitor, (await send()).headers.location)
    t.notMatch(page, '/objects/', label)
    t.equal(from.source, null, label)
    t.notMatch(source, '# From', label)
  }
})

t.test('a secret never becomes part of an address', async (t) => {
  const senders = JSON.stringify([{ origin: platform, object: '{origin}/objects/{api_key}' }])
  const visitor = createVisitor(await openApp(t, { env: { SENDERS: senders } }))
  const { headers } = await visitor.click('/t/plain.ipynb', '{"a": 1, "api_key": "sesame"}')
  const { page, file, from } = await follow(visitor, headers.location)
  t.equal(from.source, null)
  t.notMatch(page + file.body, 'sesame')
})

t.test('names of links are never called unknown, others are', async (t) => {
  const metadata = { notebook_templates: { params: { type: 'object', properties: { a: {} } } } }
  const loose = JSON.stringify({
    ...JSON.parse(notebook()),
    metadata: { ...JSON.parse(notebook()).metadata, ...metadata },
  })
  const senders = JSON.stringify([{ origin: platform, object: '{origin}/objects/{number}' }])
  const visitor = createVisitor(
    await openApp(t, { env: { SENDERS: senders }, templates: { 'loose.ipynb': loose } }),
  )
  const show = async (sent: string) => {
    const { headers } = await visitor.click('/t/loose.ipynb', sent)
    return textOf((await visitor.ask(String(headers.location))).body)
  }
  t.match(await show('{"a": 1, "nummer": 17}'), noParameter)
  const known = await show('{"a": 1, "number": 17, "object_id": 17}')
  t.notMatch(known, noParameter)
})

t.test('the progress page names the object', async (t) => {
  const source = { name: 'SampleDB', address: 'https://sampledb.example/objects/17' }
  const view = {
    template: confirmation.template,
    file: 'a.ipynb',
    state: 'starting',
    percent: 0,
    messages: [],
    elapsed_s: 0,
  } as const
  const more = {
    eventsHref: '/progress/abc/events',
    cancel: { action: '/progress/abc/cancel', csrf: 'x' },
    source,
  }
  const page = await render('progress', { ...view, ...more })
  t.match(
    page,
    `<a href="${source.address}" target="_blank" rel="noopener noreferrer"><bdi>SampleDB</bdi></a>`,
  )
  t.notMatch(await render('progress', { ...view, ...more, source: undefined }), 'SampleDB')
  const evil = { ...source, address: 'javascript:alert(1)' }
  t.notMatch(await render('confirm', { ...confirmation, source: evil }), 'href="javascript')
})
