/** Files that go beside a notebook, on real users' servers. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import t from 'tap'
import { notebookOf } from '../notebook/support.ts'
import { startGate } from '../support/gate.ts'
import { startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { sparePort } from '../support/ports.ts'
import { startServer } from '../support/servers.ts'
import { writeTemplates } from '../support/template-folder.ts'
import { until } from '../support/until.ts'
import { isHealthy, killNow, person } from './person.ts'

t.setTimeout(300_000)

const own = { files: ['helper.py', 'data/ref.bin'] }
const template = 't/lab/%7Bmeasurement_name%7D.ipynb'
const bytes = Buffer.from([0, 255, 10, 13, 128])

for (const version of ['6.1.1', '5.5.1'] as const) {
  t.test(`JupyterHub ${version}`, async (t) => {
    const folder = join(t.testdir({}), 'templates')
    writeTemplates(folder, {
      'lab/{measurement_name}.ipynb': JSON.stringify(notebookOf('python', 'measurement_name = ""', own)),
      'lab/helper.py': 'one\n',
    })
    mkdirSync(join(folder, 'lab/data'))
    writeFileSync(join(folder, 'lab/data/ref.bin'), bytes)
    const port = await sparePort()
    const gate = await startGate(t, port)
    const hub = await startHub(t, {
      version,
      port,
      service: { NOTEBOOK_TEMPLATES_PROXY_URL: gate.url, NOTEBOOK_TEMPLATES_DIR: folder },
    })
    const ada = person(hub, 'ada')
    const bob = person(hub, 'bob')
    await startServer(hub, 'ada')
    await startServer(hub, 'bob')
    const home = (name: string) => hub.userDir(name)
    const make = async (name: string) => ada.arrive(await ada.confirm(await ada.click(name, template)))

    const asked = await ada.click('A', template)
    t.match(pageText(asked.text()), /Files beside it.*helper\.py.*data\/.*ref\.bin/s, 'the page lists them')
    t.equal(await ada.arrive(await ada.confirm(asked)), 'lab/A.ipynb')
    t.strictSame(ada.files('lab'), ['A.ipynb', 'data', 'helper.py'])
    t.ok(readFileSync(join(home('ada'), 'lab/data/ref.bin')).equals(bytes), 'byte for byte')
    t.equal(await make('B'), 'lab/B.ipynb', 'what is there with the same bytes is kept')
    t.strictSame(ada.files('lab'), ['A.ipynb', 'B.ipynb', 'data', 'helper.py'])

    const before = await ada.click('C', template)
    writeFileSync(join(folder, 'lab/helper.py'), 'two\n')
    // A look at a template is good for a second (docs/writing-templates.md); nothing tells when it is over.
    await sleep(1100)
    t.equal(await make('C'), 'lab/C (2)/C.ipynb', 'one that differs: all of it in a folder of its own')
    t.strictSame(ada.files('lab/C (2)'), ['C.ipynb', 'data', 'helper.py'])
    t.equal(readFileSync(join(home('ada'), 'lab/C (2)/helper.py'), 'utf8'), 'two\n')
    t.equal(readFileSync(join(home('ada'), 'lab/helper.py'), 'utf8'), 'one\n', 'nothing is written over')
    t.equal(await ada.arrive(await ada.confirm(before)), 'lab/C.ipynb', 'who clicked before has that version')

    writeFileSync(join(home('ada'), 'lab/data/ref.bin'), 'mine!')
    const two = await Promise.all(['D', 'D'].map((name) => ada.click(name, template)))
    const made = await Promise.all(two.map(async (page) => ada.arrive(await ada.confirm(page))))
    t.strictSame(made.sort(), ['lab/D (2)/D (2).ipynb', 'lab/D (2)/D.ipynb'], 'two at once')
    t.equal(readFileSync(join(home('ada'), 'lab/data/ref.bin'), 'utf8'), 'mine!', 'of the same length')

    const page = await bob.click('E', template)
    const hold = gate.holdSave('bob', 'in-body')
    const lost = bob.confirm(page).catch(() => undefined)
    await hold.reached
    t.strictSame(bob.files('lab'), ['data', 'helper.py'], 'the files are there, the notebook is not')
    writeFileSync(join(folder, 'lab/helper.py'), 'three\n')
    await killNow(hub.servicePid())
    await lost
    await until('the Hub to bring the service back', () => isHealthy(hub.templatesUrl), { within_s: 45 })
    const path = await bob.arrive(await bob.visit(page.url.replace('confirm', 'progress')))
    t.equal(path, 'lab/E.ipynb', 'goes on where it was, with its version')
    t.strictSame(bob.files('lab'), ['E.ipynb', 'data', 'helper.py'])
    t.strictSame(readdirSync(join(home('bob'), 'lab/data')), ['ref.bin'])
    t.equal(readFileSync(join(home('bob'), 'lab/helper.py'), 'utf8'), 'two\n')
  })
}
