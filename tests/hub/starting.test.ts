import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { performance } from 'node:perf_hooks'
import t, { type Test } from 'tap'
import { type RunningHub, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { inProject } from '../support/paths.ts'
import { serverOf, startServer } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { person } from './person.ts'

t.setTimeout(240_000)

/** How a server starts and stops is in its user's name, so that one hub does for all. */
const config = `
c.JupyterHub.allow_named_servers = True

class ByName(spawners.Slow):
    failed = set()

    async def start(self):
        name = self.user.name
        self.delay_s = {"slow": 15, "leaves": 4}.get(name, 0)
        self.stop_delay_s = 4 if name == "stops" else 0
        if name == "fails-late":
            await __import__("asyncio").sleep(3)
        if name.startswith("fails") and name not in self.failed:
            self.failed.add(name)
            error = RuntimeError("There is <b>no room</b> on the cluster today")
            error.jupyterhub_message = "There is <b>no room</b> on the cluster today"
            error.jupyterhub_html_message = "<script>document.title = 'inside'</script>from the inside"
            raise error
        return await super().start()

c.JupyterHub.spawner_class = ByName
`
const words = 'There is <b>no room</b> on the cluster today'
const shippedTemplate = 'some_instrument/Data_Analysis_{measurement_name}.ipynb'

t.test("a user's server on its way to the notebook", async (t) => {
  const templates = templatesWithServer(t)
  const hub = await startHub(t, { config, env: { HUB_TEMPLATES: templates } })
  // Much of it is waiting.
  t.jobs = 3
  const together = { buffered: true }
  const all = [
    t.test('a start that takes 15 s', together, (t) => takesLong(t, hub)),
    ...['fails-at-once', 'fails-late'].map((name) =>
      t.test(`a start that ${name.replaceAll('-', ' ')}`, together, (t) => fails(t, hub, name)),
    ),
    t.test('a tab that was closed after the click', together, (t) => leaves(t, hub)),
    t.test('a stop under way is waited for', together, (t) => stops(t, hub)),
    t.test('a template that names a server', together, (t) => named(t, hub)),
  ]
  await Promise.all(all)
})

/** A shipped one, and the same for the server `gpu`. */
function templatesWithServer(t: Test): string {
  const folder = mkdtempSync(join(tmpdir(), 'notebook-templates-starting-'))
  t.teardown(() => rmSync(folder, { recursive: true, force: true }))
  const template = JSON.parse(readFileSync(inProject('templates', shippedTemplate), 'utf8'))
  const write = (path: string) => {
    mkdirSync(dirname(join(folder, path)))
    writeFileSync(join(folder, path), JSON.stringify(template))
  }
  write(shippedTemplate)
  template.metadata.notebook_templates.server = 'gpu'
  write('gpu/Fit_{measurement_name}.ipynb')
  return folder
}

async function fails(t: Test, hub: RunningHub, name: string): Promise<void> {
  const one = person(hub, name)
  const clicked = await one.confirm(await one.click('Failed'))
  const problem = await until('the failure', async () => {
    const page = clicked.status >= 400 ? clicked : await one.visit(clicked.url)
    return page.status >= 400 ? page : undefined
  })
  t.equal(problem.status, 502)
  const text = pageText(problem.text())
  t.match(text, words, 'the words of the Hub, as text')
  t.match(problem.text(), 'There is &lt;b&gt;no room&lt;/b&gt;')
  t.notMatch(problem.text(), /inside/, 'and never its HTML')
  t.match(text, /Code 23\b/)
  t.same(one.files(), [])

  const same = await one.visit(problem.url.replace('/confirm/', '/progress/'))
  t.equal(same.status, 502, 'it is told again to whoever comes back')
  t.match(pageText(same.text()), words)

  const again = await one.confirm(problem)
  t.equal(await one.arrive(again), 'some_instrument/Data_Analysis_Failed.ipynb', 'Try again does')
  t.same(one.files(), ['Data_Analysis_Failed.ipynb'])
}

async function takesLong(t: Test, hub: RunningHub): Promise<void> {
  const slow = person(hub, 'slow')
  const confirmation = await slow.click('Slow')
  const from = performance.now()
  const progress = await slow.confirm(confirmation)
  const click_s = (performance.now() - from) / 1000
  t.comment(`the click was answered after ${click_s.toFixed(1)} s`)
  t.ok(click_s < 6, 'the click does not hang')
  const [answer] = progress.steps
  t.equal(answer?.answer.status, 303)
  t.match(answer?.answer.headers.location, /\/services\/templates\/progress\/[\w-]{22}$/)
  t.equal(progress.status, 200)
  t.match(progress.text(), /http-equiv="refresh"/i, 'without JavaScript the page comes again')

  const { origin, pathname } = new URL(progress.url)
  const theirs = await slow.browser.fetch(`${origin}${pathname}/events`, {
    from: `${hub.url}user/eve/x.html`,
  })
  t.equal(theirs.status, 403, 'another user’s page that knows only the address is told nothing')
  const stream = slow.events(progress)
  t.equal(await stream.status, 200)
  t.ok(await stream.ended, 'the stream ends by itself')
  const { events } = stream
  const percents = events.map(({ data }) => Number(data.percent))
  t.same(
    percents,
    percents.toSorted((a, b) => a - b),
    'the bar never goes back',
  )
  t.ok(new Set(percents).size >= 10, 'and moves')
  const messages = events.map(({ data }) => data.message)
  for (const step of [3, 9, 15]) t.ok(messages.includes(`Step ${step} of 15 <i>for you</i>`))
  const seen = (step: number) => events[messages.indexOf(`Step ${step} of 15 <i>for you</i>`)]?.at_ms ?? 0
  t.ok(seen(15) - seen(3) > 8000, 'what the Hub says is passed on as it comes')
  t.match(events.at(-1)?.data, { state: 'written', percent: 100 })
  t.match(
    events.at(-1)?.data.location,
    /\/user\/slow\/notebooks\/some_instrument\/Data_Analysis_Slow\.ipynb$/,
  )
  t.same(slow.files(), ['Data_Analysis_Slow.ipynb'])
  t.equal(await slow.arrive(await slow.visit(progress.url)), 'some_instrument/Data_Analysis_Slow.ipynb')
}

async function leaves(t: Test, hub: RunningHub): Promise<void> {
  const one = person(hub, 'leaves')
  const confirmation = await one.click('Left')
  const clicked = await one.confirm(confirmation)
  t.match(clicked.url, /\/progress\//)
  await until('the notebook, though nobody asks', () => one.files().length > 0, { within_s: 60 })
  t.same(one.files(), ['Data_Analysis_Left.ipynb'])
  t.equal(await one.arrive(await one.visit(clicked.url)), 'some_instrument/Data_Analysis_Left.ipynb')
  t.match(
    (await one.visit(confirmation.url)).text(),
    'Data_Analysis_Left.ipynb',
    'its page offers to open it',
  )
}

async function stops(t: Test, hub: RunningHub): Promise<void> {
  await startServer(hub, 'stops')
  const one = person(hub, 'stops')
  const confirmation = await one.click('Stopped')
  const stopped = hub.api('users/stops/server', { method: 'DELETE' })
  await until('the stop to be under way', async () => (await serverOf(hub, 'stops'))?.pending === 'stop')
  const clicked = await one.confirm(confirmation)
  t.match(clicked.url, /\/progress\//)
  t.equal(await one.arrive(clicked), 'some_instrument/Data_Analysis_Stopped.ipynb')
  t.same(one.files(), ['Data_Analysis_Stopped.ipynb'])
  t.ok((await stopped).status < 300)
}

async function named(t: Test, hub: RunningHub): Promise<void> {
  const one = person(hub, 'named')
  const clicked = await one.confirm(await one.click('Named', 't/gpu/Fit_%7Bmeasurement_name%7D.ipynb'))
  t.equal(await one.arrive(clicked), 'gpu/Fit_Named.ipynb')
  t.match(
    (await one.visit(clicked.url)).headers.location,
    /\/user\/named\/gpu\/notebooks\/gpu\/Fit_Named\.ipynb$/,
  )
  t.ok((await serverOf(hub, 'named', 'gpu'))?.ready)
  t.notOk((await serverOf(hub, 'named'))?.ready, 'the default server is left alone')
}
