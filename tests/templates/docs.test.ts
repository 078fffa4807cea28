import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { compileTemplate } from '../../service/notebook/compile.ts'
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
      for (const [name, steps] of Object.entries(params)) {
        t.ok(declared.includes(name), `the template declares ${name}`)
        t.ok(Array.isArray(steps), `${name} is a list of steps`)
      }
      for (const [, name] of url.matchAll(/\{(.+?)\}/g)) t.hasProp(params, name!, `{${name}} is sent`)
    })
  }
})

t.test('the metadata in the docs are taken', async (t) => {
  const [metadata = ''] = await readBlocks('writing-templates.md', 'json')
  const notebook = `{"cells":[],"metadata":{${metadata}},"nbformat":4,"nbformat_minor":5}`
  const compiled = compileTemplate(Buffer.from(notebook))
  t.equal(compiled.title, 'Data analysis')
  t.match(compiled.settings, { translated: 'plain', on_null: 'value', open_with: 'notebook' })
})

t.test('the command in the docs makes a notebook', async (t) => {
  const [, params = ''] = await readBlocks('writing-templates.md', 'json')
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
