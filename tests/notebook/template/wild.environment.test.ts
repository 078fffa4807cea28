/** Notebooks that packages on PyPI and npm ship (tests/support/wild.mjs), as they are. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { renderNotebook } from '../../../service/notebook/render/pieces.ts'
import { type CompiledTemplate, compileTemplate } from '../../../service/notebook/template/compile.ts'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'
import { type JupyterServer, startJupyterServer } from '../../support/jupyter-server.ts'
import { inProject } from '../../support/paths.ts'
import { assemble, madeFrom } from '../support.ts'
import { countErrors } from './nbformat-oracle.ts'

const folder = inProject('.environments/wild')
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ipynb'))
  .sort()
  .map((name) => ({ name, bytes: readFileSync(join(folder, name)) }))

interface Judged {
  readonly name: string
  readonly bytes: Buffer
  readonly template: CompiledTemplate
}
interface Refused {
  readonly name: string
  readonly bytes: Buffer
  readonly reason: string
}

const accepted: Judged[] = []
const refused: Refused[] = []
for (const { name, bytes } of files) {
  try {
    accepted.push({ name, bytes, template: compileTemplate(bytes) })
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error
    refused.push({ name, bytes, reason: error.reason })
  }
}

const parameters = readParameters('{"temperature": 1.0, "a-b": "Größe", "list": [1, null]}')
const render = ({ template }: Judged) =>
  renderNotebook(template, makeCell(parameters, template, ['en']), madeFrom)
const made = accepted.map((one) => assemble(render(one), one.bytes))

/** How often each text is there, most first. */
function counted(texts: readonly string[]): [string, number][] {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return [...counts].sort(([, one], [, other]) => other - one)
}

t.test('nearly all can be templates', async (t) => {
  t.ok(files.length > 500, `${files.length} notebooks, ${accepted.length} accepted`)
  t.ok(accepted.length > 0.9 * files.length)
  for (const [reason, count] of counted(refused.map(({ reason }) => reason)))
    t.comment(`${count} refused: ${reason}`)
  const deviating = accepted.flatMap(({ template }) => template.deviations.map(({ reason }) => reason))
  for (const [reason, count] of counted(deviating)) t.comment(`${count} accepted with a warning: ${reason}`)
})

t.test('no byte of them is damaged', async (t) => {
  for (const [index, one] of accepted.entries()) {
    const { places } = one.template
    const ranges = render(one).pieces.flatMap((piece) => (piece instanceof Uint8Array ? [] : [piece]))
    const kept = ranges.reduce((sum, { from, to }) => sum + to - from, 0)
    const replaced = [places.cell, places.madeFrom].reduce((sum, { from, to }) => sum + to - from, 0)
    t.equal(kept, one.bytes.length - places.start - replaced, `${one.name}: all else is kept`)
    t.ok(isDeepStrictEqual(withoutNew(made[index]!), withoutNew(one.bytes)), `${one.name}: it says the same`)
  }
})

/** The notebook without the new cell, one that it replaced, and `made_from`. */
function withoutNew(bytes: Buffer): unknown {
  const notebook = JSON.parse(bytes.toString().replace(/^\ufeff/, ''))
  const { made_from: _, ...own } = notebook.metadata.notebook_templates ?? {}
  const isNew = (cell: { metadata?: { tags?: unknown } }) =>
    Array.isArray(cell.metadata?.tags) && cell.metadata.tags.includes('injected-parameters')
  return {
    ...notebook,
    metadata: { ...notebook.metadata, notebook_templates: own },
    cells: notebook.cells.filter((cell: object) => !isNew(cell)),
  }
}

t.test('what is made of them is as valid as they are', async (t) => {
  const before = countErrors(accepted.map(({ bytes }) => bytes.toString().replace(/^\ufeff/, '')))
  const after = countErrors(made.map(String))
  for (const [index, { name }] of accepted.entries()) t.ok(after[index]! <= before[index]!, name)
})

t.test('a real jupyter-server opens and saves what is made of each', { timeout: 240_000 }, async (t) => {
  const server = await startJupyterServer(t)
  const statuses = await Promise.all(
    made.map((bytes, index) => turn(index, () => statusesOf(server, `a${index % atOnce}.ipynb`, bytes))),
  )
  for (const [index, { name }] of accepted.entries()) t.same(statuses[index], [200, 200], name)

  await t.test(
    'and what is refused, it refuses as well, or it is of an older format, or JupyterLab cannot show it',
    async (t) => {
      for (const { name, bytes, reason } of refused) {
        const last = (await statusesOf(server, 'refused.ipynb', bytes)).at(-1)!
        const isOurs = /^it is nbformat [0-3], and only nbformat 4|^it has no source$/.test(reason)
        t.ok(last >= 400 || isOurs, `${name}: ${last}, ${reason}`)
      }
    },
  )
})

async function statusesOf(server: JupyterServer, file: string, bytes: Uint8Array) {
  writeFileSync(join(server.root, file), bytes)
  return (await server.openAndSave(file)).statuses
}

const atOnce = 4
const lines: Promise<unknown>[] = []

/** One after another with each name. */
function turn<T>(index: number, work: () => Promise<T>): Promise<T> {
  const done = (lines[index % atOnce] ?? Promise.resolve()).then(work)
  lines[index % atOnce] = done
  return done
}
