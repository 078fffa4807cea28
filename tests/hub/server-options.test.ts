/**
 * Each state that a user's server can be in, on hubs with and without a form of options, from the click to the file:
 * {logged in, logged out} × {stopped, running, running with other options, stopping, no further named server} × {no form,
 * optional, required} × {started by the API, on the Hub's page}. With `EVERY_SERVER=5.5.1`, say, as
 * `.ci/nightly` sets it, all of them on that version, else those that differ.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import type { Page } from '../support/browser-like.ts'
import { formOf } from '../support/forms.ts'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { serverOf, startServer, stopServer } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { notebookPath, type Person, person } from './person.ts'

t.setTimeout(900_000)

const wholeVersion = process.env.EVERY_SERVER as '6.1.1' | '5.5.1' | undefined
const isWhole = wholeVersion !== undefined

const forms = ['none', 'optional', 'required'] as const
const states = ['stopped', 'running', 'other', 'stopping', 'limit'] as const
const starts = ['api', 'form'] as const
type State = (typeof states)[number]
type Start = (typeof starts)[number]

interface Case {
  readonly form: (typeof forms)[number]
  readonly state: State
  readonly start: Start
  readonly isLoggedIn: boolean
}

/** What is different enough to be asked each time: the rest differs in one of them alone. */
const some: readonly Case[] = [
  { form: 'required', state: 'stopped', start: 'form', isLoggedIn: false },
  { form: 'none', state: 'stopped', start: 'form', isLoggedIn: true },
  { form: 'optional', state: 'running', start: 'form', isLoggedIn: true },
  { form: 'required', state: 'other', start: 'form', isLoggedIn: true },
  { form: 'required', state: 'stopping', start: 'form', isLoggedIn: true },
  { form: 'required', state: 'stopped', start: 'api', isLoggedIn: false },
  { form: 'optional', state: 'other', start: 'api', isLoggedIn: true },
  { form: 'none', state: 'limit', start: 'api', isLoggedIn: true },
]
const all = starts.flatMap((start) =>
  forms.flatMap((form) =>
    states.flatMap((state) => [true, false].map((isLoggedIn) => ({ form, state, start, isLoggedIn }))),
  ),
)

const config = `
c.JupyterHub.spawner_class = spawners.WithOptions
c.JupyterHub.allow_named_servers = True
c.JupyterHub.named_server_limit_per_user = 1
`

/** One without a wish, one that wants a profile, one that wants a named server. */
function templatesFolder(t: Test): string {
  const folder = t.testdir()
  const write = (name: string, server: unknown) => {
    mkdirSync(join(folder, 'a'), { recursive: true })
    const metadata = {
      kernelspec: { name: 'python3', display_name: 'Python 3' },
      notebook_templates: { server },
    }
    const notebook = { cells: [], metadata, nbformat: 4, nbformat_minor: 5 }
    writeFileSync(join(folder, 'a', `${name}_{measurement_name}.ipynb`), JSON.stringify(notebook))
  }
  write('Any', undefined)
  write('Gpu', { options: { profile: 'gpu' } })
  write('Named', 'one-more')
  return folder
}
const templateOf = (name: string) => `t/a/${name}_%7Bmeasurement_name%7D.ipynb`

for (const start of starts) {
  const version = wholeVersion ?? (start === 'api' ? '6.1.1' : '5.5.1')
  t.test(`JupyterHub ${version}, started by ${start}`, async (t) => {
    const hub = await startHub(t, {
      version,
      config,
      service: { NOTEBOOK_TEMPLATES_DIR: templatesFolder(t), NOTEBOOK_TEMPLATES_START: start },
    })
    t.jobs = 3
    const cases = (isWhole ? all : some).filter((one) => one.start === start)
    await Promise.all([
      ...cases.map((one) => {
        const { form, state, isLoggedIn } = one
        const label = `${form === 'none' ? 'no' : form} form, ${state}, logged ${isLoggedIn ? 'in' : 'out'}`
        return t.test(label, { buffered: true }, (t) => journeyOf(t, hub, one))
      }),
      ...(start === 'form'
        ? [t.test('nobody is sent to a notebook', { buffered: true }, (t) => sent(t, hub))]
        : []),
    ])
  })
}

t.test('where the service has a host of its own, the Hub leads back by its login', async (t) => {
  const hub = await startHub(t, {
    config: `${config}
c.JupyterHub.subdomain_host = c.JupyterHub.bind_url.rstrip("/").replace("127.0.0.1", "hub.localhost")
# startHub waits for the service at the old place.
c.Proxy.extra_routes = {"127.0.0.1/services/templates/": c.JupyterHub.services[0]["url"]}
`,
    service: { NOTEBOOK_TEMPLATES_DIR: templatesFolder(t), NOTEBOOK_TEMPLATES_START: 'form' },
  })
  const host = `templates--service.hub.localhost:${hub.port}`
  const there = { ...hub, templatesUrl: hub.templatesUrl.replace(`127.0.0.1:${hub.port}`, host) }
  const one = person(there, 'required-host', { route: (url) => Number(url.port) })
  const confirmed = await one.confirm(await one.click('x', templateOf('Any')))
  const form = await atForm(one, confirmed)
  t.equal(new URL(form.url).hostname, 'hub.localhost')
  const back = await choose(one, form)
  t.ok(back.steps.some(({ url }) => new URL(url).host === host))
  t.equal(await one.arrive(back), 'a/Any_x.ipynb', 'no second confirmation')
})

/** From the click to the file. */
async function journeyOf(t: Test, hub: RunningHub, { form, state, start, isLoggedIn }: Case): Promise<void> {
  const name = `${form}-${state}${isLoggedIn ? '-in' : ''}`
  const one = person(hub, name)
  await setServer(hub, name, state)
  // Whoever has come before is logged in.
  if (isLoggedIn) await one.click('before', templateOf('Any'))
  const template = state === 'other' ? 'Gpu' : state === 'limit' ? 'Named' : 'Any'
  const click = await one.click('x', templateOf(template))
  t.match(pageText(click.text()), 'Create this notebook?')

  if (state === 'other') return otherOptions(t, hub, one, click)
  if (state === 'limit') return noFurther(t, hub, one, click, start)

  const file = `a/${template}_x.ipynb`
  const isAsked = start === 'form' && state !== 'running'
  t.equal(click.text().includes('the Hub asks for its options'), start === 'form' && state === 'stopped')
  const confirmed = await one.confirm(click)
  if (isAsked && form !== 'none') {
    t.equal(await one.arrive(await choose(one, await atForm(one, confirmed))), file, 'no second confirmation')
    t.match(await serverOf(hub, name), { user_options: { profile: 'gpu' } }, 'with what was chosen')
  } else if (start === 'api' && form === 'required' && state === 'stopped') {
    const problem = await failed(one, confirmed)
    t.match(pageText(problem.text()), 'Please choose a profile')
    const link = /<a class="button" href="([^"]*\/hub\/spawn\/[^"]*)">/.exec(problem.text())?.[1] ?? ''
    const page = await one.visit(new URL(link.replaceAll('&amp;', '&'), hub.url).href)
    t.equal(await one.arrive(await choose(one, page)), file, 'made when its user comes back from the Hub')
  } else t.equal(await one.arrive(await leaveHub(one, confirmed)), file)
  t.same(one.files('a'), [`${template}_x.ipynb`])
}

/** The server as the case wants it. */
async function setServer(hub: RunningHub, name: string, state: State): Promise<void> {
  if (state === 'stopped') return
  const path = `users/${name}`
  await hub.api(path, { method: 'POST' })
  const server = state === 'limit' ? 'taken' : ''
  await hub.api(`${path}/${server === '' ? 'server' : `servers/${server}`}`, {
    method: 'POST',
    body: JSON.stringify({ profile: 'small' }),
  })
  const isReady = async () => (await serverOf(hub, name, server))?.ready
  await until('the server', isReady, { within_s: 60, every_ms: 250 })
  // As many as are allowed, by one that is not running any more.
  if (state === 'limit') return stopServer(hub, name, server)
  if (state !== 'stopping') return
  void hub.api(`${path}/server`, { method: 'DELETE' })
  await until('the stop to be under way', async () => (await serverOf(hub, name))?.pending === 'stop')
}

/** A server that runs with other options is used as it is, or one more is started, as its user says. */
async function otherOptions(t: Test, hub: RunningHub, one: Person, click: Page): Promise<void> {
  const text = pageText(click.text())
  t.match(text, 'Your server runs with other options than this template asks for')
  t.match(text, 'The template asks for profile: gpu.')
  t.match(text, 'It runs with profile: small.')
  t.match(click.text(), /href="[^"]*\/hub\/home"/, 'the way to stop it')
  t.notMatch(click.text(), / checked/, 'nothing is chosen for them')
  const unsaid = await one.confirm(click)
  t.match(unsaid.url, /\/confirm\//, 'nor by leaving it out')
  t.same(one.files('a'), [])

  const further = /value="(wanted:templates-[0-9a-f]{8})"/.exec(click.text())?.[1] ?? ''
  t.equal(await one.arrive(await one.confirm(unsaid, { server: further })), 'a/Gpu_x.ipynb')
  const server = further.slice('wanted:'.length)
  t.match(await serverOf(hub, one.name, server), { ready: true, user_options: { profile: 'gpu' } })
  t.match(
    await serverOf(hub, one.name),
    { ready: true, user_options: { profile: 'small' } },
    'the other goes on',
  )

  const next = await one.click('y', templateOf('Gpu'))
  t.equal(
    /value="([^"]*)" checked/.exec(next.text())?.[1],
    `wanted:${server}`,
    'the next notebook finds the one that has them',
  )
  t.equal(await one.arrive(await one.confirm(next, { server: 'as-it-is:' })), 'a/Gpu_y.ipynb', 'as it is')
  t.match((await one.visit(next.url)).text(), new RegExp(`/user/${one.name}/notebooks/a/Gpu_y`))
}

/** No further named server: the default one, by one click. */
async function noFurther(t: Test, hub: RunningHub, one: Person, click: Page, start: Start): Promise<void> {
  t.ok(click.text().includes('value="as-it-is:"'), 'the default server is offered before the click')
  if (start === 'form') {
    // The Hub's page says that there are too many; going back, one chooses another.
    const refused = await one.confirm(click)
    t.match(pageText(refused.text()), /maximum of 1 named servers/)
    const again = await one.visit(click.url)
    const confirmed = await one.confirm(again, { server: 'as-it-is:' })
    const page = one.name.startsWith('none') ? confirmed : await choose(one, await atForm(one, confirmed))
    t.equal(await one.arrive(await leaveHub(one, page)), 'a/Named_x.ipynb')
  } else {
    const problem = await failed(one, await one.confirm(click))
    t.match(pageText(problem.text()), 'you have as many as the Hub allows (1)')
    t.notMatch(problem.text(), /\/hub\/spawn\//, 'no link that would end the same')
    const { url, fields } = otherForm(problem)
    const clicked = await one.browser.post(url, fields, {
      from: problem.url,
      follow: (to) => !to.pathname.includes('/user/'),
    })
    if (one.name.startsWith('required')) {
      const page = await failed(one, clicked)
      const link = /<a class="button" href="([^"]*\/hub\/spawn\/[^"]*)">/.exec(page.text())?.[1] ?? ''
      const form = await one.visit(new URL(link.replaceAll('&amp;', '&'), hub.url).href)
      t.equal(await one.arrive(await choose(one, form)), 'a/Named_x.ipynb')
    } else t.equal(await one.arrive(clicked), 'a/Named_x.ipynb')
  }
  t.ok((await serverOf(hub, one.name))?.ready)
  t.same(one.files('a'), ['Named_x.ipynb'])
}

/** A page that sends its user to a request makes nothing: only who confirmed it and comes from the Hub finds it made. */
async function sent(t: Test, hub: RunningHub): Promise<void> {
  const one = person(hub, 'optional-sent')
  const unconfirmed = await one.click('unconfirmed', templateOf('Any'))
  const confirmed = await one.click('confirmed', templateOf('Any'))
  const form = await atForm(one, await one.confirm(confirmed))
  const evil = `${hub.url.replace('127.0.0.1', 'localhost')}user/eve/evil.html`
  const neighbour = `${hub.url}user/eve/evil.html`
  await startServer(hub, one.name)
  for (const from of [evil, neighbour]) {
    const page = await one.browser.get(unconfirmed.url, { from, byScript: true })
    t.match(pageText(page.text()), 'Create this notebook?', `${from}: never confirmed`)
  }
  const page = await one.browser.get(confirmed.url, { from: evil, byScript: true })
  t.match(pageText(page.text()), 'Create this notebook?', 'confirmed, but another site sends them')
  const back = await one.visit(form.url)
  t.match(pageText(back.text()), 'Create this notebook?', 'then it is asked again at the return, too')
  t.same(one.files('a'), [])
  t.equal(await one.arrive(await one.confirm(back)), 'a/Any_confirmed.ipynb')

  const second = await one.click('second', templateOf('Any'))
  await stopServer(hub, one.name)
  await atForm(one, await one.confirm(second))
  const elsewhere = person(hub, one.name)
  const theirs = await elsewhere.browser.login(await elsewhere.visit(second.url), one.name, {
    follow: (to) => !to.pathname.includes('/user/'),
  })
  await startServer(hub, one.name)
  t.match(theirs.url, /\/confirm\//)
  t.match(pageText((await elsewhere.visit(second.url)).text()), 'Create this notebook?', 'in another session')
  t.same(one.files('a'), ['Any_confirmed.ipynb'])
}

/** The form of the Hub, when it has come to it. */
async function atForm(one: Person, page: Page): Promise<Page> {
  let at = page
  return until(
    'the form of the Hub',
    async () => {
      if (at.text().includes('name="profile"')) return at
      if (at.status >= 400) throw new Error(`${at.status} from ${at.url}`)
      at = await one.visit(at.url)
      return at.text().includes('name="profile"') && at
    },
    { within_s: 60, every_ms: 300 },
  )
}

/** Chooses a profile there, and waits on the Hub's page as its script does, until that leads away. */
async function choose(one: Person, page: Page): Promise<Page> {
  const { url, fields } = formOf(page.text(), page.url, '/hub/spawn/')
  const sent = await one.browser.post(
    url,
    { ...fields, profile: 'gpu' },
    { from: page.url, follow: (to) => !to.pathname.includes('/user/') },
  )
  return leaveHub(one, sent)
}

/** Waits on a page of the Hub that a server starts on; any other page is left as it is. */
async function leaveHub(one: Person, page: Page): Promise<Page> {
  let at = page
  return until(
    'the Hub to lead back',
    async () => {
      if (!new URL(at.url).pathname.includes('/hub/')) return at
      if (at.status >= 400) throw new Error(`${at.status} from ${at.url}: ${pageText(at.text())}`)
      at = await one.visit(at.url)
      return !new URL(at.url).pathname.includes('/hub/') && at
    },
    { within_s: 60, every_ms: 300 },
  )
}

/** The page of what went wrong. */
async function failed(one: Person, page: Page): Promise<Page> {
  let at = page
  return until('the failure', async () => {
    if (at.status >= 400) return at
    if (notebookPath(at) !== undefined) throw new Error('it did not fail')
    at = await one.visit(at.url)
    return at.status >= 400 && at
  })
}

/** The form of *Use your default server*. */
function otherForm(page: Page): { url: string; fields: Record<string, string> } {
  for (const [whole] of page.text().matchAll(/<form\b[^>]*>.*?<\/form>/gis))
    if (whole.includes('name="server"')) return formOf(whole, page.url, '/confirm/')
  throw new Error(`no form with a server on ${page.url}`)
}
