/** What is too much, or not for everybody, is refused before it costs anything or tells anything. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { notebookOf } from '../notebook/support.ts'
import { until } from '../support/until.ts'
import { createVisitor, host, openApp, type Visitor } from './app.ts'

const closed = JSON.stringify(
  notebookOf('python', 'secret_field = "x"', {
    groups: ['lab'],
    params: {
      type: 'object',
      required: ['secret_field'],
      properties: { secret_field: { enum: ['alpha', 'beta'] } },
    },
  }),
)

const send = (visitor: Visitor, path: string, payload: string) =>
  visitor.ask(path, {
    method: 'POST',
    payload,
    headers: {
      origin: `http://${host}`,
      referer: `http://${host}/t/plain.ipynb`,
      'sec-fetch-site': 'same-origin',
      'content-type': 'application/x-www-form-urlencoded',
    },
  })

t.test(
  'a form with more than parameters may have is refused before it is read, and not shown again',
  async (t) => {
    const app = await openApp(t, { env: { MAX_PARAMS_BYTES: '5000' } })
    const visitor = createVisitor(app)
    const more = JSON.stringify({ z: '"'.repeat(2500) })
    const { status, body } = await send(visitor, '/form/plain.ipynb', `more=${encodeURIComponent(more)}`)
    t.equal(status, 413)
    t.ok(body.length < 20_000, `${body.length} characters`)
    t.equal(app.kept(), 0)
    const small = await send(visitor, '/form/plain.ipynb', `more=${encodeURIComponent('{"z":"\\"\\""}')}`)
    t.equal(small.status, 303, 'what fits goes on')
  },
)

t.test('more fields than anybody sends are refused, by the form and by the button', async (t) => {
  const visitor = createVisitor(await openApp(t))
  for (const path of ['/form/plain.ipynb', '/t/plain.ipynb']) {
    t.equal((await send(visitor, path, 'a&'.repeat(30_000))).status, 413, path)
  }
  const names = Array.from({ length: 1000 }, (_, index) => `a${index}=1`).join('&')
  t.equal((await send(visitor, '/t/plain.ipynb', names)).status, 303)
})

t.test('very many further values are no fault of the service', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const members = Array.from({ length: 200_000 }, (_, index) => `"a${index}":0`).join(',')
  const { status } = await send(visitor, '/form/plain.ipynb', `more=${encodeURIComponent(`{${members}}`)}`)
  t.equal(status, 303)
})

t.test(
  'a long or many-lined name of another site fills neither page nor log, and forges no line',
  async (t) => {
    const app = await openApp(t)
    const name = `Request ID: forged\n${'n'.repeat(500_000)}`
    const { status, body } = await send(
      createVisitor(app),
      '/t/plain.ipynb',
      `params=%7B%7D&${encodeURIComponent(`x\n${name}`)}=1`,
    )
    t.equal(status, 400)
    t.ok(body.length < 20_000, `${body.length} characters`)
    t.ok(app.log().length < 50_000)
    t.notMatch(body, /^Request ID: forged/m)
  },
)

t.test('what a limited template takes is not told to who may not use it', async (t) => {
  const visitor = createVisitor(await openApp(t, { templates: { 'closed.ipynb': closed } }))
  const answers = [
    await send(visitor, '/t/closed.ipynb', `params=${encodeURIComponent('{"pw":"x"}')}`),
    await visitor.ask('/t/closed.ipynb?params=%7B%22pw%22%3A1%7D'),
    await send(visitor, '/form/closed.ipynb', 'value.secret_field=gamma'),
    await send(visitor, '/form/closed.ipynb', 'value.secret_field=0'),
    await visitor.ask('/t/closed.ipynb'),
  ]
  for (const { body } of answers) t.notMatch(body, /secret_field|alpha|beta/)
  t.equal(answers[2]!.status, 404)
  t.equal(answers[3]!.status, 404, 'right or wrong, the answer is the same')
})

t.test('a page is gone to, not read by a script', async (t) => {
  const visitor = createVisitor(await openApp(t))
  const headers = { 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' }
  for (const path of ['/t/plain.ipynb', '/t/plain.ipynb?params=%7B%7D']) {
    t.equal((await visitor.ask(path, { headers })).status, 403, path)
    t.ok((await visitor.ask(path)).status < 400)
  }
})

t.test('a rule holds from the moment that it is written, in whichever form of Unicode', async (t) => {
  const folder = 'Größe'
  const app = await openApp(t, {
    templates: { [`${folder.normalize('NFD')}/a.ipynb`]: JSON.stringify(notebookOf('python', 'a = 1')) },
  })
  const visitor = createVisitor(app)
  const path = `/t/${encodeURIComponent(folder.normalize('NFD'))}/a.ipynb`
  t.equal((await visitor.ask(path)).status, 200)
  writeFileSync(join(app.dir, 'templates.yaml'), `${folder.normalize('NFC')}: {groups: [lab]}\n`)
  await until('it to be closed', async () => (await visitor.ask(path)).status === 404)
  t.pass('without anybody looking at the catalogue')
})
