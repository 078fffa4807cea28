/** What commit a1efdcf has kept, after an upgrade: a notebook, or code 2 (tests/fixtures/state-a1efdcf/README.md). */
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { createSealer } from '../service/seal.ts'
import { loadSecret } from '../service/secret.ts'
import { openStore } from '../service/store/index.ts'
import { faultOf, setStage } from './journey/stage.ts'
import { browserLike } from './support/browser-like.ts'
import { inProject } from './support/paths.ts'
import { startService } from './support/service.ts'
import { until } from './support/until.ts'
import { createUser, hubUser, openApp } from './web/app.ts'

t.setTimeout(60_000)

const fixture = (...parts: string[]) => inProject('tests/fixtures/state-a1efdcf', ...parts)
const kept: { id: string; cookie: string; parameters: string; path: string } = JSON.parse(
  readFileSync(fixture('kept.json'), 'utf8'),
)
const claimed = 'A'.repeat(22)
const underWay = 'B'.repeat(22)

/** @param t not one that makes a folder of its own, which would take the place of this one */
function createState(t: Test): { dir: string; stateDir: string } {
  const root = t.testdir({ templates: {}, state: {} })
  cpSync(fixture('templates'), join(root, 'templates'), { recursive: true })
  cpSync(fixture('kept'), join(root, 'state'), { recursive: true })
  return { dir: join(root, 'templates'), stateDir: join(root, 'state') }
}

async function start(t: Test, { dir, stateDir }: { dir: string; stateDir: string }) {
  const service = await startService(t, {
    NOTEBOOK_TEMPLATES_DIR: dir,
    NOTEBOOK_TEMPLATES_STATE_DIR: stateDir,
    LANG: 'C.UTF-8',
  })
  const browser = browserLike()
  const url = `${service.url}confirm/${kept.id}`
  browser.cookies.set(new URL(url), `${kept.cookie}; Path=/`)
  return { service, browser, url }
}

t.test('by the whole service', async (t) => {
  for (const [label, change] of [
    ['a kept request becomes a notebook with its parameters', () => {}],
    [
      'also when its template has changed since: with the one that was clicked',
      (dir) =>
        writeFileSync(join(dir, kept.path), '{"cells":[],"metadata":{},"nbformat":4,"nbformat_minor":5}'),
    ],
    ['or has gone', (dir) => rmSync(join(dir, kept.path))],
  ] satisfies [string, (dir: string) => void][]) {
    await t.test(label, async (t) => {
      const state = createState(t)
      change(state.dir)
      const { browser, url } = await start(t, state)
      const page = await browser.get(url)
      t.equal(page.status, 200)
      const answer = await browser.submit(page, 'confirm')
      t.equal(answer.status, 200)
      const notebook = JSON.parse(answer.text())
      t.match(notebook.metadata.notebook_templates.made_from, {
        request: kept.id,
        parameters: kept.parameters,
        sender: 'https://sampledb.example',
      })
      const { source } = notebook.cells[2]
      t.match([source].flat().join(''), /name = "Größe 1"\nn = 1\.50\nbig = 12345678901234567890/)
    })
  }

  await t.test('without the copy of its template it has expired', async (t) => {
    const state = createState(t)
    rmSync(join(state.dir, kept.path))
    for (const name of readdirSync(join(state.stateDir, 'templates')))
      rmSync(join(state.stateDir, 'templates', name))
    const { browser, url } = await start(t, state)
    const page = await browser.get(url)
    t.equal(page.status, 410)
    t.match(page.text(), /Code\s*<code>2</)
  })
})

t.test('what a newer version has kept has expired, after a rollback, and the log says why', async (t) => {
  const state = createState(t)
  const sealer = createSealer(await loadSecret({ secret: undefined, stateDir: state.stateDir }))
  const store = await openStore(`lmdb:${join(state.stateDir, 'store')}`, { maxKeptBytes: 2 ** 30, sealer })
  const request = JSON.parse(String(await store.get(`request:${kept.id}`)))
  await store.put(`request:${kept.id}`, Buffer.from(JSON.stringify({ ...request, format: 99 })), 1000)
  await store.close()
  const { service, browser, url } = await start(t, state)
  const page = await browser.get(url)
  t.equal(page.status, 410)
  t.match(page.text(), /Code\s*<code>2</)
  const said = /"level":40.*"format":99.*kept by a newer version of this service/
  await until('the log to say why', async () => said.test(service.log()))
})

t.test('on a hub', async (outer) => {
  await outer.test(
    'the browser that clicked, or the user who had claimed it, sees it; nobody else',
    async (t) => {
      const { stateDir } = createState(outer)
      const opened = await openApp(t, {
        env: { STATE_DIR: stateDir, STORE: `lmdb:${join(stateDir, 'store')}` },
        whoAmI: async (token) => hubUser(token),
      })
      const see = async (name: string, id: string, cookie?: string) => {
        const user = await createUser(opened, name)
        if (cookie) user.cookies.set(...(cookie.split('=') as [string, string]))
        const { status, code } = await user.ask(`/confirm/${id}`)
        return code ?? status
      }
      t.equal(await see('ada', claimed), 200)
      t.equal(await see('eve', claimed), 2)
      t.equal(await see('ada', kept.id), 2, 'without the cookie')
      t.equal(await see('ada', kept.id, kept.cookie), 200, 'the cookie as it was sealed then')
    },
  )

  await outer.test('it is written, work that was under way as well', async (t) => {
    const stage = await setStage(t, createState(outer))
    const journey = stage.replica()
    const ada = stage.visitor('ada')
    t.equal(await journey.typicalStart_s(), 42)
    const { before } = await journey.show(claimed, ada)
    t.equal(before, undefined, 'that a notebook is the same was told by less then')
    const old = { path: 'a.ipynb', url: '/user/ada/notebooks/a.ipynb', time: /Z$/ }
    t.match(await journey.madeBy(hubUser('ada')), [old], 'but it is among those that were made')
    t.match(await journey.confirm(claimed, ada), { state: 'written', result: { path: 'Plot_Größe 1.ipynb' } })
    await journey.look(underWay, ada)
    await until('it to be written', async () => (await journey.look(underWay, ada)).state === 'written')
    t.same(stage.delivery.written, ['/Plot_Größe 1.ipynb', '/Plot_Größe 1 (2).ipynb'])
    t.equal(await faultOf(journey.look(underWay, stage.visitor('eve'))), '2 unknown')
    t.same([stage.failures, stage.unexpected, stage.warnings], [[], [], []])
  })
})
