import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { inProject } from './support/paths.ts'

/** What each folder of `service/` may import beside itself (docs/architecture.md). Files above the folders know all. */
const arrows: Readonly<Record<string, readonly string[]>> = {
  notebook: ['fault.ts'],
  catalogue: ['notebook', 'fault.ts', 'error-name.ts'],
  store: ['fault.ts', 'error-name.ts', 'seal.ts'],
  hub: ['fault.ts'],
  delivery: ['hub', 'notebook', 'store', 'fault.ts'],
  journey: ['delivery', 'hub', 'catalogue', 'notebook', 'store', 'fault.ts'],
  preview: ['notebook', 'fault.ts'],
  web: [
    'journey',
    'preview',
    'hub',
    'catalogue',
    'notebook',
    'store',
    'fault.ts',
    'seal.ts',
    'error-log.ts',
    'settings.ts',
  ],
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
