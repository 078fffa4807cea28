import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'
import { startJupyterServer } from '../../support/jupyter-server.ts'
import { fillNotebook } from '../support.ts'
import { countErrors } from './nbformat-oracle.ts'

const code = { cell_type: 'code', execution_count: null, metadata: {}, outputs: [], source: 'x = 1' }
const markdown = { cell_type: 'markdown', metadata: {}, source: '# Title' }
const result = {
  output_type: 'execute_result',
  execution_count: 1,
  metadata: {},
  data: { 'text/plain': '1' },
}
const stream = { output_type: 'stream', name: 'stdout', text: 'x' }
const error = { output_type: 'error', ename: 'E', evalue: 'e', traceback: ['e'] }
const kernelspec = { name: 'python3', display_name: 'Python 3', language: 'python' }
const notebook = (own: object) => {
  return { cells: [code], metadata: { kernelspec }, nbformat: 4, nbformat_minor: 4, ...own }
}
const withCell = (cell: unknown, minor = 4) => notebook({ cells: [code, cell], nbformat_minor: minor })
const withOutput = (output: unknown) => withCell({ ...code, outputs: [output] })
const withMetadata = (metadata: object) => notebook({ metadata: { kernelspec, ...metadata } })
const text = (notebook: object, from: string, to: string) => JSON.stringify(notebook).replace(from, to)

const save = /^Open it in JupyterLab, and save it\.$/
const clear = /^Clear the outputs in Jupyter, and save it\.$/
const kernel = /^Open it in JupyterLab, choose its kernel, and save it\.$/
const correct = /^Correct the metadata\.$/

/** Accepted, with what `check` says is to be done. */
const accepted: [kind: string, notebook: object | string, remedy?: RegExp][] = [
  ['a valid notebook', notebook({})],
  ['a later version', notebook({ nbformat_minor: 9, cells: [{ ...code, new: 1 }] })],
  ['cells of 4.5 without ids', notebook({ nbformat_minor: 5 })],
  [
    'one id for two cells',
    notebook({
      nbformat_minor: 5,
      cells: [
        { ...code, id: 'a' },
        { ...code, id: 'a' },
      ],
    }),
  ],
  ['a character in escapes', text(notebook({}), 'x = 1', '\\ud83d\\ude00')],
  ['more members in the notebook', notebook({ worksheets: [] }), save],
  ['outputs in a markdown cell', withCell({ ...markdown, outputs: [] }), save],
  ['a count in a markdown cell', withCell({ ...markdown, execution_count: null }), save],
  ['attachments in a code cell', withCell({ ...code, attachments: {} }), save],
  ['nbdev’s path_', withCell({ ...code, path_: 'nbs/00_core.ipynb' }), save],
  ['Deepnote’s block_group', withCell({ ...code, block_group: 'a' }), save],
  ['an id before 4.5', withCell({ ...code, id: 'a' }), /^Set nbformat_minor to 5 in its file\.$/],
  ['an id that is none', withCell({ ...code, id: 'a b' }, 5), save],
  ['an id that is null', withCell({ ...code, id: null }, 5), save],
  ['no execution count', withCell({ ...code, execution_count: undefined }), save],
  ['an execution count that is none', withCell({ ...code, execution_count: '1' }), clear],
  ['a result without count', withOutput({ ...result, execution_count: undefined }), clear],
  ['a result without data', withOutput({ ...result, data: undefined }), clear],
  ['a result without metadata', withOutput({ ...result, metadata: undefined }), clear],
  ['Kotlin’s jetTransient', withOutput({ ...result, jetTransient: {} }), clear],
  ['metadata on a stream', withOutput({ ...stream, metadata: {} }), clear],
  ['a stream without name', withOutput({ ...stream, name: undefined }), clear],
  ['an error without value', withOutput({ ...error, evalue: undefined }), clear],
  ['an output of another kind', withOutput({ output_type: 'pyout', data: {}, metadata: {} }), clear],
  ['a form of data that is no text', withOutput({ ...result, data: { 'text/plain': 1 } }), clear],
  ['an attachment that is no text', withCell({ ...markdown, attachments: { a: { 'image/png': 1 } } }), save],
  ['a kernelspec without display name', withMetadata({ kernelspec: { name: 'python3' } }), kernel],
  ['a kernelspec that is null', withMetadata({ kernelspec: null }), kernel],
  ['language_info without name', withMetadata({ language_info: {} }), kernel],
  ['codemirror_mode: null', withMetadata({ language_info: { name: 'a', codemirror_mode: null } }), kernel],
  ['authors that are no list', withMetadata({ authors: 'me' }), correct],
  ['a tag twice', withCell({ ...code, metadata: { tags: ['a', 'a'] } }), correct],
  ['a tag with a comma', withCell({ ...code, metadata: { tags: ['a,b'] } }), correct],
  ['collapsed that is null', withCell({ ...code, metadata: { collapsed: null } }), correct],
]

/** Refused; those of the second list by us alone, for what stands there. */
const refused: [kind: string, notebook: object | string][] = [
  ['no metadata', notebook({ metadata: undefined })],
  ['metadata that are a list', notebook({ metadata: [] })],
  ['no cells', notebook({ cells: undefined })],
  ['cells that are null', notebook({ cells: null })],
  ['a cell that is null', withCell(null)],
  ['no cell type', withCell({ ...code, cell_type: undefined })],
  ['a cell type that is a number', withCell({ ...code, cell_type: 1 })],
  ['a source with a number in it', withCell({ ...code, source: ['a', 1] })],
  ['a cell without metadata', withCell({ ...markdown, metadata: undefined })],
  ['a code cell without outputs', withCell({ ...code, outputs: undefined })],
  ['outputs that are null', withCell({ ...code, outputs: null })],
  ['an output without type', withOutput({ ...result, output_type: undefined })],
  ['data that are null', withOutput({ ...result, data: null })],
  ['a stream without text', withOutput({ ...stream, text: undefined })],
  ['lines of a stream with a number in them', withOutput({ ...stream, text: ['a', 1] })],
  ['attachments that are null', withCell({ ...markdown, attachments: null })],
  ['an id that is a list', withCell({ ...code, id: [] }, 5)],
  ['half a character', text(notebook({}), 'x = 1', '\\ud800')],
  ['a number of 4301 digits', text(notebook({}), '{"kernelspec"', `{"a":${'9'.repeat(4301)},"kernelspec"`)],
  ['nbformat 4.0', text(notebook({}), '"nbformat":4', '"nbformat":4.0')],
  ['an nbformat_minor that is a text', notebook({ nbformat_minor: '4' })],
  ['more behind it', `${JSON.stringify(notebook({}))} x`],
]
const refusedByUs: [kind: string, notebook: object | string][] = [
  ['formats 2 and 3: they are converted', { metadata: {}, nbformat: 3, nbformat_minor: 0, worksheets: [] }],
  ['no minor version: what it may hold is not known', notebook({ nbformat_minor: undefined })],
  ['cells that are an object: they are lost', notebook({ cells: {} })],
  ['no source: nothing says what stands there', withCell({ ...code, source: undefined })],
  ['a source that is null', withCell({ ...code, source: null })],
  ['cells of another type: JupyterLab shows them as raw', withCell({ ...markdown, cell_type: 'heading' })],
  ['outputs that are an object', withCell({ ...code, outputs: {} })],
  ['a stream whose text is null: JupyterLab reads its lines', withOutput({ ...stream, text: null })],
  ['an error without traceback: JupyterLab joins it', withOutput({ ...error, traceback: undefined })],
  ['a member twice: which counts, readers do not agree on', text(notebook({}), '{', '{"nbformat":4,')],
  ['NaN: JupyterLab cannot read it', text(notebook({}), '{"kernelspec"', '{"a":NaN,"kernelspec"')],
]

const fileOf = (notebook: object | string) =>
  typeof notebook === 'string' ? notebook : JSON.stringify(notebook)

t.test('asked of a real jupyter-server', async (t) => {
  const server = await startJupyterServer(t)
  const ask = async (file: string | Uint8Array) => {
    writeFileSync(join(server.root, 'a.ipynb'), file)
    return server.openAndSave('a.ipynb')
  }

  await t.test('what is accepted, it opens and saves', async (t) => {
    for (const [kind, notebook, remedy] of accepted) {
      const file = fileOf(notebook)
      const { deviations } = compileTemplate(Buffer.from(file))
      t.equal(deviations.length, remedy ? 1 : 0, `${kind}: ${deviations[0]?.reason ?? 'nothing'}`)
      if (remedy) t.match(deviations[0]?.remedy, remedy, kind)
      const { statuses, complaint, isKept } = await ask(file)
      t.same(statuses, [200, 200], `${kind}: ${complaint}`)
      t.ok(isKept, `${kind}: a save breaks nothing`)
      t.equal(complaint !== '', remedy !== undefined, `${kind}: it complains where we warn`)
    }
  })

  await t.test('what is made of it is as valid as it, never less', async (t) => {
    const templates = accepted.map(([, notebook]) => fileOf(notebook))
    const made = templates.map((file) =>
      fillNotebook(Buffer.from(file), '{"x": 1.0, "a-b": [null]}').toString(),
    )
    const before = countErrors(templates)
    const after = countErrors(made)
    for (const [index, [kind]] of accepted.entries()) {
      t.equal(after[index], before[index], `${kind}: ${before[index]} errors`)
      const { statuses, complaint } = await ask(made[index]!)
      t.same(statuses, [200, 200], `${kind}: ${complaint}`)
    }
  })

  await t.test('what is refused, it refuses as well, or JupyterLab does', async (t) => {
    const isRefused = (notebook: object | string) => {
      try {
        compileTemplate(Buffer.from(fileOf(notebook)))
        return false
      } catch (error) {
        return error instanceof TemplateFault
      }
    }
    for (const [kind, notebook] of refused) {
      t.ok(isRefused(notebook), kind)
      const { statuses } = await ask(fileOf(notebook))
      t.ok(statuses.at(-1)! >= 400, `${kind}: ${statuses}`)
    }
    for (const [kind, notebook] of refusedByUs) t.ok(isRefused(notebook), kind)
  })
})
