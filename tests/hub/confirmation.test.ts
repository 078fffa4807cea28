/** What a person decides on the page that asks, with real servers behind it. */
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { formOf } from '../support/forms.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { inProject } from '../support/paths.ts'
import { serverOf, startServer, stopServer } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { notebookPath, person, requestId } from './person.ts'

t.setTimeout(400_000)
// Much of it is waiting for servers.
t.jobs = 2

/** Time enough to cancel a start. */
const config = `
class ByName(spawners.Slow):
    async def start(self):
        self.delay_s = 6 if self.user.name.startswith("slow") else 0
        return await super().start()

c.JupyterHub.spawner_class = ByName
`

/** The shipped ones, and one whose kernel no machine has. */
function templatesFolder(t: Test): string {
  const folder = t.testdir()
  cpSync(inProject('templates'), folder, { recursive: true })
  const kernelspec = { name: 'of-nobody', display_name: 'Nobody', language: 'nobody' }
  const notebook = { cells: [], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 5 }
  writeFileSync(join(folder, 'Nobody.ipynb'), JSON.stringify(notebook))
  return folder
}

for (const version of ['6.1.1', '5.5.1'] as const) {
  t.test(`JupyterHub ${version}`, { buffered: true }, async (t) => {
    const hub = await startHub(t, {
      version,
      config,
      service: { NOTEBOOK_TEMPLATES_DIR: templatesFolder(t) },
    })
    t.jobs = 2
    await Promise.all([
      t.test('another name and folder', { buffered: true }, (t) => elsewhere(t, hub)),
      t.test('a name that cannot be', { buffered: true }, (t) => refused(t, hub)),
      t.test('made before', { buffered: true }, (t) => before(t, hub)),
      t.test('a kernel that the server has not', { buffered: true }, (t) => withoutKernel(t, hub)),
      t.test('cancelled while the server starts', { buffered: true }, (t) => cancelled(t, hub)),
    ])
  })
}

async function elsewhere(t: Test, hub: RunningHub): Promise<void> {
  const ada = person(hub, 'ada')
  const page = await ada.click('Elsewhere')
  t.match(pageText(page.text()), 'Server Your server will be started')
  await startServer(hub, 'ada')
  t.match(pageText((await ada.visit(page.url)).text()), 'Server Your server is running')

  const place = { folder: 'my folder/sub', name: 'Größe 1' }
  t.equal(await ada.arrive(await ada.confirm(page, place)), 'my folder/sub/Größe 1.ipynb')
  t.same(ada.files('my folder/sub'), ['Größe 1.ipynb'], 'the notebook lies where its user said')
  t.same(ada.files(), [], 'and nowhere else')
  const { made_from } = ada.notebook('my folder/sub/Größe 1.ipynb').metadata.notebook_templates ?? {}
  t.equal(made_from?.request, requestId(page))

  const again = await ada.click('Another')
  const taken = await ada.confirm(again, { ...place, name: 'Größe 1.ipynb' })
  t.equal(await ada.arrive(taken), 'my folder/sub/Größe 1 (2).ipynb', 'nothing is written over')

  const other = await ada.confirm(again, { folder: 'elsewhere', name: 'other' })
  t.equal(
    notebookPath(other),
    'my folder/sub/Größe 1 (2).ipynb',
    'a second tab finds what the first has made',
  )

  const root = await ada.confirm(await ada.click('At the root'), { folder: '', name: 'root' })
  t.equal(await ada.arrive(root), 'root.ipynb')
}

async function withoutKernel(t: Test, hub: RunningHub): Promise<void> {
  const eve = person(hub, 'eve')
  const page = await eve.click('Nobody', 't/Nobody.ipynb')
  const text = async () => pageText((await eve.visit(page.url)).text())
  const notice = 'Your server has no kernel “of-nobody” (nobody). Jupyter will ask which kernel to use.'
  t.notMatch(await text(), 'has no kernel', 'of a server that was never started nothing is known')
  await startServer(hub, 'eve')
  const isTold = async () => (await text()).includes(notice)
  await until('the server to tell of its kernels', isTold, { within_s: 90, every_ms: 500 })
  const other = await eve.click('Python')
  t.notMatch(pageText(other.text()), 'has no kernel')
}

async function refused(t: Test, hub: RunningHub): Promise<void> {
  await startServer(hub, 'bob')
  const bob = person(hub, 'bob')
  const page = await bob.click('Refused')
  const table: [label: string, folder: string, name: string, ...fields: string[]][] = [
    ['no name', 'a', '', 'name'],
    ['a sign that file systems refuse', 'a', 'x:y', 'name'],
    ['a hidden file', 'a', '.x', 'name'],
    ['another folder by the name', 'a', '../x', 'name'],
    ['too long', 'a', 'x'.repeat(300), 'name'],
    ['a folder further up', '../a', 'x', 'folder'],
    ['a hidden folder', 'a/.b', 'x', 'folder'],
    ['markup', '<b>', 'x', 'folder'],
    ['both', '../a', 'x:y', 'folder', 'name'],
  ]
  for (const [label, folder, name, ...at] of table) {
    const again = await bob.confirm(page, { folder, name })
    t.equal(again.status, 400, label)
    t.match(pageText(again.text()), /Create this notebook\?.* Code 16\b/, `${label}: the page asks again`)
    const { fields } = formOf(again.text(), again.url, 'confirm')
    t.match(
      fields,
      { folder, name, proposed: 'some_instrument/Data_Analysis_Refused.ipynb' },
      `${label}: kept`,
    )
    const wrong = [...again.text().matchAll(/<input id="(\w+)"[^>]*aria-invalid="true"/g)].map(([, id]) => id)
    t.same(wrong, at, `${label}: said at its field`)
    t.equal(again.text().match(/ autofocus/g)?.length, 1, `${label}: the focus is at the first`)
  }
  t.same([bob.files(), bob.files('a')], [[], []], 'nothing was written')

  const corrected = await bob.confirm(await bob.confirm(page, { folder: 'a', name: 'x:y' }), { name: 'x-y' })
  t.equal(await bob.arrive(corrected), 'a/x-y.ipynb')

  const blocked = await bob.confirm(await bob.click('Blocked'), { folder: 'a/x-y.ipynb', name: 'x' })
  t.equal(blocked.status, 400, 'a file is where the folder should be')
  t.match(
    pageText(blocked.text()),
    /is a file, so the notebook cannot be saved in a folder of this name\. Code 16/,
  )
  const later = await bob.visit(blocked.url.replace('/confirm/', '/progress/'))
  t.match(later.url, /\/confirm\//, 'the page that asks for another place says why, also later')
  t.match(formOf(later.text(), later.url, 'confirm').fields, { folder: 'a/x-y.ipynb', name: 'x.ipynb' })
  t.equal(await bob.arrive(await bob.confirm(later, { folder: 'b' })), 'b/x.ipynb')
}

async function before(t: Test, hub: RunningHub): Promise<void> {
  const said = 'You have made a notebook from this template with the same values before'
  await startServer(hub, 'cleo')
  const cleo = person(hub, 'cleo')
  const first = await cleo.click('Before')
  t.notMatch(pageText(first.text()), said)
  t.equal(await cleo.arrive(await cleo.confirm(first)), 'some_instrument/Data_Analysis_Before.ipynb')
  await stopServer(hub, 'cleo')

  const second = await until('the history', async () => {
    const page = await cleo.click('Before')
    return page.text().includes(said) && page
  })
  const text = pageText(second.text())
  t.match(text, 'some_instrument/Data_Analysis_Before.ipynb')
  t.match(text, 'Your server is not running', 'it is told while the server is stopped')
  t.match(second.text(), /<button[^>]*>Create another<\/button>/)
  const [, href = ''] = /<a class="button primary" href="([^"]*)">Open it<\/a>/.exec(second.text()) ?? []
  const opened = await cleo.browser.get(new URL(href, hub.url).href)
  t.match(opened.url, /\/hub\/.*cleo/, 'the Hub has the server started')
  t.match(opened.text(), /spawn/)
  t.equal((await serverOf(hub, 'cleo'))?.ready ?? false, false, 'and nothing of ours starts it')

  t.notMatch(pageText((await cleo.click('Something else')).text()), said, 'other values')
  t.notMatch(pageText((await person(hub, 'dora').click('Before')).text()), said, 'another user')
  t.equal(await cleo.arrive(await cleo.confirm(second)), 'some_instrument/Data_Analysis_Before (2).ipynb')
}

async function cancelled(t: Test, hub: RunningHub): Promise<void> {
  const slow = person(hub, 'slow')
  const confirmation = await slow.click('Cancelled')
  const progress = await slow.confirm(confirmation)
  t.match(progress.url, /\/progress\//)
  const watching = slow.events(progress)
  const page = await slow.cancel(progress)
  t.match(page.url, /\/confirm\//)
  t.equal(requestId(page), requestId(confirmation))
  t.match(pageText(page.text()), 'You cancelled. Nothing was written.')
  t.ok(await watching.ended)
  t.match(watching.events.at(-1)?.data, { state: 'cancelled' }, 'other tabs are told')
  t.match((await slow.visit(progress.url)).url, /\/confirm\//, 'there is no progress any more')

  await until('the server to be ready', async () => (await serverOf(hub, 'slow'))?.ready)
  t.match(
    pageText((await slow.visit(confirmation.url)).text()),
    'Your server is running',
    'it went on starting',
  )
  t.same(slow.files(), [], 'but nothing was written')

  t.equal(await slow.arrive(await slow.confirm(page)), 'some_instrument/Data_Analysis_Cancelled.ipynb')
  t.same(slow.files(), ['Data_Analysis_Cancelled.ipynb'])
}
