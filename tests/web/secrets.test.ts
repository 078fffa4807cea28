/** A thousand secrets, sent in every way there is, through whole journeys of the real process without a hub. */
import { join } from 'node:path'
import t from 'tap'
import { createRecords } from '../../service/journey/kept/records.ts'
import { createSealer } from '../../service/seal.ts'
import { loadSecret } from '../../service/secret.ts'
import { openStore } from '../../service/store/index.ts'
import { notebookOf } from '../notebook/support.ts'
import { type BrowserLike, browserLike, type Page } from '../support/browser-like.ts'
import { createSecrets, filesBelow } from '../support/secrets.ts'
import { startService } from '../support/service.ts'
import { writeTemplates } from '../support/template-folder.ts'

t.setTimeout(300_000)

const usual = `jwt Auth-Token access_token refresh_token id_token api_key APIKEY password passwd client_secret
  Authorization bearer`.split(/\s+/)
const plain = JSON.stringify(notebookOf('python', 'n = 1\npassword = ""'))
const strict = JSON.stringify(
  notebookOf('python', 'n = 1', {
    params: {
      type: 'object',
      properties: { n: { type: 'string', maxLength: 60 }, db_key: { writeOnly: true } },
      required: ['n', 'db_key'],
    },
  }),
)
const listed = JSON.stringify(notebookOf('python', 'n = 1', { secrets: ['db_key'] }))
const templates = {
  'plain.ipynb': plain,
  'strict.ipynb': strict,
  'listed.ipynb': listed,
  '{password}.ipynb': plain,
}
/** Is seen wherever a secret could be. */
const control = 'a-value-that-is-none'

t.test('of a thousand secrets nothing is found afterwards', async (t) => {
  const dir = t.testdir({ templates: {}, state: {} })
  writeTemplates(join(dir, 'templates'), templates)
  const service = await startService(t, {
    NOTEBOOK_TEMPLATES_DIR: join(dir, 'templates'),
    NOTEBOOK_TEMPLATES_STATE_DIR: join(dir, 'state'),
    NOTEBOOK_TEMPLATES_LOG_LEVEL: 'trace',
  })
  const secrets = createSecrets()
  const ids: string[] = []
  const seen: { where: string; text: string }[] = []
  const look = (where: string, page: Page) => {
    for (const { answer } of page.steps) {
      const text = `${JSON.stringify(answer.headers)}\n${answer.body.toString('latin1')}`
      seen.push({ where, text })
      secrets.look(where, text)
    }
    return page
  }
  const values = (names: readonly string[], more: object = {}) =>
    JSON.stringify({
      ...Object.fromEntries(names.map((name) => [name, secrets.next()])),
      n: control,
      ...more,
    })

  const journey = async (where: string, browser: BrowserLike, page: Page) => {
    look(where, page)
    t.equal(page.status, 200, where)
    const [, id = ''] = /\/confirm\/([\w-]{22})\?n=/.exec(page.url) ?? []
    t.ok(id, `${where} leads to its confirmation`)
    ids.push(id)
    t.match(page.text(), 'Withheld as credentials', where)
    for (const part of ['preview', 'parameters'])
      look(`${where}, ${part}`, await browser.get(`${service.url}${part}/${id}`))
    const made = look(`${where}, notebook`, await browser.submit(page, 'confirm'))
    t.match(JSON.parse(made.text()).metadata.notebook_templates.made_from.parameters, control)
  }
  const to = (template: string) => `${service.url}t/${encodeURIComponent(template)}`
  const from = { from: 'https://scicat.example/' }
  const json = { ...from, headers: { 'content-type': 'application/json' } }
  const problem = (where: string, page: Page, status = 400) => {
    t.equal(look(where, page).status, status, where)
  }

  while (secrets.count() < 1000) {
    const browser = browserLike()
    await journey('params', browser, await browser.post(to('plain.ipynb'), { params: values(usual) }, from))
    await journey(
      'schema',
      browser,
      await browser.post(to('strict.ipynb'), { params: values(['db_key', 'jwt']) }, from),
    )
    await journey(
      'list',
      browser,
      await browser.post(to('listed.ipynb'), { params: values(['db_key']) }, from),
    )
    await journey('JSON', browser, await browser.post(to('plain.ipynb'), `{"params":${values(usual)}}`, json))
    const query = new URLSearchParams({ params: values(['jwt', 'password']) })
    await journey('query', browser, await browser.get(`${to('plain.ipynb')}?${query}`))
    const fields = Object.fromEntries(['jwt', 'auth_token'].map((name) => [name, String(secrets.next())]))
    await journey('fields', browser, await browser.post(to('plain.ipynb'), { ...fields, n: control }, from))

    const form = look('the page with the form', await browser.get(to('plain.ipynb')))
    const typed = { 'value.n': '1', more: values(['jwt'], { n: undefined }) }
    problem('a form', await browser.submit(form, 'form/', { ...typed, 'value.gone': 'x' }))
    problem(
      'a form that is no JSON',
      await browser.submit(form, 'form/', { ...typed, more: `${typed.more},` }),
    )
    look('a form that is saved', await browser.submit(form, 'form/', { ...typed, save: '' }))
    const tooLong = values(['jwt', 'db_key'], { n: 'x'.repeat(61) })
    for (const accept of ['text/html', 'application/json']) {
      const headers = { ...from, headers: { accept } }
      const name = JSON.stringify(JSON.stringify(secrets.next()))
      problem('a value that is wrong', await browser.post(to('strict.ipynb'), { params: tooLong }, headers))
      problem('a name', await browser.post(to('{password}.ipynb'), { params: values(['password']) }, headers))
      problem('no JSON', await browser.post(to('plain.ipynb'), { params: `${values(['jwt'])},` }, headers))
      const twice = `{"n":"1","jwt":{"deep":[{${name}:1},{${name}:1,${name}:2}]}}`
      problem('a name twice', await browser.post(to('plain.ipynb'), { params: twice }, headers))
      problem(
        'a name twice, as JSON',
        await browser.post(to('plain.ipynb'), `{"params":${twice}}`, {
          headers: { ...headers.headers, 'content-type': 'application/json' },
        }),
      )
      problem(
        'not encoded',
        await browser.post(to('plain.ipynb'), `params=${values(['jwt'], { n: '&' })}`, headers),
      )
      problem(
        'another field',
        await browser.post(to('plain.ipynb'), { params: values(['jwt']), x: '' }, headers),
      )
      problem('no template', await browser.get(`${to('none.ipynb')}?${query}`, { headers: { accept } }), 404)
    }
  }

  await service.end()
  secrets.look('the log', service.log())
  const state = join(dir, 'state')
  for (const [path, bytes] of filesBelow(dir)) {
    secrets.look('a name', path)
    secrets.look(path, bytes)
  }
  const sealer = createSealer(await loadSecret({ secret: undefined, stateDir: state }))
  const store = await openStore(`lmdb:${join(state, 'store')}`, { maxKeptBytes: 2 ** 30, sealer })
  t.teardown(() => store.close())
  const records = createRecords(store)
  for (const id of ids) {
    const request = await records.load(id)
    secrets.look('a kept request', JSON.stringify(request))
    t.match(request.withheld, [/./], 'its names are kept')
    const parameters = await records.parameters(request)
    secrets.look('kept parameters', parameters)
    t.match(parameters, control, 'what is no secret is kept')
  }
  t.ok(secrets.count() >= 1000)
  t.same(secrets.found(), [])
  const shown = (where: string) => seen.some((one) => one.where === where && one.text.includes(control))
  for (const where of ['params', 'params, preview', 'query', 'fields'])
    t.ok(shown(where), `${where}: others are seen`)
})
