import t, { type Test } from 'tap'
import { makeCell } from '../../service/notebook/cell.ts'
import { readParameters, type Value } from '../../service/notebook/parameters.ts'
import { difficultParameters } from './difficult.ts'
import { type JuliaValue, readJulia } from './julia-reader.ts'
import { label, posts, templateOf, thrown } from './support.ts'

/** What a value is to be in Julia (docs/languages.md). */
function expected(value: Value): JuliaValue {
  switch (value.kind) {
    case 'null':
      return { type: 'Nothing' }
    case 'boolean':
      return { type: 'Bool', value: value.value }
    case 'text':
      return { type: 'String', value: value.value }
    case 'number': {
      if (!/^-?\d+$/.test(value.text)) return { type: 'Float64', value: Number(value.text) }
      const integer = BigInt(value.text)
      const size = integer < 0n ? -integer : integer
      return { type: size < 2n ** 63n ? 'Int64' : size < 2n ** 127n ? 'Int128' : 'BigInt', value: integer }
    }
    case 'list':
      return { type: 'Vector', items: value.items.map(expected) }
    case 'object':
      return {
        type: 'Dict',
        entries: value.entries.map(([name, member]) => [name, expected(member)] as const),
      }
  }
}

function check(t: Test, all: readonly string[]): void {
  const template = templateOf('julia')
  for (const params of all) {
    const parameters = readParameters(params)
    const { source, names } = makeCell(parameters, template, ['en'])
    const wanted = parameters.map(([, value], index) => [names[index]!.variable!, expected(value)] as const)
    const got = readJulia(source)
    if (show(got) !== show(wanted)) t.fail(label(`${params.slice(0, 300)} became ${source.slice(0, 500)}`))
  }
  t.pass(`${all.length} cells`)
}

/** As text in which -0.0, NaN and big integers differ from what they are not. */
function show(value: unknown): string {
  return JSON.stringify(value, (_, part) => {
    if (typeof part === 'bigint') return `${part}`
    return typeof part === 'number' ? (Object.is(part, -0) ? '-0.0' : `${part}`) : part
  })
}

t.test(
  'Julia gets every difficult value with its type, and nothing but assignments of literals',
  async (t) => {
    check(t, difficultParameters({ nul: true, random: 2000 }))
  },
)

t.test('Julia gets what every button of the real SampleDB sent', async (t) => {
  check(
    t,
    posts().map((post) => post.params_text),
  )
})

t.test('the reader takes nothing else', async (t) => {
  const table = [
    'x = 1; y = 2',
    'x = "$(run)"',
    'x = f(1)',
    'x = [1, 2.5]',
    'x = []',
    'x = 1e400',
    'x = "\u202e"',
    'x = 1\nrun()',
    'x = Any[1',
    'println(1)',
  ]
  for (const source of table)
    t.match(
      thrown(() => readJulia(source)),
      { message: /not an assignment/ },
      label(source),
    )
})
