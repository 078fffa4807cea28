import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import t from 'tap'
import { pageText } from '../support/page-text.ts'
import { until } from '../support/until.ts'
import { createVisitor, csrfOn, host, notebook, openApp, platform } from './app.ts'

const template = '/t/a/Analysis_%7Bname%7D.ipynb'
const params = '{"name":"Größe 1","n":1.0,"big":12345678901234567890,"nan":NaN,"2":"second","1":"first"}'

t.test('without a hub, a button leads to a download', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const clicked = await visitor.click(template, params)
  const confirm = String(clicked.headers.location)

  t.test('it answers 303 to the confirmation page', async (t) => {
    t.equal(clicked.status, 303)
    t.match(confirm, /^\/confirm\/[\w-]{22}$/)
    t.equal(clicked.body, '')
  })

  t.test('the page shows file, site and values', async (t) => {
    const page = await visitor.ask(confirm)
    t.equal(page.status, 200)
    const text = pageText(page.body)
    const shown = [
      'Analysis_Größe 1.ipynb',
      platform,
      '12345678901234567890',
      '1.0',
      'NaN',
      'Download notebook',
    ]
    for (const part of shown) t.match(text, part)
    t.notMatch(text, 'Your notebook was downloaded')
  })

  t.test('the click on it downloads the notebook, and the same again', async (t) => {
    const file = await visitor.confirm(confirm)
    t.equal(file.status, 200)
    t.equal(file.headers['content-type'], 'application/x-ipynb+json')
    t.equal(
      file.headers['content-disposition'],
      `attachment; filename="Analysis_Gr__e 1.ipynb"; filename*=UTF-8''Analysis_Gr%C3%B6%C3%9Fe%201.ipynb`,
    )
    t.equal(file.headers['content-length'], String(file.bytes.length))
    const { cells, metadata } = JSON.parse(file.body)
    t.equal(
      [cells[1].source].flat().join(''),
      [
        '# Parameters',
        'name = "Größe 1"',
        'n = 1.0',
        'big = 12345678901234567890',
        'nan = float("nan")',
        '_2_ = "second"  # "2"',
        '_1_ = "first"  # "1"',
      ].join('\n'),
    )
    t.match(metadata.notebook_templates.made_from, {
      request: confirm.slice('/confirm/'.length),
      template: 'a/Analysis_{name}.ipynb',
      sha256: createHash('sha256').update(notebook()).digest('hex'),
      sender: platform,
      parameters: params,
    })
    t.ok(file.bytes.equals((await visitor.confirm(confirm)).bytes))
    const done = pageText((await visitor.ask(confirm)).body)
    t.match(done, 'Your notebook was downloaded')
    t.match(done, 'Download again')
  })
})

t.test('what was shown is what is downloaded, also when the template has changed since', async (t) => {
  const changing = await openApp(t)
  const visitor = createVisitor(changing)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  writeFileSync(`${changing.dir}/plain.ipynb`, notebook().replace('1 + 1', '2 + 2'))
  t.match((await visitor.confirm(confirm)).body, '1 + 1')
  const later = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  t.match((await visitor.confirm(later)).body, '2 + 2')
})

t.test('the same by hand', async (t) => {
  const app = await openApp(t)

  t.test('a link with params works like the button', async (t) => {
    const visitor = createVisitor(app)
    const link = `${template}?params=${encodeURIComponent(params)}`
    const clicked = await visitor.ask(link, { headers: { referer: `${platform}/objects/1` } })
    t.equal(clicked.status, 303)
    const page = await visitor.ask(String(clicked.headers.location))
    t.match(pageText(page.body), 'Analysis_Größe 1.ipynb')
    t.match(pageText(page.body), platform)
    t.match((await visitor.confirm(String(clicked.headers.location))).body, 'big = 12345678901234567890')
  })

  t.test('without params a form asks for them', async (t) => {
    const visitor = createVisitor(app)
    const page = await visitor.ask(template)
    t.equal(page.status, 200)
    t.match(page.body, 'action="/form/a/Analysis_%7Bname%7D.ipynb"')
    const sent = await visitor.click(template, '{"name": "by hand"}', {
      headers: { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' },
    })
    t.match(pageText((await visitor.ask(String(sent.headers.location))).body), 'Analysis_by hand.ipynb')
  })

  t.test('a body of JSON is taken too', async (t) => {
    const visitor = createVisitor(app)
    const clicked = await visitor.ask(template, {
      method: 'POST',
      payload: '{"params": {"name": "x", "n": 1.0, "big": 12345678901234567890}}',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
    })
    t.equal(clicked.status, 303)
    const file = await visitor.confirm(String(clicked.headers.location))
    t.match(file.body, 'n = 1.0')
    t.match(file.body, 'big = 12345678901234567890')
  })

  t.test('fields other than params are texts', async (t) => {
    const visitor = createVisitor(app)
    const clicked = await visitor.ask(template, {
      method: 'POST',
      payload: 'name=a+b&n=1',
      headers: { 'content-type': 'application/x-www-form-urlencoded', origin: platform },
    })
    const file = await visitor.confirm(String(clicked.headers.location))
    t.match(file.headers['content-disposition'], 'Analysis_a b.ipynb')
    t.match(file.body, 'n = \\"1\\"')
  })

  t.test('no parameters at all make no cell', async (t) => {
    for (const payload of ['params=', 'params=%7B%7D', '']) {
      const visitor = createVisitor(app)
      const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: platform }
      const clicked = await visitor.ask('/t/plain.ipynb', { method: 'POST', payload, headers })
      t.equal(clicked.status, 303, JSON.stringify(payload))
      const file = await visitor.confirm(String(clicked.headers.location))
      t.equal(JSON.parse(file.body).cells.length, 2)
    }
  })

  t.test('the catalogue links every template', async (t) => {
    const page = await createVisitor(app).ask('/')
    t.equal(page.status, 200)
    for (const href of ['/t/a/Analysis_%7Bname%7D.ipynb', '/t/plain.ipynb'])
      t.match(page.body, `href="${href}"`)
  })
})

t.test('other methods are answered clearly and change nothing', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const before = app.kept()
  for (const url of ['/', '/t/plain.ipynb', confirm, '/health']) {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const) {
      const answer = await visitor.ask(url, { method })
      t.match([answer.status, answer.code], [404, 30], `${method} ${url}`)
    }
    const head = await visitor.ask(url, { method: 'HEAD' })
    t.match([head.status, head.body], [200, ''], `HEAD ${url}`)
  }
  t.equal((await visitor.ask(confirm, { method: 'POST' })).code, 26)
  t.equal(app.kept(), before)
})

t.test('a confirmation that does not come from our own page downloads nothing', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const other = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  const foreign = csrfOn((await visitor.ask(other)).body)
  const cases: [string, Parameters<typeof visitor.confirm>[1]][] = [
    ['another site', { headers: { origin: platform, 'sec-fetch-site': 'cross-site' } }],
    ['a script', { headers: { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' } }],
    ['a script that submits a form', { headers: { 'sec-fetch-user': undefined } }],
    ['a frame', { headers: { 'sec-fetch-dest': 'iframe' } }],
    ['no referer', { headers: { referer: undefined } }],
    ['no origin', { headers: { origin: undefined } }],
    ['no token', { csrf: '' }],
    ["another request's token", { csrf: foreign }],
    ['half a token', { csrf: foreign.slice(0, 20) }],
  ]
  for (const [label, ask] of cases) {
    const answer = await visitor.confirm(confirm, ask)
    t.match([answer.status, answer.code], [403, 26], label)
    t.notOk(answer.headers['content-disposition'])
  }
  t.match(pageText((await visitor.ask(confirm)).body), 'Download this notebook?', 'it was never confirmed')
})

t.test('the confirmation page is opened by going there, not by script or in a frame', async (t) => {
  const app = await openApp(t)
  const visitor = createVisitor(app)
  const confirm = String((await visitor.click('/t/plain.ipynb', '{}')).headers.location)
  for (const headers of [
    { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' },
    { 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' },
    { 'sec-fetch-dest': 'iframe' },
    { 'sec-fetch-dest': 'object' },
  ]) {
    const answer = await visitor.ask(confirm, { headers })
    t.match([answer.status, answer.code], [403, 26], JSON.stringify(headers))
    t.notMatch(answer.body, /csrf/)
  }
})

t.test('the catalogue is searched by its address, and a page beyond the last is the last', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const ask = async (query: string) => {
    const page = await visitor.ask(`/${query}`)
    t.equal(page.status, 200, query)
    return [...page.body.matchAll(/class="template-link" href="([^"]*)"/g)].map((match) => match[1])
  }
  t.strictSame(await ask('?q=plain'), ['/t/plain.ipynb'])
  t.strictSame(await ask('?q=zebra'), [])
  t.strictSame(await ask('?q=&language=&tag=&page=7'), await ask(''))
  t.strictSame(await ask('?language=Klingon'), [])
  for (const query of ['?page=x', '?page=-1', `?q=${'x'.repeat(501)}`]) {
    t.match(await visitor.ask(`/${query}`), { status: 400, code: 20 }, query.slice(0, 10))
  }
})

t.test('a request is one line of the log, which says what was asked and how it was answered', async (t) => {
  const app = await openApp(t)
  await createVisitor(app).click(template, params)
  const isTold = ({ level }: Readonly<Record<string, unknown>>) => Number(level) >= 30
  await until('its line', async () => app.log() !== '' && app.lines().some(isTold))
  const told = app.lines().filter(isTold)
  t.equal(told.length, 1)
  t.match(told[0], {
    req: { method: 'POST', route: '/t/*' },
    res: { status: 303 },
    responseTime: Number,
    reqId: /^[0-9a-f]{12}$/,
  })
})
