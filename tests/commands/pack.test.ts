import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { browserLike } from '../support/browser-like.ts'
import { startService } from '../support/service.ts'
import { copySources, folderElsewhere, onDisk_MB, runPlainly } from '../support/sources.ts'

t.setTimeout(240_000)

const dir = folderElsewhere(t)
const globally = join(dir, 'global')
const folder = join(globally, 'lib/node_modules/jupyterhub-notebook-templates')

t.before(() => {
  const sources = copySources(dir)
  runPlainly('npm', ['pack', '--pack-destination', dir], { cwd: sources })
  const [tarball = ''] = readdirSync(dir).filter((name) => name.endsWith('.tgz'))
  const install = ['install', '-g', '--prefix', globally, '--prefer-offline', '--no-audit', '--no-fund']
  runPlainly('npm', [...install, join(dir, tarball)], { cwd: dir })
})

t.test('a package made of the sources alone serves every page where it is installed', async (t) => {
  const service = await startService(
    t,
    { NOTEBOOK_TEMPLATES_STATE_DIR: join(dir, 'state') },
    { main: join(folder, 'build/service/main.js') },
  )
  const browser = browserLike()
  const at = (path: string) => `${service.url}${path}`
  const template = at('t/measurement/Plot_%7Bname%7D.ipynb')
  const catalogue = await browser.get(service.url)
  const form = await browser.get(template)
  const confirmation = await browser.post(template, { params: '{"name":"x"}' })
  const preview = await browser.get(at('preview/t/measurement/Plot_%7Bname%7D.ipynb'), { from: form.url })
  const notebook = await browser.submit(confirmation, 'confirm')
  for (const page of [catalogue, form, confirmation, preview]) {
    t.equal(page.status, 200, page.url)
    for (const asset of assetsOf(page.text())) {
      t.equal((await browser.get(new URL(asset, page.url).href)).status, 200, asset)
    }
  }
  t.equal((await browser.get(at('nowhere'))).status, 404)
  t.match(notebook, { status: 200, headers: { 'content-type': /^application\/x-ipynb\+json/ } })
})

t.test('what `npm install -g` installs is small, and has the command', async (t) => {
  const used = onDisk_MB(globally)
  t.comment(`| installed by npm | ${used.toFixed(0)} MB |`)
  t.ok(used < 100, `${used.toFixed(0)} MB`)
  const command = join(globally, 'bin/notebook-templates')
  t.match(runPlainly(command, ['check', join(folder, 'templates')], { cwd: dir }), /0 with a fault/)
})

/** Addresses of the style sheets, scripts and images of a page. */
function assetsOf(html: string): Set<string> {
  return new Set(
    Array.from(html.matchAll(/(?:href|src)="([^"]*\bassets\/[^"]*)"/g), ([, address]) => address!),
  )
}
