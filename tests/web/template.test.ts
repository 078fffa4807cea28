/** The page of a template: its form, posted as a browser does it, up to the notebook. */
import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { notebookOf } from '../notebook/support.ts'
import { formOf, unescapeHtml } from '../support/forms.ts'
import { inProject } from '../support/paths.ts'
import {
  type AppOptions,
  type Ask,
  createVisitor,
  host,
  openApp,
  type Reply,
  type TestApp,
  type Visitor,
} from './app.ts'
import { textOf } from './support.ts'

const schema = `{"type":"object","required":["sample","count","method"],"properties":{
  "sample":{"type":"string","title":"Sample","pattern":"^S-"},
  "count":{"type":"integer","minimum":1,"maximum":9},
  "method":{"enum":["fast","exact"]},
  "wait":{"type":["number","null"],"default":1.50},
  "list":{"type":"array","items":{"type":"number"}}}}`
const declared = JSON.stringify(notebookOf('python', 'sample = "S-0"', { params: 0 })).replace(
  '"params":0',
  () => `"params":${schema}`,
)
const templates = {
  'b/{sample}.ipynb': declared,
  'cell.ipynb': JSON.stringify(notebookOf('python', 'a = 1.0  # how much\nb = "x"')),
}
const path = '/t/b/%7Bsample%7D.ipynb'

const open = async (t: Test, options: AppOptions = {}) => {
  const app = await openApp(t, { ...options, templates: { ...templates, ...options.templates } })
  return { app, visitor: createVisitor(app) }
}

/** Fills in and sends the form of a page, as a browser does. */
async function send(
  visitor: Visitor,
  page: string,
  values: Readonly<Record<string, string>>,
  { headers, ...ask }: Ask = {},
): Promise<Reply> {
  const { url } = formOf((await visitor.ask(page)).body, `http://${host}${page}`, '/form/')
  return visitor.ask(new URL(url).pathname, {
    method: 'POST',
    payload: new URLSearchParams(values).toString(),
    headers: {
      origin: `http://${host}`,
      referer: `http://${host}${page}`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    },
    ...ask,
  })
}

const right = { 'value.sample': 'S-1', 'value.count': '3', 'value.method': '1', 'value.wait': '1.50' }

/** What a field says is wrong with it; '' when nothing is. */
function errorAt(body: string, id: string): string {
  const found = new RegExp(`<p class="error" id="${id}-error"( hidden)?>([^<]*)</p>`).exec(body)
  if (found === null) throw new Error(`no place for an error of ${id}`)
  const invalid = new RegExp(`id="${id}"[^>]*aria-invalid="true"`).test(body)
  if (invalid !== (found[1] === undefined)) throw new Error(`${id} is marked as what it is not`)
  return unescapeHtml(found[2]!)
}

const cellOf = (bytes: Buffer): string => {
  const { cells } = JSON.parse(bytes.toString()) as {
    cells: { source: string | string[]; metadata: { tags?: string[] } }[]
  }
  return cells
    .filter(({ metadata }) => metadata.tags?.includes('injected-parameters'))
    .map(({ source }) => [source].flat().join(''))
    .join()
}

t.test('from the form to the notebook, with every digit', async (t) => {
  const { visitor } = await open(t)
  const page = await visitor.ask(path)
  t.equal(page.status, 200)
  const text = textOf(page.body)
  for (const shown of ['Sample', 'count', 'required', 'part of the file’s name', 'b/']) t.match(text, shown)
  t.match(page.body, /<input[^>]*name="value\.wait" value="1\.50"/, 'the default in the digits of its author')
  const sent = await send(visitor, path, { ...right, 'value.list': '[1.0, 12345678901234567890]' })
  t.equal(sent.status, 303)
  t.match(sent.headers.location, /^\/confirm\/[\w-]{22}\?by=form$/)
  const confirmation = await visitor.ask(String(sent.headers.location))
  t.match(textOf(confirmation.body.replaceAll('<wbr>', '')), /S-1\.ipynb.*12345678901234567890/)
  const notebook = await visitor.confirm(String(sent.headers.location))
  t.match(notebook.headers['content-disposition'], 'S-1.ipynb')
  const cell = cellOf(notebook.bytes)
  for (const line of [
    'sample = "S-1"',
    'count = 3',
    'method = "exact"',
    'wait = 1.50',
    '1.0',
    '12345678901234567890',
  ])
    t.ok(cell.includes(line), line)
})

t.test('what is wrong is said at each field and above them all, and what was typed is kept', async (t) => {
  const { app, visitor } = await open(t)
  const wrong = {
    'value.sample': '"><b>x</b>',
    'value.count': '12',
    'value.method': '',
    'value.wait': '1,5',
    'value.list': '[1, "a"]',
  }
  const kept = app.kept()
  const answer = await send(visitor, path, wrong)
  t.equal(answer.status, 400)
  t.equal(app.kept(), kept, 'nothing is kept')
  const { body } = answer
  const errors = ['field-1', 'field-2', 'field-3', 'field-4', 'field-5'].map((id) => errorAt(body, id))
  t.match(errors, [
    '“Sample” does not have the required form.',
    '“count” must be at most 9.',
    '“method” is missing.',
    /“wait” must be a number such as/,
    '“list[1]” must be a number.',
  ])
  const links = [...body.matchAll(/<li><a href="#(field-\d)">([^<]*)<\/a><\/li>/g)]
  t.strictSame(
    links.map(([, id, message]) => [id, unescapeHtml(message!)]),
    errors.map((error, index) => [`field-${index + 1}`, error]),
    'the list above links them',
  )
  t.match(body, /id="errors" role="alert" tabindex="-1"[^>]* autofocus>/)
  t.match(textOf(body), '5 values must be corrected')
  const typed = (name: string) =>
    unescapeHtml(new RegExp(`name="value\\.${name}" value="([^"]*)"`).exec(body)?.[1] ?? '')
  t.strictSame(['sample', 'count', 'wait'].map(typed), ['"><b>x</b>', '12', '1,5'])
  t.match(body, />\n\[1, &quot;a&quot;\]<\/textarea>/)
  const german = await send(visitor, path, wrong, { headers: { 'accept-language': 'de' } })
  t.match(german.body, '„count“ darf höchstens 9 sein.')
  t.match(textOf(german.body), '4 Werte müssen korrigiert werden', 'a decimal comma is right there')
  t.match(textOf(german.body), 'Gelesen als 1,5 · im Notebook 1.5')
  t.notMatch(textOf(body), 'in the notebook 1.5')
})

t.test('faults on the way to a notebook stand at their fields, too', async (t) => {
  const own = (own: object, source = 'a = 1') => JSON.stringify(notebookOf('python', source, own))
  const { visitor } = await open(t, {
    templates: {
      'n_{a}.ipynb': own({ params: { a: {} } }),
      'refuse.ipynb': own({ on_null: 'refuse', params: { a: { type: ['number', 'null'] } } }),
      'r.ipynb': JSON.stringify(notebookOf('R', 'a = "x"')),
      'closed.ipynb': own({ params: { type: 'object', properties: { a: {} }, additionalProperties: false } }),
      'together.ipynb': own({
        params: { type: 'object', properties: { a: {}, b: {} }, dependentRequired: { a: ['b'] } },
      }),
    },
  })
  const list = await send(visitor, '/t/n_%7Ba%7D.ipynb', { 'value.a': '[1]', 'second.a': 'json' })
  t.match(errorAt(list.body, 'field-1'), 'list')
  const none = await send(visitor, '/t/n_%7Ba%7D.ipynb', { 'value.a': '' })
  t.match(errorAt(none.body, 'field-1'), 'missing')
  const refused = await send(visitor, '/t/refuse.ipynb', { 'null.a': '1' })
  t.match(errorAt(refused.body, 'field-1'), 'no value')
  const nul = await send(visitor, '/t/r.ipynb', { 'value.a': 'a\0b' })
  t.match(errorAt(nul.body, 'field-1'), 'NUL')
  const together = await send(visitor, '/t/together.ipynb', { 'value.a': 'x', 'second.a': 'text' })
  t.match(errorAt(together.body, 'field-2'), 'missing')
  const more = await send(visitor, '/t/cell.ipynb', { more: '{"a": ' })
  t.match(errorAt(more.body, 'more'), 'line 1')
  t.match(more.body, /<details class="more" open>/)
  t.notMatch(
    (await visitor.ask('/t/closed.ipynb')).body,
    'name="more"',
    'no further values where none are taken',
  )
  const unknown = await send(visitor, '/t/closed.ipynb', { more: '{"z": 1}' })
  t.match(errorAt(unknown.body, 'more'), '“z” is not a known parameter')
})

t.test(
  'the values of the form are saved as a file, from which `render` makes the same notebook',
  async (t) => {
    const { app, visitor } = await open(t)
    const values = {
      ...right,
      'value.sample': 'S-Größe "1"',
      'value.list': '[1.0, 2.50, 1e400]',
      more: '{"n": NaN, "2": "\\u202e"}',
    }
    const saved = await send(visitor, path, { ...values, save: '1' })
    t.equal(saved.status, 200)
    t.match(saved.headers, {
      'content-type': 'application/json; charset=utf-8',
      'content-disposition': `attachment; filename="S-Gr__e _1_.parameters.json"; filename*=UTF-8''S-Gr%C3%B6%C3%9Fe%20_1_.parameters.json`,
    })
    const yaml = await send(visitor, path, { ...values, save: 'yaml' })
    t.match(yaml.headers, {
      'content-type': 'application/yaml',
      'content-disposition': /"S-Gr__e _1_\.parameters\.yaml"/,
    })
    const kept = app.kept()
    t.equal((await send(visitor, path, { ...values, 'value.count': '', save: '1' })).status, 400)
    t.equal(app.kept(), kept, 'saving keeps nothing')

    const sent = await send(visitor, path, values)
    const confirm = String(sent.headers.location)
    const link = /href="(\/parameters\/[\w-]{22})"/.exec((await visitor.ask(confirm)).body)?.[1] ?? ''
    const again = await visitor.ask(link)
    t.ok(again.bytes.equals(saved.bytes), 'the file of the confirmation has the same bytes')
    t.equal(again.headers['content-disposition'], saved.headers['content-disposition'])
    t.ok((await visitor.ask(`${link}?as=yaml`)).bytes.equals(yaml.bytes), 'as YAML, too')
    await renders(t, join(app.dir, 'b/{sample}.ipynb'), saved.bytes, (await visitor.confirm(confirm)).bytes)
  },
)

t.test('the values were sent by the form only where it was the form', async (t) => {
  const { visitor } = await open(t)
  const confirmation = async ({ headers }: Reply) =>
    textOf((await visitor.ask(String(headers.location))).body)
  t.match(await confirmation(await send(visitor, path, right)), 'Sent by the form of this service')
  // Other pages may stand on the same host.
  const params = '{"sample": "S-1", "count": 1, "method": "fast"}'
  const clicked = await visitor.click(path, params, { headers: { origin: `http://${host}` } })
  t.match(await confirmation(clicked), /Sent by http:\/\/ templates\. example:8888/)
})

t.test('what a button sent is saved as it was sent', async (t) => {
  const { app, visitor } = await open(t)
  const params =
    ' {"name": "x",\n "a": 1.0, "b": 12345678901234567890, "c": [-Infinity, "\\u00e9é"], "2": null}\n'
  const sent = await visitor.click('/t/a/Analysis_%7Bname%7D.ipynb', params)
  const confirm = String(sent.headers.location)
  const saved = await visitor.ask(confirm.replace('/confirm/', '/parameters/'))
  t.equal(saved.body, params)
  await renders(
    t,
    join(app.dir, 'a/Analysis_{name}.ipynb'),
    saved.bytes,
    (await visitor.confirm(confirm)).bytes,
  )
})

/** `notebook-templates render --params` on a saved file gives what the service gave, but for who made it and when. */
async function renders(t: Test, template: string, parameters: Buffer, notebook: Buffer): Promise<void> {
  const folder = join(t.testdirName, 'saved')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'parameters.json')
  writeFileSync(file, parameters)
  const cli = inProject('build/service/cli.js')
  const { stdout } = await promisify(execFile)(process.execPath, [cli, 'render', template, '--params', file])
  const byWhom = /("request"|"time"|"template"|"version"|"sender"): ?("[^"\\]*"|null)/g
  t.equal(stdout.replace(byWhom, '$1'), notebook.toString().replace(byWhom, '$1'))
  t.ok(notebook.toString().includes('"request"'))
}

t.test('a saved file is for those alone who may see the confirmation', async (t) => {
  const { app, visitor } = await open(t)
  const sent = await visitor.click('/t/plain.ipynb', '{"a": "secret"}')
  const url = String(sent.headers.location).replace('/confirm/', '/parameters/')
  const stranger = await createVisitor(app).ask(url)
  t.equal(stranger.status, 410)
  t.notMatch(stranger.body, 'secret')
  t.equal((await visitor.ask(`/parameters/${'A'.repeat(22)}`)).status, 410)
  for (const [mode, dest] of [
    ['cors', 'empty'],
    ['no-cors', 'script'],
    ['navigate', 'iframe'],
  ] as const) {
    const headers = { 'sec-fetch-mode': mode, 'sec-fetch-dest': dest }
    t.equal((await visitor.ask(url, { headers })).status, 403, `not for ${mode} ${dest}`)
  }
  app.pass(4000)
  t.equal((await visitor.ask(url)).status, 410, 'nor for anybody when it has expired')
})

t.test('only a click on the page itself sends the form', async (t) => {
  const { visitor } = await open(t)
  const foreign: Record<string, Record<string, string | undefined>> = {
    'another site': {
      origin: 'https://evil.example',
      referer: 'https://evil.example/',
      'sec-fetch-site': 'cross-site',
    },
    'a sister site': { 'sec-fetch-site': 'same-site' },
    'a page without origin': { origin: 'null' },
    'no origin': { origin: undefined },
    'no referrer': { referer: undefined },
    'a script': { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    'no click': { 'sec-fetch-user': undefined },
    'a frame': { 'sec-fetch-dest': 'iframe' },
  }
  for (const [label, headers] of Object.entries(foreign)) {
    const answer = await send(visitor, path, right, { headers })
    t.strictSame([answer.status, answer.code], [403, 26], label)
  }
  const json = await send(
    visitor,
    path,
    {},
    { payload: '{}', headers: { 'content-type': 'application/json' } },
  )
  t.equal(json.status, 415)
})

t.test('sent twice, each makes a request of its own; nothing is written by either', async (t) => {
  const { visitor } = await open(t)
  const [one, two] = [await send(visitor, path, right), await send(visitor, path, right)]
  t.strictSame([one.status, two.status], [303, 303])
  t.not(one.headers.location, two.headers.location)
})

t.test('a site that is not allowed cannot post a button, and the form can all the same', async (t) => {
  const { visitor } = await open(t, { env: { ALLOWED_ORIGINS: 'https://sampledb.example' } })
  t.equal((await send(visitor, path, right)).status, 303)
  const old = {
    'sec-fetch-site': undefined,
    'sec-fetch-mode': undefined,
    'sec-fetch-dest': undefined,
    'sec-fetch-user': undefined,
  }
  t.equal(
    (await send(visitor, path, right, { headers: old })).status,
    303,
    'also from a browser that says less',
  )
})

t.test('a template without parameters is made by a button', async (t) => {
  const { visitor } = await open(t)
  const page = await visitor.ask('/t/plain.ipynb')
  t.match(page.body, /<button class="primary[^>]*>Create this notebook<\/button>/)
  t.match(page.body, /<details class="more">/, 'and takes values all the same, folded in')
  const sent = await send(visitor, '/t/plain.ipynb', {})
  t.equal(sent.status, 303)
  const empty = await visitor.ask('/form/plain.ipynb', {
    method: 'POST',
    headers: {
      origin: `http://${host}`,
      referer: `http://${host}/t/plain.ipynb`,
      'sec-fetch-site': 'same-origin',
    },
  })
  t.equal(empty.status, 303, 'a form without any field has no body')
  t.equal(cellOf((await visitor.confirm(String(sent.headers.location))).bytes), '')
})

t.test('with parameters in its address, the page is a click as before', async (t) => {
  const { visitor } = await open(t)
  const sent = await visitor.ask('/t/plain.ipynb?params=%7B%22a%22%3A1.0%7D')
  t.equal(sent.status, 303)
  t.match(cellOf((await visitor.confirm(String(sent.headers.location))).bytes), 'a = 1.0')
  t.equal((await visitor.ask('/t/plain.ipynb?params=%7B')).code, 20)
})

t.test('what is not there cannot be posted to', async (t) => {
  const { app, visitor } = await open(t)
  t.strictSame(
    [(await post(visitor, '/form/none.ipynb')).code, (await post(visitor, '/form/..%2fx.ipynb')).code],
    [13, 13],
  )
  t.equal((await createVisitor(app).ask('/form/plain.ipynb')).status, 404, 'nor looked at')
})

const post = (visitor: Visitor, url: string) =>
  visitor.ask(url, {
    method: 'POST',
    payload: 'value.a=1',
    headers: {
      origin: `http://${host}`,
      referer: `http://${host}/t/plain.ipynb`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
  })

t.test('a template that changes meanwhile is shown as it is now', async (t) => {
  const { app, visitor } = await open(t)
  writeFileSync(join(app.dir, 'cell.ipynb'), JSON.stringify(notebookOf('python', 'c = 1')))
  const answer = await post(visitor, '/form/cell.ipynb')
  t.equal(answer.status, 400)
  t.match(textOf(answer.body), 'This template has changed since the page was loaded')
  t.match(answer.body, 'name="value.c"')
})

t.test('megabytes in a field pass, and more than is taken is told with the form', async (t) => {
  const { visitor } = await open(t, { env: { MAX_PARAMS_BYTES: '1200000' } })
  const text = 'ä'.repeat(500_000)
  t.equal((await send(visitor, '/t/cell.ipynb', { 'value.a': '1.0', 'value.b': text })).status, 303)
  const more = await send(visitor, '/t/cell.ipynb', { 'value.a': '1.0', 'value.b': 'a'.repeat(1_300_000) })
  t.equal(more.status, 413)
  t.match(textOf(more.body), 'larger than the limit of 1200000 bytes')
})

t.test('no header of a request changes an address that is shown', async (t) => {
  const { visitor } = await open(t)
  for (const name of ['host', 'x-forwarded-host', 'forwarded', 'origin', 'referer']) {
    const { body } = await visitor.ask(path, { headers: { [name]: 'evil.example' } })
    t.notMatch(body, 'evil.example', name)
    t.match(body, 'https://jupyterhub.example.com/t/b/%7Bsample%7D.ipynb')
  }
})

t.test('the page is small', async (t) => {
  const { app }: { app: TestApp } = await open(t)
  const names = [
    'theme.css',
    'base.css',
    'parts.css',
    'form.css',
    'form.js',
    'connect.js',
    'copy.js',
    'logo.svg',
  ]
  const urls = [path, ...names.map((name) => app.app.asset(name))]
  const visitor = createVisitor(app)
  let size = 0
  for (const url of urls) size += (await visitor.ask(url)).bytes.length
  t.ok(size < 60_000, `${size} bytes, not even compressed`)
})

t.test(
  'a template in several languages speaks the reader’s, on its page, in the catalogue, where one confirms, and in messages',
  async (t) => {
    const own = {
      title: { en: 'Peaks', de: 'Spitzen' },
      description: { en: 'Finds them.', de: 'Findet sie.' },
      tags: { en: ['peak'], de: ['Spitze'] },
      params: {
        method: {
          enum: [1, 2],
          'x-title': { en: 'Method', de: 'Verfahren' },
          'x-enum-titles': [{ de: 'schnell' }, null],
        },
        count: {
          type: 'integer',
          'x-title': { de: 'Anzahl', en: 'How many' },
          'x-description': { de: 'Wie viele?' },
        },
      },
    }
    const file = JSON.stringify(notebookOf('python', 'method = 2\ncount = 1', own))
    const { visitor } = await open(t, { templates: { 'words.ipynb': file } })
    const german = { 'accept-language': 'de-DE' }
    const page = await visitor.ask('/t/words.ipynb', { headers: german })
    for (const shown of ['Spitzen', 'Findet sie.', 'Spitze', 'Verfahren', 'schnell', 'Anzahl', 'Wie viele?'])
      t.match(textOf(page.body), shown)
    t.notMatch(textOf(page.body), /Peaks|Method/)
    const english = await visitor.ask('/t/words.ipynb', { headers: { 'accept-language': 'en' } })
    for (const shown of ['Peaks', 'Finds them.', 'Method', 'How many']) t.match(textOf(english.body), shown)

    const catalogue = await visitor.ask('/?q=peaks', { headers: german })
    t.match(textOf(catalogue.body), 'Spitzen')
    t.notMatch(textOf(catalogue.body), 'Finds them')

    const values = { 'value.method': '0', 'value.count': '3' }
    const sent = await send(visitor, '/t/words.ipynb', values, { headers: german })
    const confirmation = await visitor.ask(String(sent.headers.location), { headers: german })
    for (const shown of ['Spitzen', 'Verfahren', 'schnell', 'Anzahl'])
      t.match(textOf(confirmation.body), shown)

    const wrong = await visitor.ask('/t/words.ipynb', {
      method: 'POST',
      payload: new URLSearchParams({ params: '{"method":3,"count":"x"}' }).toString(),
      headers: { ...german, 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' },
    })
    t.equal(wrong.status, 400)
    t.match(textOf(wrong.body), '„Verfahren (method)“ muss einer dieser Werte sein: 1 (schnell), 2.')
    t.match(textOf(wrong.body), '„Anzahl (count)“')
  },
)

t.test('a name of the file may stay empty where the template has something else for it', async (t) => {
  const own = { if_unset: { temperature: 'room temperature' } }
  const { visitor } = await open(t, {
    templates: { 'Fit_{temperature}.ipynb': JSON.stringify(notebookOf('python', 'temperature = ""', own)) },
  })
  const fit = '/t/Fit_%7Btemperature%7D.ipynb'
  const page = await visitor.ask(fit)
  t.notMatch(textOf(page.body), 'required')
  const sent = await send(visitor, fit, { 'value.temperature': '' })
  t.equal(sent.status, 303)
  const confirmation = await visitor.ask(String(sent.headers.location))
  t.match(textOf(confirmation.body.replaceAll('<wbr>', '')), 'Fit_room temperature.ipynb')
  const clicked = await visitor.click(fit, '{}')
  const asked = await visitor.ask(String(clicked.headers.location))
  t.match(textOf(asked.body.replaceAll('<wbr>', '')), 'Fit_room temperature.ipynb', 'so does a button')
})
