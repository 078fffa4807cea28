import { Ajv, type ValidateFunction } from 'ajv'
import fc from 'fast-check'
import t from 'tap'
import { compileTemplate } from '../../../service/notebook/template/compile.ts'
import { TemplateFault } from '../../../service/notebook/template-fault.ts'
import { notebooks } from '../mutations.ts'
import { label } from '../support.ts'
import { openingFaults, publishedSchemas, validationFaults } from './nbformat-oracle.ts'

/** What we have against a file, and whether it can be a template all the same; null for nothing. */
function judge(file: string): { reason: string; opens: boolean } | null {
  try {
    const [deviation] = compileTemplate(Buffer.from(file)).deviations
    return deviation === undefined ? null : { reason: deviation.reason, opens: true }
  } catch (error) {
    if (error instanceof TemplateFault) return { reason: error.message, opens: false }
    throw error
  }
}
const ourFault = (file: string) => judge(file)?.reason ?? null

const ajv = new Ajv({ strict: false, meta: false, validateSchema: false })
/** By minor version. */
const official: ValidateFunction[] = publishedSchemas().map((schema) => ajv.compile(schema))

/** Whether the schema that Jupyter publishes takes it, once each cell has an id as Jupyter gives it; its version is known. */
function isOfficial(file: string): boolean | undefined {
  const notebook = JSON.parse(file)
  const validate = official[notebook?.nbformat_minor]
  if (validate === undefined) return undefined
  const cells = Array.isArray(notebook.cells) ? notebook.cells : []
  cells.forEach((cell: unknown, index: number) => {
    const lacksId = typeof cell === 'object' && cell !== null && !('id' in cell)
    if (notebook.nbformat_minor >= 5 && lacksId) Object.assign(cell, { id: `own-${index}` })
  })
  return validate(notebook)
}

const files = fc.sample(notebooks(), { numRuns: 3500, seed: 4 })
const ours = files.map(ourFault)
const opening = openingFaults(files)

t.test('the published schemas, in ajv, judge thousands of notebooks as we do', async (t) => {
  const judged = files.map(isOfficial)
  const wrong = files.filter(
    (_, index) => judged[index] !== undefined && judged[index] !== (ours[index] === null),
  )
  t.same(
    wrong.slice(0, 3).map((file) => [label(file), ourFault(file)]),
    [],
    `${wrong.length} are judged otherwise`,
  )
  const valid = judged.filter((verdict) => verdict === true).length
  const invalid = judged.filter((verdict) => verdict === false).length
  t.ok(valid > 500 && invalid > 500, `${valid} are valid, ${invalid} are not`)
})

t.test('the real nbformat judges them as we do', async (t) => {
  // Of later versions it asks less than it needs to open them.
  const judged = validationFaults(files).map((fault, index) => fault ?? opening[index])
  const wrong = files.flatMap((file, index) =>
    (judged[index] === null) === (ours[index] === null) ? [] : [[label(file), ours[index], judged[index]]],
  )
  t.same(wrong.slice(0, 3), [], `${wrong.length} are judged otherwise`)
})

t.test('what can be a template, the real nbformat reads, signs and writes', async (t) => {
  const verdicts = files.map(judge)
  const offered = files.filter((_, index) => verdicts[index]?.opens !== false)
  t.same(
    offered.filter((file) => opening[files.indexOf(file)] !== null).map(label),
    [],
    `of ${offered.length}`,
  )
  // What a save would keep, and JupyterLab could not show or we could not read.
  const stricter =
    /source|cell_type|^cells must|^metadata must|traceback|text of output|output_type of output .* must be a text|notebook_templates|nbformat|^it is not a notebook/
  const refused = files.filter((_, index) => verdicts[index]?.opens === false && opening[index] === null)
  t.same(
    refused.filter((file) => !stricter.test(ourFault(file)!)).map((file) => [ourFault(file), label(file)]),
    [],
    `${refused.length} are refused that nbformat takes`,
  )
})

const cell = '{"cell_type":"code","id":"a","metadata":{},"outputs":[],"source":"","execution_count":null}'
const notebook = `{"cells":[${cell}],"metadata":{},"nbformat":4,"nbformat_minor":5}`

t.test('numbers are judged by how they are written', async (t) => {
  const counts = ['1', '1.0', '1e2', '-0', '-0.0', '1e400', '9'.repeat(4300), '9'.repeat(4301)]
  const versions = ['4.0', '4e0', '04', '"4"', 'true']
  const files = [
    ...counts.map((count) => notebook.replace('null', count)),
    ...versions.map((version) => notebook.replace('"nbformat":4', `"nbformat":${version}`)),
    ...['5.0', '5e0', 'true', '-1'].map((minor) => notebook.replace('_minor":5', `_minor":${minor}`)),
  ]
  const judged = validationFaults(files)
  files.forEach((file, index) => {
    t.equal(ourFault(file) === null, judged[index] === null, `${file.slice(-150)}: ${judged[index]}`)
  })
})

t.test(
  'what nbformat takes, against its own schema, because Python reads the patterns otherwise',
  async (t) => {
    const files = [
      notebook.replace('"a"', '"a\\n"'),
      notebook.replace('{},"outputs"', '{"name":"a\\rb"},"outputs"'),
      notebook.replace('{},"outputs"', '{"name":"a\\n"},"outputs"'),
      notebook.replace(
        '[],"so',
        '[{"output_type":"display_data","metadata":{},"data":{"application/json\\n":1}}],"so',
      ),
    ]
    t.same(validationFaults(files), [null, null, null, null])
    t.same(files.map(isOfficial), [false, false, false, false])
    for (const file of files) t.equal(judge(file)?.opens, true)
  },
)
