import fc from 'fast-check'

/** Notebooks as JSON texts: valid ones of every version, and the same with something changed that a format may ask for. */
export function notebooks(): fc.Arbitrary<string> {
  return fc
    .integer({ min: 0, max: 7 })
    .chain((minor) =>
      fc
        .tuple(validNotebook(minor), fc.array(mutation, { maxLength: 3 }))
        .map(([notebook, mutations]) => JSON.stringify(mutations.reduce(mutate, notebook))),
    )
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json }

const texts = fc.constantFrom('', 'a', 'Größe "x"\\\n', 'auto', 'x'.repeat(401))
const lines = fc.oneof(texts, fc.array(texts, { maxLength: 3 }))
const count = fc.constantFrom(null, 0, 7)
const some = { requiredKeys: [] as never[] }

const data = fc.dictionary(
  fc.constantFrom('text/plain', 'image/png', 'application/xjson', 'text/application/json', '__proto__'),
  lines,
  { maxKeys: 2 },
)
const jsonData = fc.dictionary(
  fc.constantFrom('application/json', 'application/geo+json', 'application/+json'),
  fc.constantFrom<Json>({ a: [1, { b: null }] }, 1, null, ['a', 1], []),
  { maxKeys: 1 },
)
const mimeBundle = fc.tuple(data, jsonData).map(([one, other]) => ({ ...one, ...other }))
const anything = fc.constantFrom({}, { 'image/png': { width: 1 } }, { a: [[[[1]]]] })

const output = fc.oneof(
  fc.record({
    output_type: fc.constant('execute_result'),
    data: mimeBundle,
    metadata: anything,
    execution_count: count,
  }),
  fc.record({ output_type: fc.constant('display_data'), data: mimeBundle, metadata: anything }),
  fc.record({ output_type: fc.constant('stream'), name: texts, text: lines }),
  fc.record({
    output_type: fc.constant('error'),
    ename: texts,
    evalue: texts,
    traceback: fc.array(texts, { maxLength: 3 }),
  }),
)

const named = {
  name: fc.constantFrom('a', 'Größe b'),
  tags: fc.uniqueArray(fc.constantFrom('parameters', 'a', 'b c', 'x'.repeat(401)), { maxLength: 3 }),
  jupyter: anything,
  other: anything,
}
const attachments = fc.dictionary(fc.constantFrom('a.png', '0', '\n'), mimeBundle, { maxKeys: 2 })

function cell(minor: number, index: number): fc.Arbitrary<object> {
  const id = minor >= 5 ? { id: fc.constantFrom(`c${index}`, `${index}-_A`, 'x'.repeat(64)) } : {}
  const noted = (type: string) =>
    fc.record(
      {
        cell_type: fc.constant(type),
        ...id,
        metadata: fc.record({ ...named, format: texts }, some),
        source: lines,
        attachments,
      },
      { requiredKeys: ['cell_type', 'metadata', 'source'] },
    )
  const execution = fc.dictionary(fc.constantFrom('iopub.status.busy', 'shell.execute_reply', 'x'), texts)
  const metadata = fc.record(
    { ...named, execution, collapsed: fc.boolean(), scrolled: fc.constantFrom(true, false, 'auto') },
    some,
  )
  const code = fc.record({
    cell_type: fc.constant('code'),
    ...id,
    metadata,
    source: lines,
    outputs: fc.array(output, { maxLength: 3 }),
    execution_count: count,
  })
  return fc.oneof(noted('raw'), noted('markdown'), code, code)
}

function validNotebook(minor: number): fc.Arbitrary<Json> {
  const kernelspec = { name: 'python3', display_name: 'Python', language: 'python' }
  const info = {
    name: 'python',
    codemirror_mode: { name: 'ipython' },
    file_extension: '.py',
    mimetype: 'text/x-python',
  }
  const metadata = fc.record(
    {
      kernelspec: fc.constant(kernelspec),
      language_info: fc.constantFrom(info, { ...info, codemirror_mode: 'r', pygments_lexer: 'r' }),
      orig_nbformat: fc.constantFrom(3, 4),
      title: texts,
      authors: fc.constantFrom<Json[]>([], [{ name: 'x' }], [1]),
      widgets: anything,
    },
    some,
  )
  return fc
    .tuple(metadata, fc.tuple(cell(minor, 0), cell(minor, 1), cell(minor, 2)), fc.nat(3))
    .map(([metadata, cells, length]) => {
      return { metadata, nbformat: 4, nbformat_minor: minor, cells: cells.slice(0, length) } as Json
    })
}

/** One change: `place` of all places in the notebook gets `value`, or is removed, renamed or given a new member. */
interface Mutation {
  readonly kind: 'set' | 'remove' | 'rename' | 'add' | 'double'
  readonly place: number
  readonly name: string
  readonly value: Json
}

const names =
  `id cell_type metadata source outputs output_type name tags jupyter execution collapsed scrolled format
  attachments execution_count title authors orig_nbformat kernelspec language_info display_name text data ename traceback
  worksheets input nbformat_minor text/plain application/json application/x+json __proto__ constructor 0`.split(
    /\s+/,
  )
const values: Json[] = [
  ...[
    null,
    true,
    false,
    0,
    1,
    -1,
    5,
    2.5,
    '',
    'a',
    'a,b',
    'a b',
    'ä',
    'auto',
    'raw',
    'code',
    'stream',
    'error',
    'heading',
  ],
  ...[
    'x'.repeat(65),
    'x'.repeat(64),
    'y'.repeat(401),
    [],
    ['a'],
    ['a', 'a'],
    ['a', 1],
    [1, 2],
    [[]],
    [null],
    {},
    { a: 1 },
  ],
  ...[
    { a: 'b' },
    { name: 'x', display_name: 'y' },
    { 'text/plain': 1 },
    { cell_type: 'raw', metadata: {}, source: '' },
  ],
]

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'remove', 'remove', 'rename', 'add', 'add', 'double'),
  place: fc.nat(),
  name: fc.constantFrom(...names),
  value: fc.constantFrom(...values),
})

function mutate(notebook: Json, { kind, place, name, value }: Mutation): Json {
  const copy = structuredClone(notebook)
  const all = placesIn(copy)
  const chosen = all[place % all.length]
  if (chosen === undefined) return value
  const { within, key } = chosen
  if (Array.isArray(within)) {
    const index = Number(key)
    if (kind === 'set' || kind === 'rename') within[index] = value
    else if (kind === 'remove') within.splice(index, 1)
    else within.splice(index, 0, kind === 'add' ? value : structuredClone(within[index]!))
  } else {
    if (kind === 'remove' || kind === 'rename') delete within[key]
    const at = kind === 'set' || kind === 'double' ? key : name
    if (kind !== 'remove') define(within, at, value)
  }
  return copy
}

/** `__proto__` is a name like any other. */
function define(object: object, name: string, value: Json): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true })
}

interface Place {
  readonly within: Json[] | { [name: string]: Json }
  readonly key: string
}

function placesIn(value: Json): Place[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, member]) => [
    { within: value, key } as Place,
    ...placesIn(member),
  ])
}
