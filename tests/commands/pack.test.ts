import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { servesEveryPage } from '../support/every-page.ts'
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
  await servesEveryPage(t, join(folder, 'build/service/main.js'))
})

t.test('what `npm install -g` installs is small, and has the command', async (t) => {
  const used = onDisk_MB(globally)
  t.comment(`| installed by npm | ${used.toFixed(0)} MB |`)
  t.ok(used < 100, `${used.toFixed(0)} MB`)
  const command = join(globally, 'bin/notebook-templates')
  t.match(runPlainly(command, ['check', join(folder, 'templates')], { cwd: dir }), /0 with a fault/)
})
