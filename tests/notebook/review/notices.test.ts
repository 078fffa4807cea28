import t from 'tap'
import { compileTemplate, makeCell, noticesIn, readParameters } from '../../../service/notebook/index.ts'

interface Made {
  readonly language?: string
  readonly params?: object
  readonly path?: string
  readonly withheld?: string[]
  readonly linkNames?: ReadonlySet<string>
}

/** What is told of parameters that are sent to a template with these cells, the first of which is tagged. */
function notices(sources: string[], sent: string, { language = 'python', ...made }: Made = {}) {
  const cells = sources.map((source, index) => ({
    cell_type: 'code',
    execution_count: null,
    metadata: index === 0 ? { tags: ['parameters'] } : {},
    outputs: [],
    source,
  }))
  const own = made.params && { notebook_templates: { params: made.params } }
  const kernelspec = { name: 'a', display_name: 'A', language }
  const file = { cells, metadata: { kernelspec, ...own }, nbformat: 4, nbformat_minor: 4 }
  const bytes = Buffer.from(JSON.stringify(file))
  const compiled = compileTemplate(bytes)
  const { path = 'a.ipynb', withheld = [], linkNames } = made
  const parameters = readParameters(sent)
  const cell = makeCell(parameters, compiled, ['en'], withheld)
  return noticesIn(
    bytes,
    compiled,
  )({ path, compiled, parameters, cell, withheld, ...(linkNames && { linkNames }) })
}

t.test('a value that the template sets again is told, by the name that was sent', (t) => {
  t.same(notices(['a_b = 1', 'import x\na_b = 20  # °C'], '{"a-b": 30}'), {
    list: [{ kind: 'overwritten', name: 'a-b', cell: 2, line: 2, code: 'a_b = 20  # °C' }],
    more: 0,
  })
  t.same(notices(['x = 1', 'if a:\n  x = 2'], '{"x": 3}').list, [], 'what is only possible is not')
  t.same(
    notices(['x = 1', 'x = 2'], '{}').list,
    [{ kind: 'example', name: 'x', example: '1' }],
    'nothing was sent',
  )
  t.end()
})

t.test('a value that the parameters cell computes from the example of one that was sent is told', (t) => {
  const source = 'temperature = 20.0\nkelvin = temperature + 273.15\nlimit = 3'
  t.same(notices([source], '{"temperature": 33}').list, [
    { kind: 'derived', name: 'kelvin', from: 'temperature' },
    { kind: 'example', name: 'limit', example: '3' },
  ])
  t.same(
    notices([source], '{"temperature": 33, "kelvin": 306.15}').list,
    [{ kind: 'example', name: 'limit', example: '3' }],
    'not when it was sent as well',
  )
  t.match(notices([source], '{"limit": 4}').list, [{ kind: 'example' }, { kind: 'example', name: 'kelvin' }])
  t.end()
})

t.test('a name that the template does not declare is told, with the one that was meant', (t) => {
  const table: [sent: string, made: Made, notice: object | undefined][] = [
    ['{"temprature": 1}', {}, { kind: 'unknown', name: 'temprature', meant: 'temperature' }],
    ['{"operator": 1}', {}, { kind: 'unknown', name: 'operator' }],
    ['{"Temperature": 1}', {}, { kind: 'unknown', name: 'Temperature', meant: 'temperature' }],
    ['{"object_id": 1}', {}, undefined],
    ['{"sample_no": 1}', {}, { kind: 'unknown', name: 'sample_no' }],
    ['{"sample_no": 1}', { linkNames: new Set(['sample_no']) }, undefined],
    ['{"sample": "a"}', { path: 'a_{sample}.ipynb' }, undefined],
    ['{"sample": "a"}', { params: { sample: {} } }, undefined],
    ['{"x_1": 1}', { params: { type: 'object', patternProperties: { '^x_': {} } } }, undefined],
    ['{"sample": 1}', { params: { type: 'object', additionalProperties: { type: 'number' } } }, undefined],
  ]
  for (const [sent, made, notice] of table) {
    const { list } = notices(['temperature = 20'], sent, made)
    t.same(
      list.filter(({ kind }) => kind === 'unknown'),
      notice ? [notice] : [],
      sent,
    )
  }
  t.same(notices(['# nothing'], '{"x": 1}').list, [], 'a template that declares nothing takes any')
  t.same(notices(['class_ = 1'], '{"class": 1}').list, [], 'the name of its variable')
  t.end()
})

t.test('a parameters cell that sets nothing for other cells is told, when values were sent', (t) => {
  for (const line of ['%%bash', '%%script perl']) {
    const told = { kind: 'without-values', name: line }
    t.same(notices([`${line}\nx=1`, 'print(x)'], '{"x": 3}').list, [told], line)
    t.same(notices([`${line}\nx=1`], '{}').list, [], 'nothing was sent')
  }
  t.same(notices(['%%R\nx <- 1'], '{"x": 3}').list, [], 'R keeps its variables')
  t.end()
})

t.test('declared parameters that keep their example are told', (t) => {
  const { list } = notices(['x = 1\ny = [\n  2,\n]\nkey = ""'], '{"x": 3}', { withheld: ['key'] })
  t.same(list, [{ kind: 'example', name: 'y', example: '[ 2, ]' }], 'not the one that was sent, nor a secret')
  t.same(notices(['x = 1'], '{"x": 2}', { params: { x: {}, z: {} } }).list, [], 'what no cell sets has none')
  t.same(notices(['a_b = 1'], '{"a-b": 2}').list, [], 'by the name of its variable')
  t.same(notices(['x = 1\ny = None'], '{"x": 2}').list, [], 'not what says nothing')
  t.end()
})

t.test('a hundred thousand names are told in short, and soon', (t) => {
  const names = Array.from({ length: 100_000 }, (_, index) => `temprature${index}`)
  const sent = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])))
  const began = performance.now()
  const { list, more } = notices(['temperature = 20', 'temperature = 30'], sent)
  t.equal(list.length, 21)
  t.equal(more, 100_000 - 20)
  t.ok(performance.now() - began < 5000)
  t.end()
})
