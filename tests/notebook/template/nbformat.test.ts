import t from 'tap'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'

/** Where a notebook does not fit its format, and whether it can be a template all the same. */
function misfitOf(file: object | string): { reason: string; cell: number | undefined; opens: boolean } {
  const text = typeof file === 'string' ? file : JSON.stringify(file)
  try {
    const [deviation] = compileTemplate(Buffer.from(text)).deviations
    if (deviation === undefined) throw new Error(`it fits: ${text}`)
    return { reason: deviation.reason, cell: deviation.cell, opens: true }
  } catch (error) {
    if (!(error instanceof TemplateFault)) throw error
    return { reason: error.reason, cell: error.cell, opens: false }
  }
}

const code = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: '' }
const raw = { cell_type: 'raw', metadata: {}, source: '' }
const image = { output_type: 'display_data', metadata: {}, data: { 'image/png': 'iVBO' } }
const notebook = { cells: [], metadata: {}, nbformat: 4, nbformat_minor: 5 }
const withCell = (cell: unknown, minor = 5) => ({ ...notebook, nbformat_minor: minor, cells: [raw, cell] })
const withOutput = (output: unknown) => withCell({ ...code, outputs: [image, output] })

t.test('what does not fit the format is told by its cell and in a sentence', async (t) => {
  const table: [notebook: object, reason: string, cell?: number][] = [
    [{ ...notebook, metadata: undefined }, 'it has no metadata'],
    [{ ...notebook, cells: undefined }, 'it has no cells'],
    [{ ...notebook, cells: {} }, 'cells must be a list, not an object'],
    [{ ...notebook, metadata: null }, 'metadata must be an object, not null'],
    [{ ...notebook, worksheets: [] }, 'it has the member "worksheets", which nbformat 4.5 does not know'],
    [{ ...notebook, metadata: { kernelspec: { name: 'x' } } }, 'kernelspec of metadata has no display_name'],
    [{ ...notebook, metadata: { kernelspec: null } }, 'kernelspec of metadata must be an object, not null'],
    [{ ...notebook, metadata: { language_info: {} } }, 'language_info of metadata has no name'],
    [{ ...notebook, metadata: { title: 1 } }, 'title of metadata must be a text, not 1'],
    [withCell(1), 'it must be an object, not 1', 2],
    [withCell([]), 'it must be an object, not a list', 2],
    [withCell({}), 'it has no cell_type', 2],
    [withCell({ ...raw, cell_type: 'heading' }), 'cell_type must be raw, markdown or code, not "heading"', 2],
    [withCell({ ...raw, cell_type: 1 }), 'cell_type must be raw, markdown or code, not 1', 2],
    [withCell({ ...raw, source: undefined }), 'it has no source', 2],
    [
      withCell({ ...raw, source: 1.5 }),
      'source must be a text or a list of texts, not a number with a point or an exponent',
      2,
    ],
    [withCell({ ...raw, source: ['a', 'b', null] }), 'an item of source must be a text, not null', 2],
    [withCell({ ...raw, input: '' }), 'it has the member "input", which nbformat 4.5 does not know', 2],
    [
      withCell({ ...raw, id: 'a' }, 4),
      'it has the member "id", which nbformat 4.4 does not know (cells have ids from 4.5 on)',
      2,
    ],
    [
      withCell({ ...raw, id: 'a b' }),
      'id must be a text of at most 64 letters, digits, hyphens and underscores, not "a b"',
      2,
    ],
    [
      withCell({ ...raw, metadata: { tags: 'parameters' } }),
      'tags of metadata must be a list of texts, none of them twice, not "parameters"',
      2,
    ],
    [
      withCell({ ...raw, metadata: { tags: ['a', 'b', 'a'] } }),
      'tags of metadata must be a list of texts, none of them twice',
      2,
    ],
    [
      withCell({ ...raw, metadata: { tags: ['a,b'] } }),
      'an item of tags of metadata must be a text without commas, not "a,b"',
      2,
    ],
    [withCell({ ...code, outputs: undefined }), 'it has no outputs', 2],
    [
      withCell({ ...code, execution_count: '1' }),
      'execution_count must be a whole number from 0 on, or null, not "1"',
      2,
    ],
    [
      withCell({ ...code, execution_count: -1 }),
      'execution_count must be a whole number from 0 on, or null, not -1',
      2,
    ],
    [
      withCell({ ...code, metadata: { scrolled: 'yes' } }),
      'scrolled of metadata must be true, false or "auto", not "yes"',
      2,
    ],
    [
      withOutput({ ...image, output_type: 'pyout' }),
      'output_type of output 2 must be execute_result, display_data, stream or error, not "pyout"',
      2,
    ],
    [withOutput(null), 'output 2 must be an object, not null', 2],
    [withOutput({ ...image, metadata: undefined }), 'output 2 has no metadata', 2],
    [
      withOutput({ ...image, data: { 'image/png': [1] } }),
      'an item of "image/png" of data of output 2 must be a text, not 1',
      2,
    ],
    [
      withOutput({ ...image, data: { 'text/plain': {} } }),
      '"text/plain" of data of output 2 must be a text or a list of texts, not an object',
      2,
    ],
  ]
  for (const [notebook, reason, cell] of table) {
    const misfit = misfitOf(notebook)
    t.equal(misfit.reason, reason)
    t.equal(misfit.cell, cell, `${reason}: the cell`)
  }
})

t.test('what stands where an object, a list, a text or a count must be is told', async (t) => {
  const digits = 12345678901234567890n
  const kinds: [value: string, said: string][] = [
    ['null', 'null'],
    ['true', 'true'],
    ['7', '7'],
    [`-${digits}`, 'a number of many digits'],
    ['1.0', 'a number with a point or an exponent'],
    ['"text"', '"text"'],
    [JSON.stringify('x'.repeat(1e4)), 'a long text'],
    ['[]', 'a list'],
    ['[{}]', 'a list'],
    ['{}', 'an object'],
    ['{"a":[]}', 'an object'],
  ]
  const isObject = /^\{/
  const isList = /^\[/
  const places: [place: string, fits: RegExp, put: (value: unknown) => object, cell?: number][] = [
    ['metadata', isObject, (metadata) => ({ ...notebook, metadata })],
    ['kernelspec of metadata', isObject, (kernelspec) => ({ ...notebook, metadata: { kernelspec } })],
    ['authors of metadata', isList, (authors) => ({ ...notebook, metadata: { authors } })],
    ['cells', isList, (cells) => ({ ...notebook, cells })],
    ['it', isObject, withCell, 2],
    ['metadata', isObject, (metadata) => withCell({ ...raw, metadata }), 2],
    ['jupyter of metadata', isObject, (jupyter) => withCell({ ...raw, metadata: { jupyter } }), 2],
    ['attachments', isObject, (attachments) => withCell({ ...raw, attachments }), 2],
    ['source', /^[["]/, (source) => withCell({ ...raw, source }), 2],
    ['outputs', isList, (outputs) => withCell({ ...code, outputs }), 2],
    ['execution_count', /^(null|7)$/, (count) => withCell({ ...code, execution_count: count }), 2],
    ['output 2', isObject, withOutput, 2],
    ['metadata of output 2', isObject, (metadata) => withOutput({ ...image, metadata }), 2],
    ['data of output 2', isObject, (data) => withOutput({ ...image, data }), 2],
  ]
  for (const [place, fits, put, cell] of places) {
    for (const [value, said] of kinds.filter(([value]) => !fits.test(value))) {
      const text = JSON.stringify(put('HERE')).replace('"HERE"', value)
      const misfit = misfitOf(text)
      t.match(
        misfit.reason,
        new RegExp(`^${place} must be [^,]+(, or null)?, not ${said}$`),
        value.slice(0, 60),
      )
      t.equal(misfit.cell, cell)
    }
  }
})

t.test('a reason is short, whatever the file holds', async (t) => {
  const long = 'x'.repeat(1e6)
  for (const cell of [
    { ...raw, id: long },
    { ...raw, [long]: 1 },
    { ...raw, metadata: { tags: [`${long},`] } },
  ]
    .map((cell) => withCell(cell))
    .concat({ ...notebook, metadata: { notebook_templates: { on_null: long } } })) {
    const { reason } = misfitOf(cell)
    t.ok(reason.length < 250, reason)
  }
})
