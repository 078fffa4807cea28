import t from 'tap'
import { readParameters } from '../../../service/notebook/parameters/read.ts'
import { makeCell } from '../../../service/notebook/render/cell.ts'
import { renderNotebook } from '../../../service/notebook/render/pieces.ts'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { assemble, madeFrom, notebookOf } from '../support.ts'
import { codeCell, kernel, textCell, type Variant, variants } from '../variants.ts'

const parameters = readParameters('{"a": 1.0, "class": "µm \\"x\\"\\\\\\n", "l": [NaN, null]}')

/** What the notebook must be, made in the slow way. */
function expected({ notebook, index, replaces }: Variant, source: string, isPython: boolean): object {
  const raw = { cell_type: 'raw', metadata: { tags: ['injected-parameters'] }, source: lines(source) }
  const cell = {
    ...raw,
    ...(isPython && { cell_type: 'code', execution_count: null, outputs: [] }),
    ...(notebook.nbformat_minor >= 5 && { id: 'injected-parameters' }),
  }
  const cells = [...notebook.cells]
  cells.splice(index, replaces ? 1 : 0, cell)
  const own = notebook.metadata.notebook_templates as object | undefined
  return {
    ...notebook,
    cells,
    metadata: { ...notebook.metadata, notebook_templates: { ...own, made_from: madeFrom } },
  }
}

function lines(source: string): string[] {
  return source.split(/(?<=\n)/)
}

t.test(
  'every variant of a notebook gets its cell and made_from, and keeps all its other bytes',
  async (t) => {
    let count = 0
    let wrong = 0
    for (const variant of variants()) {
      const template = compileTemplate(variant.bytes)
      const cell = makeCell(parameters, template, [])
      const rendered = renderNotebook(template, cell, madeFrom)
      const bytes = assemble(rendered, variant.bytes)
      const same =
        sorted(JSON.parse(bytes.toString())) ===
          sorted(expected(variant, cell.source, template.language !== undefined)) &&
        rendered.length === bytes.length &&
        keptBytes(rendered.pieces, variant)
      if (!same && wrong++ < 5) t.fail(`${variant.label}\n${bytes}`)
      count++
    }
    t.equal(wrong, 0)
    t.equal(count, 6 * 9 * 6 * 2 * 8)
  },
)

/** Every byte of the file in its order, but the mark, and what was replaced. */
function keptBytes(
  pieces: readonly (Uint8Array | { from: number; to: number })[],
  variant: Variant,
): boolean {
  let at = variant.bytes[0] === 0xef ? 3 : 0
  const gaps: string[] = []
  for (const piece of pieces) {
    if (piece instanceof Uint8Array) continue
    if (piece.from !== at) gaps.push(variant.bytes.subarray(at, piece.from).toString().trim())
    at = piece.to
  }
  if (at !== variant.bytes.length) return false
  const replaced = gaps.filter((gap) => gap !== '').map((gap) => JSON.parse(gap))
  const own = variant.notebook.metadata.notebook_templates as { made_from?: unknown } | undefined
  const may = [
    ...(variant.replaces ? [variant.notebook.cells[variant.index]] : []),
    ...(own?.made_from ? [own.made_from] : []),
  ]
  return replaced.map(sorted).sort().join() === may.map(sorted).sort().join()
}

/** JSON text in which members stand in alphabetical order. */
function sorted(value: unknown): string {
  return JSON.stringify(value, (_, member) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  )
}

t.test('in a notebook as Jupyter writes it, the result is as Jupyter writes it', async (t) => {
  const notebook = {
    ...notebookOf('python', 'a = 1'),
    metadata: { kernelspec: kernel.kernelspec, notebook_templates: { title: 'x' } },
  }
  const bytes = Buffer.from(`${JSON.stringify(notebook, null, 1)}\n`)
  const template = compileTemplate(bytes)
  const out = assemble(
    renderNotebook(template, makeCell(parameters, template, []), madeFrom),
    bytes,
  ).toString()
  t.equal(out, `${JSON.stringify(JSON.parse(out), null, 1)}\n`)
})

t.test('without parameters there is no new cell, and a former one stays', async (t) => {
  const notebook = { ...notebookOf('python'), cells: [codeCell(['injected-parameters'], 'x')] }
  const bytes = Buffer.from(JSON.stringify(notebook))
  const template = compileTemplate(bytes)
  const out = JSON.parse(
    assemble(renderNotebook(template, makeCell([], template, []), madeFrom), bytes).toString(),
  )
  t.strictSame(out.cells, notebook.cells)
})

t.test('the id of the new cell is one that no other cell has', async (t) => {
  const table: [ids: string[], id: string][] = [
    [['a'], 'injected-parameters'],
    [['injected-parameters'], 'injected-parameters-2'],
    [['injected-parameters-2', 'injected-parameters', 'injected-parameters-3'], 'injected-parameters-4'],
  ]
  for (const [ids, id] of table) {
    const notebook = { ...notebookOf('python'), cells: ids.map((own) => textCell(own)) }
    const bytes = Buffer.from(JSON.stringify(notebook))
    const template = compileTemplate(bytes)
    const out = JSON.parse(
      assemble(renderNotebook(template, makeCell(parameters, template, []), madeFrom), bytes).toString(),
    )
    t.equal(out.cells[1].id, id)
  }
})

const image = (data: string) => ({ output_type: 'display_data', metadata: {}, data: { 'image/png': data } })

t.test('the cost does not depend on the size of the template', async (t) => {
  const cost = (size: number) => {
    const notebook = notebookOf('python', 'a = 1')
    notebook.cells.push({ ...codeCell([], 'big'), outputs: [image('A'.repeat(size))] })
    const template = compileTemplate(Buffer.from(JSON.stringify(notebook, null, 1)))
    const rounds = () => {
      const start = process.cpuUsage().user
      for (let round = 0; round < 5000; round++)
        renderNotebook(template, makeCell(parameters, template, []), madeFrom)
      return process.cpuUsage().user - start
    }
    return Math.min(rounds(), rounds(), rounds(), rounds())
  }
  cost(100)
  const small = cost(100)
  t.ok(cost(10e6) < 4 * small)
})
