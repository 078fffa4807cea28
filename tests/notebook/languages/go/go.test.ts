import t from 'tap'
import { go } from '../../../../service/notebook/languages/go/go.ts'
import { nameVariables } from '../../../../service/notebook/render/variable-names.ts'
import { cellOf, label } from '../../support.ts'

/** The lines after the first one. */
const code = (params: string, parametersSource?: string) =>
  cellOf('go', params, parametersSource).source.split('\n').slice(1).join('\n')

const big = (digits: string) =>
  `func() *big.Int { n, _ := new(big.Int).SetString("${digits}", 10); return n }()`

t.test('Go has a literal for every kind of value, and the imports that it needs', async (t) => {
  const table: [json: string, code: string][] = [
    ['null', 'var x any = nil // not set'],
    ['true', 'var x = true'],
    ['-0', 'var x = -0'],
    ['-9223372036854775808', 'var x = -9223372036854775808'],
    ['9223372036854775808', `import "math/big"\nvar x = ${big('9223372036854775808')}`],
    ['1.0', 'var x = 1.0'],
    ['1E+05', 'var x = 1E+05'],
    ['-0.0', 'import "math"\nvar x = math.Copysign(0, -1)'],
    ['NaN', 'import "math"\nvar x = math.NaN()'],
    ['-Infinity', 'import "math"\nvar x = math.Inf(-1)'],
    ['1E400', 'import "math"\nvar x = math.Inf(1) // beyond the range of a double'],
    ['1e-400', 'var x = 0.0 // too small for a double'],
    ['"µm 😀"', 'var x = "µm 😀"'],
    ['"a\\u0000\\"\u202e\\udb40\\udc41`%"', 'var x = "a\\u0000\\"\\u202e\\U000e0041`%"'],
    ['[]', 'var x = []any{}'],
    ['[[]]', 'var x = [][]any{{}}'],
    ['[1, 2]', 'var x = []int{1, 2}'],
    ['[1, 2.5]', 'var x = []float64{1, 2.5}'],
    ['[9007199254740993, 2.5]', 'var x = []any{9007199254740993, 2.5}'],
    ['[true]', 'var x = []bool{true}'],
    ['["a", "b"]', 'var x = []string{"a", "b"}'],
    ['[1, null, "a"]', 'var x = []any{1, nil, "a"}'],
    ['[[1, 2], [3.5]]', 'var x = [][]float64{{1, 2}, {3.5}}'],
    ['[[1], ["a"]]', 'var x = [][]any{{1}, {"a"}}'],
    ['[[1], 2]', 'var x = []any{[]int{1}, 2}'],
    ['[[[[1]]]]', 'var x = []any{[][][]int{{{1}}}}'],
    ['{}', 'var x = map[string]any{}'],
    [
      '{"a b": 1, "c": {"d": [1.5, null]}}',
      'var x = map[string]any{"a b": 1, "c": map[string]any{"d": []any{1.5, nil}}}',
    ],
    ['[{"a": 1}, {"b": [{}]}]', 'var x = []map[string]any{{"a": 1}, {"b": []map[string]any{{}}}}'],
    ['[{"a": 1}, 2]', 'var x = []any{map[string]any{"a": 1}, 2}'],
  ]
  for (const [json, expected] of table) t.equal(code(`{"x": ${json}}`), expected, label(json))
})

t.test('a literal of several lines ends each with a comma', async (t) => {
  const quantity =
    '{"_type": "quantity", "units": "degC", "magnitude": 21.5, "dimensionality": "[temperature]", "values": [1, 2]}'
  t.equal(
    code(`{"t": ${quantity}}`),
    `var t = map[string]any{
    "_type": "quantity",
    "units": "degC",
    "magnitude": 21.5,
    "dimensionality": "[temperature]",
    "values": []int{1, 2},
}`,
  )
})

t.test('names of Go keep themselves, others are mapped', async (t) => {
  const table: [sent: string[], variables: string[], declared?: string[]][] = [
    [
      ['x', 'größe', '名前', '_x', '__'],
      ['x', 'größe', '名前', '_x', '__'],
    ],
    [
      ['func', 'type', 'string', 'nil', 'len', 'any', 'main', 'fmt', 'math', 'macro'],
      ['func_', 'type_', 'string_', 'nil_', 'len_', 'any_', 'main_', 'fmt_', 'math_', 'macro_'],
    ],
    [['time'], ['time'], ['time']],
    [
      ['2nd', '', '_', 'a-b', 'e\u0301'],
      ['x_2nd', 'x_', 'x__', 'a_b', 'e_'],
    ],
  ]
  for (const [sent, expected, declared] of table) {
    const { variables } = nameVariables(sent, go.identifiers, new Set(declared))
    t.strictSame(variables, expected, label(sent.join(' ')))
  }
})

t.test(
  'a variable keeps the type that the parameters cell declares, when it can hold the value',
  async (t) => {
    const table: [parameters: string, json: string, code: string][] = [
      ['var x float64 = 20', '21', 'var x float64 = 21'],
      ['var x = 20.0', '21', 'var x float64 = 21'],
      ['x := 20.0', '21', 'var x float64 = 21'],
      ['var x int64', '21', 'var x int64 = 21'],
      ['var x int64', '21.5', 'var x = 21.5'],
      ['var x any = 5', '"a"', 'var x any = "a"'],
      ['var x any', '[1]', 'var x any = []int{1}'],
      ['var x []any', '[1]', 'var x = []any{1}'],
      ['var x []float64', '[1, 2]', 'var x = []float64{1, 2}'],
      ['var x = []float64{1}', '[]', 'var x = []float64{}'],
      ['var x [][]string', '[]', 'var x = [][]string{}'],
      ['var x []float64', '["a"]', 'var x = []string{"a"}'],
      ['var x float64', 'null', 'var x any = nil // not set'],
    ]
    for (const [parameters, json, expected] of table)
      t.equal(code(`{"x": ${json}}`, parameters), expected, label(`${parameters} ${json}`))
  },
)

/** Where a cell of megabytes begins and ends, for people who read why a test failed. */
const ends = (cell: string) => `${cell.slice(0, 100)} … ${cell.slice(-100)}`

t.test('what is too much for the compiler is JSON text', async (t) => {
  const list = (count: number, item: unknown) => `{"x": ${JSON.stringify(Array(count).fill(item))}}`
  t.match(ends(code(list(3000, { a: 1, b: 'x' }))), /^var x = \[\]map\[string\]any\{\n/)
  t.match(
    ends(code(list(3400, { a: 1, b: 'x' }))),
    /^var x = "\[\{\\"a\\":1,.*\]" \/\/ JSON text: too many values for the compiler$/,
  )
  t.match(ends(code(list(50_000, [1]))), /^var x = \[\]\[\]int\{\n/)
  t.match(ends(code(list(100_001, [1]))), /^var x = "\[\[1\],.*JSON text/)
})
