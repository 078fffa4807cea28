import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { compileTemplate } from '../../service/notebook/compile.ts'
import { inProject } from '../support/paths.ts'
import { listTemplates, templatesFolder } from './support.ts'

interface Entry {
  title: string
  url: string
  params: Record<string, 'object_id' | (string | number)[]>
}

/** All JSON blocks of a page, parsed. */
async function readBlocks(page: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(inProject('docs', page), 'utf8')
  return [...text.matchAll(/^```json\n([^`]*)^```$/gm)].map(([, block]) => JSON.parse(block!))
}

t.test('the entries for SampleDB in the docs are right', async (t) => {
  const entries = (await readBlocks('sampledb.md')).flatMap((block) => block.notebookTemplates as Entry[])
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
