import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { inProject } from './support/paths.ts'

/** What each folder of `service/` may import beside itself (docs/architecture.md). Files above the folders know all. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  images: [],
  notebook: ['images', 'alike.ts', 'fault.ts', 'last-used.ts'],
  catalogue: ['images', 'notebook', 'alike.ts', 'fault.ts', 'error-name.ts', 'last-used.ts'],
  execution: ['catalogue', 'notebook', 'fault.ts'],
  settings: ['alike.ts', 'images', 'notebook', 'senders.ts'],
  store: ['fault.ts', 'error-name.ts', 'seal.ts'],
  hub: ['fault.ts', 'linked-signals.ts', 'waiting-lines.ts'],
  delivery: ['hub', 'notebook', 'store', 'fault.ts', 'last-used.ts', 'linked-signals.ts'],
  journey: [
    'delivery',
    'hub',
    'catalogue',
    'notebook',
    'store',
    'fault.ts',
    'last-used.ts',
    'linked-signals.ts',
    'senders.ts',
    'shares.ts',
    'waiting-lines.ts',
  ],
  preview: ['images', 'notebook', 'fault.ts'],
  web: [
    'journey',
    'preview',
    'hub',
    'catalogue',
    'images',
    'notebook',
    'store',
    'fault.ts',
    'linked-signals.ts',
    'seal.ts',
    'error-log.ts',
    'senders.ts',
    'settings',
    'shares.ts',
  ],
  commands: ['web', 'execution', 'catalogue', 'notebook', 'fault.ts', 'package-version.ts'],
}

const files = readdirSync(inProject('service'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(inProject(`service/${file}`), 'utf8') }))

const importsOf = (text: string) =>
  Array.from(
    text.matchAll(
      /^(?:import|export|\}).*? from '([^']+)'$|\b(?:import|grammar|onDemand<.+>)\('([^']+)'\)/gm,
    ),
    ([, name, later]) => name ?? later ?? '',
  )

t.test('arrows point inward', (t) => {
  const outward = files.flatMap(({ file, text }) => {
    const [folder = '', ...inside] = file.split('/')
    if (inside.length === 0) return []
    return importsOf(text)
      .filter((name) => name.startsWith('.'))
      .map((name) => join(file, '..', name).split('/')[0] ?? '')
      .filter((to) => to !== folder && !arrows[folder]?.includes(to))
      .map((to) => `${file} → ${to}`)
  })
  t.ok(files.length > 100)
  t.same(outward, [])
  t.same(
    Object.keys(arrows).sort(),
    [...new Set(files.map(({ file }) => file.split('/')).flatMap(([top, in_]) => (in_ ? [top] : [])))].sort(),
    'every folder has its rule',
  )
  t.end()
})

t.test('the rest of service/ comes into notebook/ by its two faces alone', (t) => {
  const faces = ['notebook/index.ts', 'notebook/json/index.ts']
  const deeper = files.flatMap(({ file, text }) =>
    file.startsWith('notebook/')
      ? []
      : importsOf(text)
          .filter((name) => name.startsWith('.'))
          .map((name) => join(file, '..', name))
          .filter((to) => to.startsWith('notebook/') && !faces.includes(to))
          .map((to) => `${file} → ${to}`),
  )
  t.same(deeper, [])
  const [face] = files.filter(({ file }) => file === faces[0])
  const names = Array.from(face!.text.matchAll(/\{([^}]*)\}/g), ([, list]) =>
    list!.split(',').filter((name) => name.trim() !== ''),
  ).flat()
  t.ok(names.length > 30 && names.length <= 45, `${names.length} names`)
  t.end()
})

t.test('one file knows what SampleDB makes of values', (t) => {
  const knowing = files.filter(({ text }) => /['"]_type['"]/.test(text)).map(({ file }) => file)
  t.same(knowing, ['notebook/parameters/sampledb.ts'])
  t.end()
})

t.test('no files import each other in a circle, types included', (t) => {
  const imports = new Map(
    files.map(({ file, text }) => [
      file,
      importsOf(text).flatMap((name) => (name.startsWith('.') ? [join(file, '..', name)] : [])),
    ]),
  )
  const done = new Set<string>()
  const circles: string[] = []
  const follow = (file: string, way: readonly string[]) => {
    if (way.includes(file)) circles.push([...way.slice(way.indexOf(file)), file].join(' → '))
    else if (!done.has(file)) {
      for (const next of imports.get(file) ?? []) follow(next, [...way, file])
      done.add(file)
    }
  }
  for (const { file } of files) follow(file, [])
  t.same(circles, [])
  t.end()
})

t.test('a name is one thing: no two files of service/ export the same', (t) => {
  const byName = new Map<string, string[]>()
  const exported =
    /^export (?:async )?(?:const|let|function\*?|class|abstract class|interface|type|enum) ([A-Za-z_$][\w$]*)/gm
  for (const { file, text } of files)
    for (const [, name = ''] of text.matchAll(exported)) byName.set(name, [...(byName.get(name) ?? []), file])
  t.ok(byName.size > 300, `${byName.size} names`)
  t.same(
    [...byName].filter(([, within]) => new Set(within).size > 1),
    [],
  )
  t.end()
})

t.test('undici is imported in hub/ alone, Fastify in web/ and app.ts alone', (t) => {
  const importers = (name: RegExp) =>
    files.filter(({ text }) => importsOf(text).some((one) => name.test(one)))
  const elsewhere = (name: RegExp, where: RegExp) =>
    importers(name).flatMap(({ file }) => (where.test(file) ? [] : [file]))
  t.same(elsewhere(/^undici$/, /^hub\//), [])
  t.same(elsewhere(/^(@fastify\/.*|fastify.*)$/, /^(web\/|app\.ts)/), [])
  t.same(elsewhere(/^lmdb$/, /^store\//), [])
  t.end()
})

t.test('signals are linked by our own helper, which lets them go: AbortSignal.any does not', (t) => {
  const users = files.filter(({ text }) => /AbortSignal\.any\(/.test(text)).map(({ file }) => file)
  t.same(users, [])
  t.end()
})

/** What a folder imports from elsewhere than ours, but for these. */
const foreign = (folder: string, known: readonly string[]) =>
  files
    .filter(({ file }) => file.startsWith(`${folder}/`))
    .flatMap(({ text }) => importsOf(text))
    .filter((name) => !name.startsWith('.') && !known.includes(name))

t.test('notebook/ needs no disk, network or framework', (t) => {
  const grammars = ['common', 'cpp', 'go', 'java', 'javascript', 'lr', 'python', 'rust'].map(
    (name) => `@lezer/${name}`,
  )
  const schemas = ['ajv', 'ajv/dist/2020.js', 'ajv-formats/dist/formats.js', 're2js']
  const known = ['node:buffer', 'node:module', '@plutojl/lezer-julia', ...grammars, ...schemas]
  t.same(foreign('notebook', known), [])
  t.end()
})

t.test('preview/ needs none either, but a thread, and what reads and writes texts', (t) => {
  const own = ['node:crypto', 'node:events', 'node:timers/promises', 'node:worker_threads']
  const texts = ['markdown-it', 'highlight.js', 'katex', 'hast', 'hast-util-from-html', 'hast-util-sanitize']
  t.same(foreign('preview', [...own, ...texts, 'hast-util-to-html']), [])
  t.end()
})

t.test(
  'the service never runs a template: only the command loads execution/, and only when that is asked for',
  (t) => {
    const importing = files.filter(
      ({ file, text }) => !file.startsWith('execution/') && /['"][^'"]*\bexecution\//.test(text),
    )
    t.same(
      importing.map(({ file }) => file),
      ['commands/check.ts'],
    )
    t.match(importing[0]!.text, "await import('../execution/execute.ts')")
    t.notMatch(importing[0]!.text, /^import .*execution\//m)
    t.end()
  },
)
