/** The schemas for editors say what the service itself accepts. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import t from 'tap'
import { parse } from 'yaml'
import { parseRules, ruleMembers } from '../../service/catalogue/rules/parse-rules.ts'
import { reviewTemplate, secretNames, TemplateFault } from '../../service/notebook/index.ts'
import { compileTemplate } from '../../service/notebook/template/compile.ts'
import { ownMembers } from '../../service/notebook/template/metadata.ts'
import { notebookOf } from '../notebook/support.ts'
import { images } from '../support/images.ts'
import { inProject } from '../support/paths.ts'

const schemaIn = (name: string) => JSON.parse(readFileSync(inProject(`docs/schemas/${name}`), 'utf8'))
const ajv = new Ajv({ strict: true, allowUnionTypes: true, strictTypes: false })

const metadata = schemaIn('metadata.json')
const rules = schemaIn('templates-yaml.json')

t.test('they name the members that are read, each with a description', async (t) => {
  const cases = [
    [metadata.properties, ownMembers],
    [rules.additionalProperties.properties, ruleMembers],
  ] as const
  for (const [properties, members] of cases) {
    t.same(Object.keys(properties).sort(), [...members].sort())
    for (const [name, { description }] of Object.entries<{ description?: string }>(properties))
      t.match(description, /\.$/, name)
  }
})

/** As `check`: a member that means nothing is no fault, and not right. */
function isRead(own: object): boolean {
  const bytes = Buffer.from(JSON.stringify(notebookOf('python', 'x = 1', own)))
  try {
    const compiled = compileTemplate(bytes)
    const reviewed = {
      path: 'a.ipynb',
      bytes,
      compiled,
      kernels: undefined,
      secrets: secretNames(),
      isBeside: () => true,
    }
    return reviewTemplate(reviewed).every(({ code }) => code !== 'unknown-metadata')
  } catch (error) {
    if (error instanceof TemplateFault) return false
    throw error
  }
}

const list = (length: number) => Array.from({ length }, (_, index) => `${index}`)

const right: object[] = [
  {},
  { title: 'A' },
  { title: '' },
  { title: null },
  { title: { en: 'A', de: 'B', 'pt-BR': 'C', ZH_hans: 'D' } },
  { description: { en: 'A' } },
  { category: 'A' },
  { if_unset: { temperature: 'room temperature', Größe: 'x' } },
  { if_unset: {} },
  { if_unset: null },
  { category: null },
  { tags: [] },
  { tags: ['a', 'b'] },
  { tags: list(50) },
  { tags: { en: ['a'], de: [] } },
  { tags: null },
  { authors: ['Ada', { name: 'Grace', email: 'g@example.org' }] },
  { groups: ['lab-a'] },
  { groups: null },
  { thumbnail: 'a.png' },
  { thumbnail: 'images/b.c/d.SVG' },
  { thumbnail: null },
  { thumbnail: `data:image/png;base64,${images['image/png']}` },
  { translated: 'plain' },
  { translated: 'as-sent' },
  { translated: null },
  { on_null: 'value' },
  { on_null: 'refuse' },
  { open_with: 'auto' },
  { open_with: 'lab' },
  { server: '' },
  { server: 'gpu' },
  { server: {} },
  { server: { name: 'gpu', options: { profile: 'gpu', cores: 4 } } },
  { server: { name: null, options: null } },
  { secrets: [] },
  { secrets: list(60) },
  { params: { x: { type: 'number' } } },
  { params: { type: 'object', properties: {} } },
  { params: null },
  { made_from: { request: 'x' } },
  { title: 'A', tags: ['b'], on_null: 'default', params: {} },
]
const wrong: object[] = [
  { title: 5 },
  { title: ['a'] },
  { title: {} },
  { title: { english: 'A' } },
  { title: { en: '' } },
  { title: { en: 5 } },
  {
    title: Object.fromEntries(
      Array.from({ length: 51 }, (_, index) => [
        `a${String.fromCharCode(97 + (index % 26))}${index < 26 ? '' : 'a'}`,
        'x',
      ]),
    ),
  },
  { description: true },
  { category: ['A'] },
  { if_unset: { a: '' } },
  { if_unset: { a: 1 } },
  { if_unset: ['a'] },
  { if_unset: 'a' },
  { tags: 'a' },
  { tags: [1] },
  { tags: list(51) },
  { tags: { en: 'a' } },
  { tags: { en: list(51) } },
  { authors: 'Ada' },
  { authors: [5] },
  { authors: [{ nam: 'Ada' }] },
  { authors: [{ name: 5 }] },
  { authors: list(51) },
  { groups: 'lab-a' },
  { groups: [null] },
  { thumbnail: 'a.pdf' },
  { thumbnail: '../a.png' },
  { thumbnail: '/a.png' },
  { thumbnail: 'a//b.png' },
  { thumbnail: '.a.png' },
  { thumbnail: 'b/.a.png' },
  { thumbnail: 'a\\b.png' },
  { thumbnail: 'https://example.org/a.png' },
  { thumbnail: `${'a'.repeat(200)}.png` },
  { thumbnail: 5 },
  { translated: 'Plain' },
  { translated: true },
  { on_null: 'none' },
  { open_with: 'classic' },
  { server: 5 },
  { server: { names: 'gpu' } },
  { server: { options: ['gpu'] } },
  { server: { options: { user_options: {} } } },
  { secrets: 'jwt' },
  { secrets: [5] },
  { params: [] },
  { params: 'x' },
  { titel: 'A' },
  { $schema: 'x' },
]

t.test('metadata.notebook_templates: the schema and the service agree', async (t) => {
  const isValid = ajv.compile(metadata)
  for (const [own, expected] of [
    ...right.map((own) => [own, true]),
    ...wrong.map((own) => [own, false]),
  ] as const) {
    const label = JSON.stringify(own).slice(0, 100)
    t.equal(isRead(own as object), expected, `the service: ${label}`)
    t.equal(isValid(own), expected, `the schema: ${label}`)
  }
})

t.test('templates.yaml: the schema and the service agree', async (t) => {
  const isValid = ajv.compile(rules)
  const table: [text: string, isRight: boolean][] = [
    ['', true],
    ['# nothing', true],
    ['{}', true],
    ['.:\n  groups: [a]', true],
    ['a/b c/Größe.ipynb:\n  groups: []\n  category: A', true],
    ['./a//b/: {category: A}', true],
    ['a..b: {category: A}', true],
    ['...: {category: A}', true],
    ['2024: {category: A}', true],
    ['- a', false],
    ['text', false],
    ['a: x', false],
    ['a:', false],
    ['a: [groups]', false],
    ['a: {groups: lab}', false],
    ['a: {groups: null}', false],
    ['a: {groups: [1]}', false],
    ['a: {category: 5}', false],
    ['a: {catgory: A}', false],
    ['/a: {category: A}', false],
    ['..: {category: A}', false],
    ['a/../b: {category: A}', false],
    ['../b: {category: A}', false],
    ['a/..: {category: A}', false],
    ['"a\\\\b": {category: A}', false],
    ['"": {category: A}', false],
  ]
  for (const [text, expected] of table) {
    t.equal(isValid(parse(text)), expected, `the schema: ${text}`)
    if (expected) t.doesNotThrow(() => parseRules(text), `the service: ${text}`)
    else t.throws(() => parseRules(text), { message: /^templates\.yaml, line 1: / }, `the service: ${text}`)
  }
})

t.test('the templates that are shipped are valid by it', async (t) => {
  const isValid = ajv.compile(metadata)
  const { metadata: shipped } = JSON.parse(
    readFileSync(inProject('templates/measurement/Plot_{name}.ipynb'), 'utf8'),
  )
  t.ok(isValid(shipped.notebook_templates))
})
