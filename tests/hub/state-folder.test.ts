/** What may befall the state folder of a service, on a real Hub: nothing is lost unsaid, and the Hub goes on. */
import { mkdtempSync, readdirSync, renameSync, rmSync, truncateSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { startServer } from '../support/servers.ts'
import { fill, smallDisk } from '../support/small-disk.ts'
import { until } from '../support/until.ts'
import { killNow, person, platform, shipped } from './person.ts'

t.setTimeout(480_000)

const inFolder = (name: string) => `some_instrument/Data_Analysis_${name}.ipynb`

t.test('the state folder', async (t) => {
  const disk = smallDisk(t)
  const home = disk ?? mkdtempSync(join(tmpdir(), 'notebook-templates-state-'))
  if (disk === undefined) t.teardown(() => rmSync(home, { recursive: true, force: true }))
  const state = join(home, 'state')
  const hub = await startHub(t, {
    example: (text) => text.replace('register(\n    c,\n', `register(\n    c,\n    state_dir="${state}",\n`),
  })
  const storeFolder = () => join(state, 'store', boots()[0] ?? '')
  const boots = () => readdirSync(join(state, 'store')).filter((name) => name.startsWith('boot-'))
  const marks = () => readdirSync(storeFolder()).filter((name) => name.startsWith('in-use-'))
  const ada = person(hub, 'ada')
  const asked = await ada.click('Kept')
  const other = await ada.click('Lost')
  t.match([asked.status, other.status], [200, 200])

  const skip = disk === undefined && 'only root may make a small disk'
  await t.test(
    'a full disk: clicks are refused with code 24, and go on when there is room',
    { skip },
    async (t) => {
      await startServer(hub, 'ada')
      const service = hub.servicePid()
      const makeRoom = fill(home)
      const large = { params: JSON.stringify({ measurement_name: 'Full', more: 'x'.repeat(50_000) }) }
      for (const attempt of [1, 2, 3]) {
        const page = await ada.browser.post(hub.templatesUrl + shipped, large, { from: platform })
        t.equal(page.status, 503, `click ${attempt}`)
        t.match(pageText(page.text()), /Code 24\b/)
      }
      makeRoom()
      const later = await ada.click('Room')
      t.equal(await ada.arrive(await ada.confirm(later)), inFolder('Room'))
      t.equal(hub.servicePid(), service, 'the process has gone on')
    },
  )

  await t.test(
    'kill -9, and then another boot of the machine: the mark of the dead keeps nobody out',
    async (t) => {
      await killNow(hub.servicePid())
      t.equal(marks().length, 1, 'it has left its mark')
      await hub.stop()
      const [boot = ''] = boots()
      renameSync(join(state, 'store', boot), join(state, 'store', 'boot-of-before'))
      await hub.restart()
      t.same(boots(), [boot])
      await until('the old mark to be dropped', () => marks().length === 1)
      t.equal(await ada.arrive(await ada.confirm(asked)), inFolder('Kept'), 'what was open goes on')
    },
  )

  await t.test('a damaged file: said in the log, set aside, and clicks are taken', async (t) => {
    await hub.stop()
    truncateSync(join(storeFolder(), 'data.mdb'), 8192)
    await hub.restart()
    const [aside] = readdirSync(join(state, 'store')).filter((name) => name.startsWith('damaged-'))
    const said = hub
      .log()
      .split('\n')
      .find((line) => line.includes('the store was damaged and begins empty'))
    t.ok(aside)
    t.match(said, aside, 'the log names the folder that may be deleted')
    const gone = await ada.confirm(other)
    t.equal(gone.status, 410)
    t.match(pageText(gone.text()), /Code 2\b/)
    t.equal((await ada.click('Anew')).status, 200)
  })

  await t.test('removed while the service runs: refused with code 24, and logged', async (t) => {
    rmSync(state, { recursive: true })
    for (const name of ['One', 'Two']) {
      const page = await ada.click(name)
      t.equal(page.status, 503)
      t.match(pageText(page.text()), /Code 24\b/)
    }
    await until('the log to say so', () => hub.log().includes('the folder of the store is gone'))
    t.equal((await hub.api('info')).status, 200, 'the Hub goes on')
    await hub.restart()
    t.equal((await person(hub, 'ada').click('Back')).status, 200, 'until the service is started again')
  })
})
