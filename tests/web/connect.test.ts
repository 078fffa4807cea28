import { execFile } from 'node:child_process'
import { mkdirSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import t from 'tap'
import { encodePath } from '../../service/hub/paths.ts'
import { readSettings } from '../../service/settings/settings.ts'
import { publicOriginOf } from '../../service/web/pages/template/connect.ts'
import { withSchema } from '../notebook/schema/support.ts'
import { notebookOf, templateOf } from '../notebook/support.ts'
import { unescapeHtml } from '../support/forms.ts'
import { send } from '../support/http.ts'
import { startServiceOn } from '../support/service.ts'
import { hostileTemplate, snippetsOf } from './connect-support.ts'

const unseen = /[^\P{C}\n]|[\u2028\u2029]/u

t.test('what is to be pasted names the template and what it needs', async (t) => {
  const template = templateOf('python', 'measurement_name = "Experiment-12345"\ncreated = None\nn = 1.50')
  const path = 'some_instrument/Data_{measurement_name}.ipynb'
  const { sampledb, form, link, curl } = snippetsOf(path, template, { title: 'Data & more' })
  const url = 'https://hub.example/services/templates/t/some_instrument/Data_%7Bmeasurement_name%7D.ipynb'
  const params = '{"measurement_name": "Experiment-12345", "n": 1.50}'
  t.same(JSON.parse(`{${sampledb}}`).notebookTemplates, [
    {
      title: 'Data & more',
      url: path,
      params: {
        object_id: 'object_id',
        measurement_name: ['measurement_name', 'text'],
        created: ['created'],
        n: ['n'],
      },
    },
  ])
  t.equal(
    form,
    `<form method="post" action="${url}">\n  <input type="hidden" name="params" value='${params}'>\n  <button>Data &#38; more</button>\n</form>`,
  )
  t.equal(link, `${url}?params=${encodeURIComponent(params)}`)
  t.equal(curl, `curl --include --data-urlencode 'params=${params}' '${url}'`)
})

t.test('where SampleDB keeps each kind of value', async (t) => {
  const schema = `{"q":{"$ref":"sampledb:quantity"},"n":{"type":"number"},"s":{"type":"string"},"b":{"type":"boolean"},
    "d":{"type":"string","format":"date-time"},"l":{"type":"array"},"x":{}}`
  const { sampledb } = snippetsOf('t.ipynb', withSchema(schema))
  t.same(JSON.parse(`{${sampledb}}`).notebookTemplates[0].params, {
    object_id: 'object_id',
    q: ['q'],
    n: ['n', 'magnitude'],
    s: ['s', 'text'],
    b: ['b', 'value'],
    d: ['d', 'utc_datetime'],
    l: ['l'],
    x: ['x'],
  })
})

t.test('the number of the object is in every entry, unless the template refuses it', async (t) => {
  const paramsOf = (source: string, takesObjectId: boolean) => {
    const { sampledb } = snippetsOf('t.ipynb', templateOf('python', source), { takesObjectId })
    return JSON.parse(`{${sampledb}}`).notebookTemplates[0].params
  }
  t.same(paramsOf('', true), { object_id: 'object_id' })
  t.same(paramsOf('a = None\nobject_id = None', true), { object_id: 'object_id', a: ['a'] })
  t.same(paramsOf('a = None', false), { a: ['a'] })
})

t.test('hostile names stay names', async (t) => {
  const { path, template, title } = hostileTemplate()
  const snippets = snippetsOf(path, template, { title })
  for (const [name, text] of Object.entries(snippets)) {
    t.notMatch(text, unseen, `${name}: nothing in it is unseen`)
  }
  const { params, ...entry } = JSON.parse(`{${snippets.sampledb}}`).notebookTemplates[0]
  t.equal(entry.title, title)
  t.equal(decodeURIComponent(entry.url), path)
  const sent = JSON.parse(
    /value='([^']*)'/
      .exec(snippets.form)?.[1]
      ?.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(code)) ?? '',
  )
  t.same(Object.keys(params), ['object_id', ...Object.keys(sent)])
  t.equal(unescapeHtml(/<button>([^<]*)<\/button>/.exec(snippets.form)?.[1] ?? ''), title)
  t.equal(snippets.form.match(/</g)?.length, 5, 'no more tags than the three that are ours')
})

t.test('the shown call runs in a shell as it is shown', async (t) => {
  const { path, bytes } = hostileTemplate()
  const plain = JSON.stringify(notebookOf('python'))
  const { url: service } = await startServiceOn(t, { [path]: bytes, 'some/Plain.ipynb': plain })
  const cwd = join(t.testdirName, 'here')
  mkdirSync(cwd)
  for (const template of [path, 'some/Plain.ipynb']) {
    const page = await send(`${service}t/${encodePath(template)}`, { headers: { accept: 'text/html' } })
    t.equal(page.status, 200, template.slice(0, 20))
    const shown = /<pre id="connect-curl-snippet"[^>]*>([^<]*)<\/pre>/.exec(page.text())?.[1] ?? ''
    const origin = new URL(service).origin
    const call = unescapeHtml(shown).replaceAll('https://jupyterhub.example.com', origin)
    const { stdout } = await promisify(execFile)('sh', ['-c', `${call} --silent`], {
      cwd,
    })
    t.match(stdout, /^HTTP\/1\.1 303 [\s\S]*location: \/confirm\/[\w-]{22}/i)
  }
  t.same(readdirSync(cwd), [], 'and it does nothing else')
})

t.test('the address that is shown is the one that the Hub gives the service', async (t) => {
  const hub = {
    JUPYTERHUB_API_URL: 'http://127.0.0.1:8081/hub/api',
    JUPYTERHUB_API_TOKEN: 'token',
    JUPYTERHUB_CLIENT_ID: 'service-templates',
    JUPYTERHUB_OAUTH_CALLBACK_URL: '/services/templates/oauth_callback',
    JUPYTERHUB_SERVICE_NAME: 'templates',
    JUPYTERHUB_SERVICE_PREFIX: '/services/templates/',
    JUPYTERHUB_SERVICE_URL: 'http://127.0.0.1:10101',
    JUPYTERHUB_BASE_URL: '/',
    NOTEBOOK_TEMPLATES_PROXY_URL: 'http://127.0.0.1:8000',
  }
  const url = { JUPYTERHUB_PUBLIC_URL: 'https://hub.example/services/templates/' }
  t.equal(publicOriginOf(readSettings({ ...hub, ...url })), 'https://hub.example')
  t.equal(publicOriginOf(readSettings(hub)), undefined)
  t.equal(publicOriginOf(readSettings({})), undefined)
})
