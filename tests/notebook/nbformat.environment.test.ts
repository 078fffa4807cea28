import { Ajv, type ValidateFunction } from 'ajv'
import fc from 'fast-check'
import t from 'tap'
import { compileTemplate } from '../../service/notebook/compile.ts'
import { TemplateFault } from '../../service/notebook/template-fault.ts'
import { notebooks } from './mutations.ts'
import { publishedSchemas, validationFaults } from './nbformat-oracle.ts'
import { label } from './support.ts'

/** Why a file is no template; null when it can be one. */
function ourFault(file: string): string | null {
  try {
    compileTemplate(Buffer.from(file))
    return null
  } catch (error) {
    if (error instanceof TemplateFault) return error.message
    throw error
  }
}

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

const files = fc.sample(notebooks(), { numRuns: 6000, seed: 4 })
const ours = files.map(ourFault)

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
  t.ok(valid > 1000 && invalid > 1000, `${valid} are valid, ${invalid} are not`)
})

t.test('the real nbformat judges them as we do', async (t) => {
  const judged = validationFaults(files)
  const wrong = files.flatMap((file, index) =>
    (judged[index] === null) === (ours[index] === null) ? [] : [[label(file), ours[index], judged[index]]],
  )
  t.same(wrong.slice(0, 3), [], `${wrong.length} are judged otherwise`)
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
    for (const file of files) t.match(ourFault(file), /^cell 1: /)
  },
)
