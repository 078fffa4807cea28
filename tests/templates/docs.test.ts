import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { asFault } from '../../service/fault.ts'
import { compileTemplate, formats, makeCell, readParameters } from '../../service/notebook/index.ts'
import { pythonCell } from '../../service/notebook/languages/python/python-cell.ts'
import { sampledbNames } from '../../service/notebook/parameters/sampledb.ts'
import { settleParameters } from '../../service/notebook/parameters/settle.ts'
import { templateOf } from '../notebook/support.ts'
import { inProject } from '../support/paths.ts'
import { listTemplates, run, templatesFolder } from './support.ts'

interface Entry {
  title: string
  url: string
  params: Record<string, 'object_id' | (string | number)[]>
}

/** All blocks of a page that are marked as of this language. */
async function readBlocks(page: string, language: string): Promise<string[]> {
  const text = await readFile(inProject('docs', page), 'utf8')
  return [...text.matchAll(/^```(\w+)\n([^`]*)^```$/gm)]
    .filter(([, name]) => name === language)
    .map(([, , block]) => block!)
}

/** The one block of JSON in writing-templates.md that holds a text. */
async function findBlock(text: string): Promise<string> {
  const blocks = (await readBlocks('writing-templates.md', 'json')).filter((block) => block.includes(text))
  if (blocks.length !== 1) throw new Error(`${blocks.length} blocks hold ${text}`)
  return blocks[0]!
}

t.test('the entries for SampleDB in the docs are right', async (t) => {
  const entries = (await readBlocks('sampledb.md', 'json')).flatMap(
    (block) => (JSON.parse(block) as { notebookTemplates: Entry[] }).notebookTemplates,
  )
  const urls = entries.map((entry) => entry.url).sort()
  t.strictSame(urls, await listTemplates(), 'there is one for each shipped template')
  for (const { url, params, ...others } of entries) {
    t.test(url, async (t) => {
      t.match(others, { title: String }, 'has a title')
      t.strictSame(Object.keys(others), ['title'], 'and no member that SampleDB refuses')
      const compiled = compileTemplate(await readFile(join(templatesFolder, url)))
      const declared = compiled.declared.map((parameter) => parameter.name)
      const { object_id: objectId, ...fromSteps } = params
      t.equal(objectId, 'object_id', 'the notebook can tell of which object it is')
      for (const [name, steps] of Object.entries(fromSteps)) {
        t.ok(declared.includes(name), `the template declares ${name}`)
        t.ok(Array.isArray(steps), `${name} is a list of steps`)
      }
      for (const [, name] of url.matchAll(/\{(.+?)\}/g)) t.hasProp(params, name!, `{${name}} is sent`)
    })
  }
})

t.test('the metadata in the docs are taken', async (t) => {
  const metadata = await findBlock('"title": "Data analysis"')
  const notebook = `{"cells":[],"metadata":{${metadata}},"nbformat":4,"nbformat_minor":5}`
  const compiled = compileTemplate(Buffer.from(notebook))
  t.equal(compiled.title?.[''], 'Data analysis')
  t.match(compiled.settings, { translated: 'plain', on_null: 'value', open_with: 'notebook' })
})

t.test('the cell in the docs declares what the docs say', async (t) => {
  const blocks = await readBlocks('writing-templates.md', 'python')
  const cell = blocks.find((block) => block.includes('sample_name')) ?? ''
  t.strictSame(
    pythonCell.declared(cell).map(({ name, type, default: value, help }) => [name, type, value, help]),
    [
      ['sample_name', 'str', '"S-1"', 'as written on the vial'],
      ['temperature', undefined, '293.15', 'above it, in K'],
      ['repeats', 'int', '3', 'how often'],
    ],
  )
})

t.test('a secret is withheld in the words of the docs', async (t) => {
  const blocks = await readBlocks('writing-templates.md', 'python')
  const line = blocks.find((block) => block.includes('withheld'))?.trim() ?? ''
  const { source } = makeCell([], templateOf('python', 'jwt = ""'), ['en'], ['jwt'])
  t.equal(source, `# Parameters\n${line}`)
})

t.test('the schemas in the docs do what the docs say', async (t) => {
  const check = async (text: string, sent: string) => {
    const notebook = `{"cells":[],"metadata":{${await findBlock(text)}},"nbformat":4,"nbformat_minor":5}`
    try {
      return settleParameters(readParameters(sent), compileTemplate(Buffer.from(notebook)), ['de']).length
    } catch (error) {
      return asFault(error).details.map(({ reason, values }) => `${values.place} ${reason}`)
    }
  }
  const quantity = (units: string) => `{"_type":"quantity","magnitude":90.0,"units":"${units}"}`
  t.equal(await check('"sampledb:quantity"', '{}'), 0)
  t.equal(
    await check(
      '"sampledb:quantity"',
      `{"sample_name":{"de":"S-1"},"temperature":null,"measured":"2024-05-06 07:08:09","method":"exact","duration":${quantity('min')},"other":1}`,
    ),
    6,
  )
  t.strictSame(
    await check(
      '"sampledb:quantity"',
      `{"sample_name":"x","temperature":-1,"measured":"today","method":"","duration":${quantity('h')}}`,
    ),
    [
      'sample_name pattern',
      'temperature minimum',
      'measured date-time',
      'method choice',
      'duration.units choice',
    ],
  )
  t.equal(await check('"repeats"', '{"sample_name":"x","repeats":2.0}'), 2)
  t.strictSame(await check('"repeats"', '{"repeats":0,"other":1}'), [
    'sample_name missing',
    'repeats minimum',
    'other unknown',
  ])
  const page = await readFile(inProject('docs/writing-templates.md'), 'utf8')
  for (const name of [...Object.keys(formats), ...sampledbNames])
    t.ok(page.includes(`\`${name}\``), `it names ${name}`)
})

t.test('the command in the docs makes a notebook', async (t) => {
  const params = await findBlock('"measurement_name": {')
  const [commands = ''] = await readBlocks('writing-templates.md', 'sh')
  const [command = '', then] = commands.trim().split('\n')
  const [, template = ''] =
    /^notebook-templates render "(.+)" --params params\.json --output trial\.ipynb$/.exec(command) ?? []
  t.equal(then, 'jupyter execute trial.ipynb')
  const folder = t.testdir()
  await writeFile(join(folder, 'params.json'), params)
  const args = ['render', inProject(template), '--params', 'params.json', '--output', 'trial.ipynb']
  const result = await run(process.execPath, [inProject('build/service/cli.js'), ...args], { cwd: folder })
  t.strictSame(result, { code: 0, stdout: '', stderr: '' })
  t.match(await readFile(join(folder, 'trial.ipynb'), 'utf8'), 'measurement_name = \\"Experiment-12345\\"')
})
