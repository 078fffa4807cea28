/** A hub behind nginx, as JupyterHub's documentation shows it. */
import t from 'tap'
import { type RunningHub, startHub } from '../support/hub.ts'
import { startNginx } from '../support/nginx.ts'
import { pageText } from '../support/page-text.ts'
import { person } from './person.ts'

t.setTimeout(240_000)

t.test('a hub behind nginx', async (t) => {
  const hub = await startHub(t)
  const behind = (url: string): RunningHub => ({ ...hub, url, templatesUrl: `${url}services/templates/` })
  const front = behind(await startNginx(t, hub.url))

  await t.test('as documented: every cookie is for https alone, and the confirmation is ours', async (t) => {
    const ada = person(front, 'ada')
    const page = await ada.click('Through-nginx')
    t.match([page.status, pageText(page.text())], [200, /Through-nginx/])
    const ours = () => ada.browser.cookies.all().filter(({ name }) => name.startsWith('notebook-templates-'))
    t.ok(ours().some(({ name }) => name === 'notebook-templates-session'))
    for (const { name, attributes } of ours()) t.match(attributes, /(^|; )Secure/, name)
    const path = await ada.arrive(await ada.confirm(page))
    t.match(path, /Through-nginx\.ipynb$/)
  })

  await t.test('with another Host, too, where the browser says that the page is ours', async (t) => {
    const other = behind(await startNginx(t, hub.url, 'inside.example'))
    const bob = person(other, 'bob')
    const path = await bob.arrive(await bob.confirm(await bob.click('Other-host')))
    t.match(path, /Other-host\.ipynb$/)
  })

  await t.test('a browser that says nothing is refused, and page and log say what to set', async (t) => {
    const cleo = person(front, 'cleo')
    const page = await cleo.click('Old-browser')
    const silent = ['site', 'mode', 'dest', 'user'].map((name) => [`sec-fetch-${name}`, undefined])
    const refused = await cleo.browser.submit(page, 'confirm', {}, { headers: Object.fromEntries(silent) })
    const { origin } = new URL(front.url)
    t.equal(refused.status, 403)
    t.match(pageText(refused.text()), origin)
    t.match(pageText(refused.text()), /c\.JupyterHub\.public_url/)
    const line = hub
      .log()
      .split('\n')
      .find((text) => text.includes('"other-address"'))
    t.match(line, `"origin":"${origin}"`)
    t.match(line, '"known":"127.0.0.1"')
    t.match(line, '"setting":"JUPYTERHUB_PUBLIC_URL"')
    t.strictSame(cleo.files(), [])
  })
})
