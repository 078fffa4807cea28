import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import t from 'tap'
import { folderCodes } from '../service/catalogue/check/check.ts'
import { executionCodes } from '../service/execution/execute.ts'
import { reviewCodes } from '../service/notebook/review/review.ts'
import { inProject } from './support/paths.ts'

const read = (name: string) => readFileSync(inProject(name), 'utf8')
const docs = [
  'README.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'CHANGELOG.md',
  ...readdirSync(inProject('docs')).flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
]

t.test('every file that the docs name is there', (t) => {
  let named = 0
  for (const doc of docs) {
    const files = [
      ...read(doc).matchAll(
        /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|js|mjs|eta|py|sh)|(?:service|tests)\/[\w./-]+)`/g,
      ),
    ]
    for (const [, name = ''] of files) {
      named++
      const places = [
        name,
        `service/${name}`,
        `service/notebook/${name}`,
        `service/notebook/languages/${name}`,
        `service/web/${name}`,
      ]
      t.ok(
        places.some((place) => existsSync(inProject(place))),
        `${doc}: ${name}`,
      )
    }
  }
  t.ok(named > 150, `${named} files`)
  t.end()
})

t.test('every link within the docs leads somewhere', (t) => {
  for (const doc of docs) {
    const links = [...read(doc).matchAll(/\]\((?!https?:)([^)#\s…]+)?(#[^)\s]+)?\)/g)]
    for (const [, path, anchor] of links) {
      const target = path === undefined ? doc : join(dirname(doc), path)
      if (!t.ok(existsSync(inProject(target)), `${doc}: ${target}`) || anchor === undefined) continue
      t.ok(anchorsOf(read(target)).includes(anchor.slice(1)), `${doc}: ${target}${anchor}`)
    }
  }
  t.end()
})

/** As GitHub makes them from headings. */
function anchorsOf(markdown: string): string[] {
  return Array.from(markdown.matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}

t.test('docs/writing-templates.md lists each code of check, with its severity', (t) => {
  const rows = read('docs/writing-templates.md').matchAll(/^\| `([a-z-]+)` \| (fault|warning) \| .+ \|$/gm)
  t.same(Object.fromEntries(Array.from(rows, ([, code, severity]) => [code, severity])), {
    ...reviewCodes,
    ...folderCodes,
    ...executionCodes,
  })
  t.end()
})

t.test('the guide to the code can be read in one go', (t) => {
  const lines = read('docs/architecture.md').split('\n')
  t.ok(lines.length <= 200, `${lines.length} lines`)
  t.end()
})

/** `tests/…` and perhaps › and a name, which ends with the next or with the cell. */
const namedTests = /`(tests\/[\w/.-]+\.ts)`(?: › ([^;|]+))?/g

/** Rows of the tables that have a column for tests. */
function promisesOf(doc: string): string[] {
  const tables = doc.split(/\n(?!\|)/).filter((text) => /^\|.*\| test \|$/m.test(text))
  return tables.flatMap((table) =>
    table
      .split('\n')
      .filter((line) => line.startsWith('|'))
      .slice(2),
  )
}

for (const [name, least] of [
  ['docs/operations.md', 15],
  ['docs/security.md', 30],
] as const) {
  const doc = read(name)
  t.test(`each promise of ${name} names a test`, async (t) => {
    const promises = promisesOf(doc)
    t.ok(promises.length > least, `${promises.length} promises`)
    for (const promise of promises) t.match(promise.split('|').at(-2), /`tests\//, promise)
  })

  t.test(`each test that ${name} names is there`, async (t) => {
    for (const [all, file = '', title = ''] of doc.matchAll(namedTests)) {
      const text = existsSync(inProject(file)) ? read(file) : undefined
      t.ok(text?.includes(title.trim()), all)
    }
  })
}

t.test('README and docs/security.md say first that a hub without subdomains isolates nobody', async (t) => {
  for (const name of ['README.md', 'docs/security.md']) {
    const [, first = ''] = /^# [^\n]*\n\n(.*?\.)\s/s.exec(read(name)) ?? []
    const sentence = first.replaceAll('\n', ' ')
    t.match(sentence, /a hub without subdomains isolates nobody.* plain http/i, name)
  }
})
