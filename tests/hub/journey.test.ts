import t from 'tap'
import { browserLike, type Page } from '../support/browser-like.ts'
import { formOf } from '../support/forms.ts'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { runCell } from '../support/run-cell.ts'
import { notebookOf, serverOf, stopServer } from '../support/servers.ts'
import { until } from '../support/until.ts'

t.setTimeout(300_000)

const platform = 'http://localhost:8090/'
const template = 't/some_instrument/Data_Analysis_%7Bmeasurement_name%7D.ipynb'
const params =
  '{"measurement_name":"Experiment-12345","created":"2024-05-06 07:08:09","n":1.0,"big":12345678901234567890,"nan":NaN}'
const expected = {
  measurement_name: 'Experiment-12345',
  created: '2024-05-06 07:08:09',
  n: 'float:1.0',
  big: 'int:12345678901234567890',
  nan: 'float:nan',
}

for (const version of ['6.1.1', '5.5.1'] as const) {
  t.test(`JupyterHub ${version}: from the button to the open notebook`, async (t) => {
    const hub = await startHub(t, { version })
    const browser = browserLike()
    const click = (options = {}) =>
      browser.post(hub.templatesUrl + template, { params }, { from: platform, ...options })
    const pathOf = (page: Page) => decodeURIComponent(new URL(page.url).pathname)

    await t.test('the button answers 303 without a login', async (t) => {
      const { status, headers, setCookies } = await browserLike().post(
        hub.templatesUrl + template,
        { params },
        { from: platform, follow: () => false },
      )
      t.equal(status, 303)
      t.match(headers.location, /^\/services\/templates\/confirm\/[\w-]{22}$/)
      t.match(setCookies.join(), /HttpOnly/)
      t.match(setCookies.join(), /SameSite=Lax/)
      t.match(setCookies.join(), /Path=\/services\/templates\//)
    })

    await t.test('first click: logged out, server stopped', async (t) => {
      const login = await click()
      t.match(login.url, /\/hub\/login/, 'the browser is at the login of the Hub')
      const confirmation = await browser.login(login, 'ada')
      t.match(
        confirmation.url,
        /\/services\/templates\/confirm\//,
        'and comes back without being asked anything else',
      )
      t.equal(confirmation.status, 200)
      for (const shown of [
        'ada',
        'Experiment-12345',
        'some_instrument/Data_Analysis_Experiment-12345.ipynb',
        'localhost:8090',
      ]) {
        t.match(pageText(confirmation.text()), shown)
      }
      const started = Date.now()
      let page = await browser.submit(confirmation, 'confirm')
      t.ok(Date.now() - started < 6000, 'the click does not hang')
      t.match(page.url, /\/progress\//)
      t.match(page.text(), /http-equiv="refresh"/i, 'without JavaScript the page comes again')
      page = await until(
        'the notebook',
        async () => {
          const next = await browser.get(page.url)
          return next.url.includes('/user/') ? next : undefined
        },
        { within_s: 60, every_ms: 500 },
      )
      t.equal(pathOf(page), '/user/ada/notebooks/some_instrument/Data_Analysis_Experiment-12345.ipynb')
      t.equal(page.status, 200)
    })

    await t.test('its second cell holds the parameters, with their types', async (t) => {
      const notebook = await notebookOf(hub, 'ada', 'some_instrument/Data_Analysis_Experiment-12345.ipynb')
      const at = notebook.cells.findIndex((cell) => cell.metadata.tags?.includes('injected-parameters'))
      t.ok(notebook.cells[at - 1]?.metadata.tags?.includes('parameters'), 'behind the cell of the defaults')
      t.same(await runCell(notebook.cells[at]?.source ?? ''), expected)
      const made = (notebook.metadata.notebook_templates as { made_from: Record<string, string> }).made_from
      t.match(made, {
        template: 'some_instrument/Data_Analysis_{measurement_name}.ipynb',
        sender: 'http://localhost:8090',
        parameters: params,
      })
    })

    await t.test('second click: logged in, server running: straight to a second notebook', async (t) => {
      const confirmation = await click()
      t.match(confirmation.url, /\/confirm\//)
      t.notOk(
        confirmation.steps.some(({ url }) => url.includes('/hub/login')),
        'nobody is asked for a password',
      )
      const page = await browser.submit(confirmation, 'confirm')
      t.equal(pathOf(page), '/user/ada/notebooks/some_instrument/Data_Analysis_Experiment-12345 (2).ipynb')
      t.equal(page.steps.length, 2, 'one redirect')
      const again = await browser.submit(confirmation, 'confirm')
      t.equal(pathOf(again), pathOf(page), 'the same confirmation once more opens the same notebook')
      const written = await browser.get(confirmation.url)
      t.match(written.text(), 'Data_Analysis_Experiment-12345%20(2).ipynb', 'and its page offers to open it')
    })

    await t.test('sent four times at once, one confirmation makes one notebook', async (t) => {
      const confirmation = await click()
      const form = formOf(confirmation.text(), confirmation.url, 'confirm')
      const pages = await Promise.all(
        [1, 2, 3, 4].map(() =>
          browser.post(form.url, form.fields, { from: confirmation.url, follow: () => false }),
        ),
      )
      for (const page of pages) t.equal(page.status, 303)
      const locations = new Set(pages.map((page) => page.headers.location))
      t.equal(locations.size, 1, 'four times the same redirect')
      t.match([...locations][0], /Experiment-12345%20\(3\)\.ipynb$/)
      await t.rejects(notebookOf(hub, 'ada', 'some_instrument/Data_Analysis_Experiment-12345 (4).ipynb'))
    })

    await t.test('the catalogue without its slash is one redirect away, not a login', async (t) => {
      const page = await browser.get(hub.templatesUrl.slice(0, -1))
      t.equal(page.url, hub.templatesUrl)
      t.equal(page.steps.length, 2)
      t.match(pageText(page.text()), 'Data analysis')
    })

    await t.test('a server that was stopped is started again', async (t) => {
      await stopServer(hub, 'ada')
      const progress = await browser.submit(await click(), 'confirm')
      t.match(progress.url, /\/progress\//)
      const page = await until(
        'the notebook',
        async () => {
          const next = await browser.get(progress.url)
          return next.url.includes('/user/') ? next : undefined
        },
        { within_s: 60, every_ms: 500 },
      )
      t.match(pathOf(page), /Experiment-12345 \(4\)\.ipynb$/)
      t.ok((await serverOf(hub, 'ada'))?.ready)
    })

    await t.test('a user whose name holds @ and dots', async (t) => {
      const other = browserLike()
      const login = await other.post(hub.templatesUrl + template, { params }, { from: platform })
      const progress = await other.submit(await other.login(login, 'x.y@lab.example'), 'confirm')
      const page = await until(
        'the notebook',
        async () => {
          const next = await other.get(progress.url)
          return next.url.includes('/user/') ? next : undefined
        },
        { within_s: 60, every_ms: 500 },
      )
      t.match(
        page.url,
        '/user/x.y@lab.example/notebooks/some_instrument/Data_Analysis_Experiment-12345.ipynb',
      )
      t.equal(page.status, 200)
    })
  })
}
