/**
 * What 27 buttons of a real SampleDB sent, replayed byte for byte against a real hub. The oracle for the values is
 * Python's own `json`.
 */
import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import t, { type Test } from 'tap'
import { type BrowserLike, browserLike } from '../support/browser-like.ts'
import { send } from '../support/http.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { inProject } from '../support/paths.ts'
import { runCell, showInPython } from '../support/run-cell.ts'
import { type Notebook, notebookOf, startServer } from '../support/servers.ts'

t.setTimeout(300_000)

interface Post {
  readonly object: 'ordinary' | 'web_form' | 'translated'
  readonly title: string
  readonly template_url: string
  readonly url: string
  readonly headers: Record<string, string>
  readonly body: string
  readonly params_text: string
}

type Values = readonly (readonly [name: string, value: unknown])[]

const recorded = JSON.parse(readFileSync(inProject('tests/fixtures/sampledb_posts.json'), 'utf8')) as {
  requests: Post[]
}
const languages = { en: 'en-US,en;q=0.9', de: 'de-DE,de;q=0.9,en;q=0.5' }

/** Variables for names that cannot be one as they are; every other name is a variable itself. */
const variables: ReadonlyMap<string, string> = new Map([
  // An underscore alone is IPython's last result.
  ['', 'p_'],
  ['2nd', '_2nd'],
  ['class', 'class_'],
  ['my-param', 'my_param'],
  ['with space', 'with_space'],
  ['x = 1; import os #\'"\\\n', 'x___1__import_os______'],
])

const sources = ['# Analysis', 'measurement_name: str = "unknown"', '1 + 1']

/** `{absent}` and the like, by template and object; a translated text in the user's language. */
function filled(post: Post, language: 'en' | 'de'): string {
  const translated = { en: 'Translated name', de: 'Übersetzter Name' }[language]
  const of = (ordinary: string, web_form: string, translated: string) =>
    ({ ordinary, web_form, translated })[post.object]
  return post.template_url
    .replace('{measurement_name}', of('Experiment-12345', 'Experiment-12345', translated))
    .replace('{object_id}', of('2', '7', '5'))
    .replace('{absent}', 'unset')
    .replace('{my-param}', of('A plain remark', 'A plain remark', 'null'))
}

t.test('every post of a real SampleDB ends in the right notebook', async (t) => {
  t.equal(recorded.requests.length, 27)
  const templates = t.testdir()
  for (const { template_url } of recorded.requests) writeTemplate(templates, template_url)
  const hub = await startHub(t, { env: { HUB_TEMPLATES: templates } })
  await startServer(hub, 'ada')
  const browsers = { en: await loggedIn(hub, 'en'), de: await loggedIn(hub, 'de') }
  const oracle = await pythonReads(recorded.requests)
  const made = new Map<string, number>()

  for (const [index, post] of recorded.requests.entries()) {
    const wanted = post.object === 'ordinary' ? (['en'] as const) : (['en', 'de'] as const)
    for (const language of wanted) {
      await t.test(`${post.title}, ${post.object} object, ${language} browser`, async (t) => {
        const path = freeName(filled(post, language), made)
        const page = await replay(t, hub, browsers[language], post, language)
        t.match(pageText(page.text()), filled(post, language), 'the page names the file')
        const created = await browsers[language].submit(page, 'confirm')
        t.equal(decodeURIComponent(new URL(created.url).pathname), `/user/ada/notebooks/${path}`)
        t.equal(created.status, 200)

        const notebook = await notebookOf(hub, 'ada', path)
        t.match(madeFrom(notebook), { template: post.template_url, parameters: post.params_text })
        t.equal(madeFrom(notebook).sender, post.headers.origin)
        await checkCell(t, notebook, inLanguage(oracle[index]!, post, language))
      })
    }
  }
})

/** As it was recorded; only the host is another. */
async function replay(t: Test, hub: RunningHub, browser: BrowserLike, post: Post, language: 'en' | 'de') {
  const url = new URL(post.url, hub.url)
  const headers = { ...post.headers, host: url.host, 'accept-language': languages[language] }
  const answer = await send(url, { method: 'POST', headers, body: post.body })
  t.equal(answer.status, 303)
  browser.cookies.keep(url, answer.setCookies)
  const page = await browser.get(new URL(answer.headers.location ?? '', url).href, {
    from: post.headers.referer!,
  })
  t.equal(page.status, 200)
  return page
}

async function loggedIn(hub: RunningHub, language: 'en' | 'de'): Promise<BrowserLike> {
  const browser = browserLike({ languages: languages[language] })
  await browser.login(await browser.get(hub.templatesUrl), 'ada')
  return browser
}

/** `measurement_name` is declared as text in one template: there it comes in the user's language, elsewhere as sent. */
function inLanguage(values: Values, post: Post, language: 'en' | 'de'): Values {
  if (post.title !== 'Data Analysis') return values
  return values.map(([name, value]) => {
    if (name !== 'measurement_name' || typeof value === 'string') return [name, value]
    const texts = value as Record<string, string>
    return [name, texts[language] ?? texts.en]
  })
}

async function checkCell(t: Test, notebook: Notebook, expected: Values) {
  const injected = notebook.cells.filter(({ metadata }) => metadata.tags?.includes('injected-parameters'))
  t.equal(injected.length, expected.length === 0 ? 0 : 1)
  const others = notebook.cells.filter((cell) => !injected.includes(cell)).map(({ source }) => source)
  t.same(others, sources, 'the cells of the template are as they were')
  const source = injected[0]?.source ?? ''
  const set = Object.entries((await runCell(source)) as object)
  t.same(
    set,
    expected.map(([name, value]) => [variables.get(name) ?? name, value]),
    'names, values, types and order',
  )
  for (const [name] of expected) {
    const variable = variables.get(name)
    if (variable === undefined) continue
    const line = source.split('\n').find((line) => line.startsWith(`${variable} = `))
    t.ok(line?.endsWith(`  # ${JSON.stringify(name)}`), `the comment keeps the name ${JSON.stringify(name)}`)
  }
}

const madeFrom = (notebook: Notebook) =>
  (notebook.metadata.notebook_templates as { made_from: Record<string, string> }).made_from

/** A taken name gets ` (2)`, ` (3)`, … */
function freeName(path: string, made: Map<string, number>): string {
  const copies = (made.get(path) ?? 0) + 1
  made.set(path, copies)
  return copies === 1 ? path : path.replace(/\.ipynb$/, ` (${copies}).ipynb`)
}

function writeTemplate(folder: string, path: string): void {
  const isDeclaring = path.endsWith('/data_analysis.ipynb')
  const cells = sources.map((source, at) => ({
    cell_type: at === 0 ? 'markdown' : 'code',
    id: `cell-${at}`,
    metadata: at === 1 && isDeclaring ? { tags: ['parameters'] } : {},
    source,
    ...(at === 0 ? {} : { execution_count: null, outputs: [] }),
  }))
  const metadata = { kernelspec: { display_name: 'Python 3', language: 'python', name: 'python3' } }
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), JSON.stringify({ cells, metadata, nbformat: 4, nbformat_minor: 5 }))
}

/** The values of each body as Python reads them, in the notation of `runCell`; it also checks what was recorded. */
async function pythonReads(posts: readonly Post[]): Promise<readonly Values[]> {
  const child = promisify(execFile)('python3', ['-c', program], { maxBuffer: 2 ** 24 })
  child.child.stdin?.end(JSON.stringify(posts))
  return JSON.parse((await child).stdout)
}

const program = `
import json, sys
from urllib.parse import parse_qs
${showInPython}result = []
for post in json.load(sys.stdin):
    [text] = parse_qs(post["body"])["params"]
    assert text == post["params_text"]
    result.append([[name, show(value)] for name, value in json.loads(text).items()])
print(json.dumps(result))
`
