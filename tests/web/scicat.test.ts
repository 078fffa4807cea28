/**
 * What the form action of SciCat's frontend sends as it is shipped (src/app/datasets/datafiles-actions, looked up in 2026): a
 * post of hidden fields, `auth_token`, `jwt`, `dataset`, `directory` and `files[0]`, `files[1]`, … of all or of the selected files.
 */
import t from 'tap'
import { notebookOf } from '../notebook/support.ts'
import { pageText } from '../support/page-text.ts'
import { createVisitor, openApp, type TestApp } from './app.ts'

const scicat = 'https://scicat.example'
const token = 'hunter2-token-of-the-catalogue'
const jwt = 'eyJhbGciOiJIUzI1NiJ9.aHVudGVyMg.hunter2'

async function postForm(app: TestApp, template: string, files: readonly string[]) {
  const fields = new URLSearchParams([
    ['auth_token', token],
    ['jwt', jwt],
    ['dataset', '20.500.12269/0f2a'],
    ['directory', '/ess/data/Größe & Co'],
    ...files.map((path, index): [string, string] => [`files[${index}]`, path]),
  ])
  const visitor = createVisitor(app)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: scicat }
  const reply = await visitor.ask(`/t/${template}`, { method: 'POST', payload: String(fields), headers })
  return { visitor, reply, address: String(reply.headers.location) }
}

const source = 'dataset = ""\ndirectory = ""\nfiles = []\njwt = ""'
const templates = {
  'all.ipynb': JSON.stringify(notebookOf('python', source)),
  'literal.ipynb': JSON.stringify(
    notebookOf('python', source, { params: { 'files[0]': { type: 'string' } } }),
  ),
}

t.test('a form of SciCat becomes a notebook with a list of files and without its tokens', async (t) => {
  const app = await openApp(t, { templates })
  const { visitor, reply, address } = await postForm(app, 'all.ipynb', ['scan/1.nxs', 'scan/"2".nxs'])
  t.equal(reply.status, 303)
  const page = await visitor.ask(address)
  t.match(pageText(page.body), 'scan/1.nxs')
  const { body } = await visitor.confirm(address)
  const { cells, metadata } = JSON.parse(body)
  const [injected] = cells.filter((cell: { metadata: { tags?: string[] } }) =>
    cell.metadata.tags?.includes('injected-parameters'),
  )
  const lines = injected.source.join('').split('\n')
  t.match(lines, [
    /^# Parameters/,
    'dataset = "20.500.12269/0f2a"',
    'directory = "/ess/data/Größe & Co"',
    'files = ["scan/1.nxs", "scan/\\"2\\".nxs"]',
    /^jwt = None {2}# not set: withheld/,
  ])
  t.same(JSON.parse(metadata.notebook_templates.made_from.parameters), {
    dataset: '20.500.12269/0f2a',
    directory: '/ess/data/Größe & Co',
    files: ['scan/1.nxs', 'scan/"2".nxs'],
  })
  t.match(pageText(page.body), /jwt/)
  for (const [where, text] of Object.entries({ page: page.body, notebook: body, log: app.log() }))
    t.notMatch(text, /hunter2|aHVudGVyMg/, where)
})

t.test('twelve files stay in order; without any there is no list', async (t) => {
  const app = await openApp(t, { templates })
  const paths = Array.from({ length: 12 }, (_, index) => `scan/${index}.nxs`)
  for (const files of [paths, []]) {
    const { visitor, address } = await postForm(app, 'all.ipynb', files)
    const { metadata } = JSON.parse((await visitor.confirm(address)).body)
    const { files: kept } = JSON.parse(metadata.notebook_templates.made_from.parameters)
    t.same(kept, files.length === 0 ? undefined : files)
  }
})

t.test('a template that declares files[0] gets it', async (t) => {
  const app = await openApp(t, { templates })
  const { visitor, address } = await postForm(app, 'literal.ipynb', ['a', 'b'])
  const { metadata } = JSON.parse((await visitor.confirm(address)).body)
  const sent = JSON.parse(metadata.notebook_templates.made_from.parameters)
  t.match([sent['files[0]'], sent['files[1]'], sent.files], ['a', 'b', undefined])
})

t.test('a list in two ways is a page that says so', async (t) => {
  const app = await openApp(t, { templates })
  const visitor = createVisitor(app)
  const headers = { 'content-type': 'application/x-www-form-urlencoded', origin: scicat }
  const ask = { method: 'POST', payload: 'files%5B0%5D=a&files%5B%5D=b', headers } as const
  const page = await visitor.ask('/t/all.ipynb', ask)
  t.match([page.status, page.code], [400, 20])
  t.match(pageText(page.body), 'The list “files” was sent in two ways')
  t.equal(app.kept(), 0)
})

t.test('the same by hand', async (t) => {
  const visitor = createVisitor(await openApp(t, { templates }))
  const { headers } = await visitor.ask('/t/all.ipynb?files%5B%5D=a&files%5B%5D=b')
  const { metadata } = JSON.parse((await visitor.confirm(String(headers.location))).body)
  t.equal(metadata.notebook_templates.made_from.parameters, '{"files":["a","b"]}')
})
