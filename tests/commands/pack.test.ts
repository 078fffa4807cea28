import { spawnSync } from 'node:child_process'
import { cpSync, readdirSync, readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { browserLike } from '../support/browser-like.ts'
import { inProject } from '../support/paths.ts'
import { plainly } from '../support/plainly.ts'
import { startService } from '../support/service.ts'

t.setTimeout(180_000)

t.test('a package made of the sources alone serves every page where it is installed', async (t) => {
  const folder = installPackage(t)
  const service = await startService(
    t,
    { NOTEBOOK_TEMPLATES_STATE_DIR: join(folder, '..', 'state') },
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

/** Packs a copy of the checkout that was never built, and unpacks that elsewhere. Returns the package's folder. */
function installPackage(t: Test): string {
  const dir = t.testdir({ source: {}, elsewhere: {} })
  const source = join(dir, 'source')
  const { files } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { files: string[] }
  const needed = ['service', 'package.json', 'tsconfig.json', 'README.md', 'LICENSE', ...files]
  for (const name of needed.filter((name) => !name.startsWith('build/') && !name.startsWith('service/'))) {
    cpSync(inProject(name), join(source, name), { recursive: true })
  }
  symlinkSync(inProject('node_modules'), join(source, 'node_modules'))
  run('npm', ['pack', '--pack-destination', dir], source)
  const [tarball = ''] = readdirSync(dir).filter((name) => name.endsWith('.tgz'))
  const elsewhere = join(dir, 'elsewhere')
  run('tar', ['xzf', join(dir, tarball)], elsewhere)
  symlinkSync(inProject('node_modules'), join(elsewhere, 'node_modules'))
  return join(elsewhere, 'package')
}

function run(program: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = spawnSync(...plainly(program, args), { cwd, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}:\n${stderr}`)
}

/** Addresses of the style sheets, scripts and images of a page. */
function assetsOf(html: string): Set<string> {
  return new Set(
    Array.from(html.matchAll(/(?:href|src)="([^"]*\bassets\/[^"]*)"/g), ([, address]) => address!),
  )
}
